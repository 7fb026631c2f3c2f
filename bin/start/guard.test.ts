import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { typescript } from './child.ts';
import { identify, isGoneWithin } from './process-identity.ts';

test('what a killed parent leaves behind is ended and its directory removed', async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'bihuan-guard-'));
  const parentFile = path.join(directory, 'parent.mts');
  const childModule = fileURLToPath(new URL('./child.ts', import.meta.url));
  await writeFile(
    parentFile,
    `import { removeAtEnd, startChild } from ${JSON.stringify(childModule)};
     removeAtEnd(${JSON.stringify(directory)});
     const child = await startChild({ name: 'sleeper', command: process.execPath, args: ['-e', 'setInterval(() => {}, 1000)'],
       env: process.env, cwd: '/', logFile: ${JSON.stringify(path.join(directory, 'log'))}, stopSignal: 'SIGTERM' });
     console.log(child.identity.pid);`,
  );
  const parent = spawn(process.execPath, typescript(parentFile), { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = Number(await new Promise<Buffer>((resolve) => parent.stdout.once('data', resolve)));
  const child = await identify(pid);
  if (child === null) throw new Error('The sleeper did not start.');
  parent.kill('SIGKILL');
  expect(await isGoneWithin(child, 10_000)).toBe(true);
  for (let waited = 0; existsSync(directory) && waited < 5_000; waited += 50) await sleep(50);
  expect(existsSync(directory)).toBe(false);
});
