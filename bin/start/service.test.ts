import { describe, expect, test } from 'vitest';
import type { Child, Ending } from './child.ts';
import { Service } from './service.ts';

/** A child that lives until the test ends it. */
function aChild(): Child & { die(): void } {
  let end: (ending: Ending) => void = () => undefined;
  let isOver = false;
  const ended = new Promise<Ending>((resolve) => {
    end = resolve;
  });
  const finish = () => {
    isOver = true;
    end({ code: null, signal: 'SIGKILL' });
  };
  return {
    name: 'part',
    identity: { pid: 1, began: 'then' },
    logFile: 'part.log',
    ended,
    hasEnded: () => isOver,
    output: async () => '',
    stop: async () => finish(),
    kill: async () => finish(),
    die: finish,
  };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 400));

describe('a service', () => {
  test('starts its process again when that dies, as a restart', async () => {
    const children: ReturnType<typeof aChild>[] = [];
    const restarts: boolean[] = [];
    const told: string[] = [];
    const service = new Service({
      name: 'Part',
      tell: (message) => told.push(message),
      async start({ isRestart }) {
        restarts.push(isRestart);
        const child = aChild();
        children.push(child);
        return child;
      },
    });
    await service.start();
    children[0]?.die();
    await settle();
    expect(restarts).toEqual([false, true]);
    expect(told).toEqual([expect.stringContaining('Part ended (SIGKILL)'), 'Part runs again.']);
    await service.stop();
    expect(children.at(-1)?.hasEnded()).toBe(true);
    expect(restarts).toHaveLength(2);
  });

  test('tries again when a restart fails', async () => {
    let attempts = 0;
    const first = aChild();
    const service = new Service({
      name: 'Part',
      tell: () => undefined,
      async start() {
        attempts++;
        if (attempts === 1) return first;
        if (attempts === 2) throw new Error('the port is in use');
        return aChild();
      },
    });
    await service.start();
    first.die();
    await settle();
    await settle();
    expect(attempts).toBe(3);
    await service.stop();
  });

  test('tells its first failure to the caller', async () => {
    const service = new Service({ name: 'Part', tell: () => undefined, start: () => Promise.reject(new Error('no program')) });
    await expect(service.start()).rejects.toThrow('no program');
  });
});
