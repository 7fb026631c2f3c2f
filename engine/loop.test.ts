import { afterEach, describe, expect, it, vi } from 'vitest';
import { Loop } from './loop.ts';

const EVERY_MS = 60_000;
let loop: Loop | null = null;
afterEach(() => loop?.stop());

const begin = (turn: () => Promise<boolean>, onError: (error: unknown) => void = () => undefined): Loop => {
  loop = new Loop({ everyMs: EVERY_MS, turn, onError }).start();
  return loop;
};

describe('a loop', () => {
  it('takes one turn after the other while there is more to do, and then rests', async () => {
    const left = [true, true, false];
    const turn = vi.fn(async () => left.shift() ?? false);
    begin(turn);
    await vi.waitFor(() => expect(turn).toHaveBeenCalledTimes(3));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(turn).toHaveBeenCalledTimes(3);
  });

  it('takes a turn at once when it is woken, also by news that came during a turn', async () => {
    let turns = 0;
    const woken = begin(async () => {
      await Promise.resolve();
      turns += 1;
      if (turns === 1) woken.wake();
      return false;
    });
    await vi.waitFor(() => expect(turns).toBe(2));
    woken.wake();
    await vi.waitFor(() => expect(turns).toBe(3));
  });

  it('tells of a turn that fails and goes on', async () => {
    const onError = vi.fn();
    let turns = 0;
    const going = begin(async () => {
      turns += 1;
      if (turns === 1) throw new Error('away');
      return false;
    }, onError);
    await vi.waitFor(() => expect(onError).toHaveBeenCalledOnce());
    going.wake();
    await vi.waitFor(() => expect(turns).toBe(2));
  });

  it('never takes two turns at a time, and stops after the one under way', async () => {
    let [underWay, most] = [0, 0];
    const busy = begin(async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setTimeout(resolve, 5));
      underWay -= 1;
      return true;
    });
    for (let count = 0; count < 5; count += 1) busy.wake();
    await new Promise((resolve) => setTimeout(resolve, 30));
    await busy.stop();
    expect([most, underWay]).toEqual([1, 0]);
  });
});
