import { describe, expect, it } from 'vitest';
import { CongestionWindow } from './congestion-window.ts';

const begin = (window: CongestionWindow, count: number): readonly number[] => Array.from({ length: count }, () => window.begin());

describe('a congestion window', () => {
  it('begins with all that may be under way', () => {
    expect(new CongestionWindow(12).size).toBe(12);
  });

  it('is halved once for all calls that were under way together, and is never empty', () => {
    const window = new CongestionWindow(12);
    const sizes = [12, 6, 3, 1, 1].map((count) => {
      for (const call of begin(window, count)) window.late(call);
      return window.size;
    });
    expect(sizes).toEqual([6, 3, 1, 1, 1]);
  });

  it('grows by one with as many answers as it is wide, and not beyond its greatest size', () => {
    const window = new CongestionWindow(3);
    for (const call of begin(window, 3)) window.late(call);
    for (const call of begin(window, 1)) window.late(call);
    const sizes = Array.from({ length: 12 }, () => {
      window.answered();
      return window.size;
    });
    expect(sizes.slice(0, 3)).toEqual([2, 2, 2]);
    expect(sizes.at(-1)).toBe(3);
  });
});
