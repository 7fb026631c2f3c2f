/** `npm start` as a person meets it: with an occupied port, after kill -9 of anything, a second time. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '#bin/start/applications.ts';
import { removeAtEnd } from '#bin/start/child.ts';
import { freePort } from '#bin/start/ports.ts';
import { commandLine, identify, isGoneWithin, isRunning, type ProcessIdentity } from '#bin/start/process-identity.ts';
import { recall } from '#bin/start/remembered.ts';

const READY_WITHIN_MS = 240_000;

let home: string;
let occupied: Server;
let port: number;
const started: Started[] = [];

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
}

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'bihuan-start-'));
  await chmod(home, 0o711);
  removeAtEnd(home);
  port = await freePort(0);
  occupied = createServer();
  await new Promise<void>((resolve) => occupied.listen(port, '127.0.0.1', resolve));
});

afterAll(async () => {
  occupied.close();
  for (const { child } of started) {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('exit', resolve));
  }
  await rm(home, { recursive: true, force: true });
}, 60_000);

function start(): Started {
  const child = spawn(process.execPath, [path.join(ROOT, 'bin', 'start.mjs')], {
    env: { ...process.env, BIHUAN_HOME: home, PORT: String(port), POSTGRES_PORT: String(port), SAMPLE_NETWORK: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  const running = { child, output: () => output };
  started.push(running);
  return running;
}

/** The address it prints. */
async function untilReady(running: Started): Promise<string> {
  const until = Date.now() + READY_WITHIN_MS;
  while (!running.output().includes('Ready after')) {
    if (running.child.exitCode !== null || Date.now() > until) throw new Error(`It did not get ready:\n${running.output()}`);
    await sleep(100);
  }
  return /Bihuan\s+(http:\S+)/.exec(running.output())?.[1] ?? '';
}

async function parts(): Promise<Readonly<Record<'worker' | 'web' | 'temporal' | 'postgres', ProcessIdentity>>> {
  const [worker, web, temporal] = await Promise.all(
    ['processes/worker.json', 'processes/web.json', 'temporal/process.json'].map((file) => recall(path.join(home, file))),
  );
  const pid = Number((await readFile(path.join(home, 'postgres', 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]);
  const postgres = await identify(pid);
  if (!worker || !web || !temporal || !postgres) throw new Error('A part is missing.');
  return { worker, web, temporal, postgres };
}

async function untilHealthy(url: string): Promise<void> {
  const until = Date.now() + 60_000;
  while (
    !(await fetch(`${url}/api/health`).then(
      (response) => response.ok,
      () => false,
    ))
  ) {
    if (Date.now() > until) throw new Error(`${url} is not healthy.`);
    await sleep(200);
  }
}

test('starts from nothing beside an occupied port, says whom to sign in as, and answers', async () => {
  const running = start();
  const url = await untilReady(running);
  expect(Number(new URL(url).port)).not.toBe(port);
  expect(running.output()).toMatch(/in use/);
  expect(running.output()).toMatch(/password[\s\S]*wutong[\s\S]*Temporal\s+http:/);
  await untilHealthy(url);
});

test('heals after kill -9 of every part', async () => {
  const url = /Bihuan\s+(http:\S+)/.exec(started[0]?.output() ?? '')?.[1] ?? '';
  const before = await parts();
  for (const part of Object.values(before)) process.kill(part.pid, 'SIGKILL');
  const until = Date.now() + 60_000;
  while ((started[0]?.output().match(/runs again/g) ?? []).length < 4 && Date.now() < until) await sleep(100);
  await untilHealthy(url);
  const after = await parts();
  for (const part of Object.values(after)) expect(await isRunning(part)).toBe(true);
});

test('says so when it runs already, and leaves that one alone', async () => {
  const second = start();
  const code = await new Promise((resolve) => second.child.once('exit', resolve));
  expect(code).toBe(1);
  expect(second.output()).toContain('running already');
  expect(started[0]?.child.exitCode).toBeNull();
});

test('leaves nothing behind when it is killed, and starts again with its data', async () => {
  const before = await parts();
  started[0]?.child.kill('SIGKILL');
  for (const [name, part] of Object.entries(before)) {
    expect(await isGoneWithin(part, 15_000), `${name}: ${await commandLine(part.pid)}`).toBe(true);
  }
  await untilHealthy(await untilReady(start()));
});

test('stops everything in order on SIGINT', async () => {
  const last = started.at(-1);
  const before = await parts();
  last?.child.kill('SIGINT');
  expect(await new Promise((resolve) => last?.child.once('exit', resolve))).toBe(0);
  for (const part of Object.values(before)) expect(await isRunning(part)).toBe(false);
  expect(last?.output()).toContain('Stopped.');
});
