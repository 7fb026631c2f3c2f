import { spawn } from 'node:child_process';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import { identify, isGoneWithin, isRunning, terminate } from './process-identity.ts';

const NO_SUCH_PID = 2 ** 22 + 1;

async function aProcess(code: string) {
  const child = spawn(process.execPath, ['-e', `${code}; console.log('ready')`], { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const identity = child.pid === undefined ? null : await identify(child.pid);
  if (identity === null) throw new Error('The child did not start.');
  return identity;
}

describe('a process identity', () => {
  test('is the same on every look', async () => {
    expect(await identify(process.pid)).toEqual(await identify(process.pid));
  });

  test('is nobody where no process has the number', async () => {
    expect(await identify(NO_SUCH_PID)).toBeNull();
  });

  test('does not match a process that got the same number at another moment', async () => {
    expect(await isRunning({ pid: process.pid, began: 'another moment' })).toBe(false);
  });
});

describe('terminate', () => {
  test('leaves a stranger with the same number alone', async () => {
    const identity = await aProcess('setInterval(() => {}, 1000)');
    await terminate({ ...identity, began: 'another moment' }, { signal: 'SIGKILL', graceMs: 100 });
    expect(await isRunning(identity)).toBe(true);
    await terminate(identity, { signal: 'SIGTERM', graceMs: 5_000 });
    expect(await isRunning(identity)).toBe(false);
  });

  test('kills what does not answer the signal', async () => {
    const identity = await aProcess("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)");
    await terminate(identity, { signal: 'SIGTERM', graceMs: 200 });
    expect(await isGoneWithin(identity, 0)).toBe(true);
  });
});
