/** The production build of the web, made when one of its sources changed and kept otherwise. */
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './applications.ts';
import { identify, isRunning } from './process-identity.ts';
import { recall, remember } from './remembered.ts';
import { hashSources } from './sources.ts';

/** Everything that a page or a route can import. */
const SOURCES = ['web', 'core', 'api', 'engine', 'db', 'workflows', 'config', 'package-lock.json', 'package.json', 'tsconfig.json'];
const OUTPUT = path.join(ROOT, 'web', '.next');
const STAMP = path.join(OUTPUT, 'source-hash');
const LOCK = path.join(ROOT, 'web', '.next', 'builder.json');

export async function buildWeb({ report }: { readonly report: (detail: string) => void }): Promise<'built' | 'unchanged'> {
  await waitForOtherBuild(report);
  const hash = await hashSources(SOURCES);
  if ((await readFile(STAMP, 'utf8').catch(() => '')) === hash) return 'unchanged';
  await mkdir(OUTPUT, { recursive: true });
  const self = await identify(process.pid);
  if (self !== null) await remember(LOCK, self);
  try {
    await rm(STAMP, { force: true });
    await runBuild(report);
    await writeFile(STAMP, hash);
    return 'built';
  } finally {
    await rm(LOCK, { force: true });
  }
}

/** `npm start` and `npm test` may want the build at the same time; it is made once. */
async function waitForOtherBuild(report: (detail: string) => void): Promise<void> {
  for (;;) {
    const builder = await recall(LOCK);
    if (builder === null || builder.pid === process.pid || !(await isRunning(builder))) return;
    report('waiting for a build that is under way');
    await sleep(500);
  }
}

async function runBuild(report: (detail: string) => void): Promise<void> {
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
  const child = spawn(process.execPath, [next, 'build', 'web'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Asked to stop meanwhile: it must not go on without us.
  const end = () => child.kill();
  process.once('exit', end);
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      lines.push(...text.split('\n').filter((line) => line.trim() !== ''));
      report(lines.at(-1)?.trim().slice(0, 80) ?? '');
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  process.off('exit', end);
  if (code !== 0) throw new Error(`The web cannot be built (exit code ${code}). Its last words:\n${lines.slice(-30).join('\n')}`);
}
