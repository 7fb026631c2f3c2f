import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AfterPaint } from './after-paint.ts';
import { MountTurns } from './mount-turns.ts';

const FRAME_MS = 16;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => setTimeout(work, FRAME_MS));
  vi.stubGlobal('cancelAnimationFrame', (frame: number) => clearTimeout(frame));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('work that waits for the paint', () => {
  it('is done once, after the frame that was asked in, however often it was asked for', () => {
    const work = vi.fn();
    const later = new AfterPaint(work);
    later.ask();
    later.ask();
    expect(work).not.toHaveBeenCalled();
    vi.advanceTimersByTime(FRAME_MS + 1);
    expect(work).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1_000);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('is done at once when somebody reads what it leads to, and not again', () => {
    const work = vi.fn();
    const later = new AfterPaint(work);
    later.ask();
    later.flush();
    later.flush();
    vi.advanceTimersByTime(1_000);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('is not done where nothing was asked for', () => {
    const work = vi.fn();
    new AfterPaint(work).flush();
    expect(work).not.toHaveBeenCalled();
  });

  it('is done on a page that is not painted', () => {
    vi.stubGlobal('requestAnimationFrame', () => 1);
    const work = vi.fn();
    new AfterPaint(work).ask();
    vi.advanceTimersByTime(100);
    expect(work).toHaveBeenCalledTimes(1);
  });
});

describe('what is drawn in turn', () => {
  it('waits while somebody types, and goes on when it is quiet', () => {
    const turns = new MountTurns();
    const draw = vi.fn();
    turns.hold();
    turns.wait(draw);
    vi.advanceTimersByTime(400);
    turns.hold();
    vi.advanceTimersByTime(400);
    expect(draw).not.toHaveBeenCalled();
    vi.advanceTimersByTime(200);
    expect(draw).toHaveBeenCalledTimes(1);
  });
});
