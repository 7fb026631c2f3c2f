/**
 * The production build of the web, made once for each state of its sources and kept beside the others: a server goes on with the
 * build it began with, whatever is built meanwhile.
 */
import { spawn } from 'node:child_process';
import { cp, mkdir, readdir, realpath, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './applications.ts';
import { hashSources } from './sources.ts';

export interface WebBuild {
  /** For WEB_DIRECTORY. */
  readonly directory: string;
  readonly isNew: boolean;
}

/** Everything that a page or a route can import. */
const SOURCES = ['web', 'core', 'api', 'engine', 'db', 'workflows', 'config', 'package-lock.json', 'package.json', 'tsconfig.json'];
const FOLDER = path.join(ROOT, '.bihuan', 'build');
/** What the server reads besides the output of the build. */
const KEPT_FILES = ['next.config.ts', 'public'];
const KEPT_BUILDS = 4;
const OTHER_BUILD = 'Another next build process';
const RETRY_MS = 1_000;

export async function buildWeb({ report }: { readonly report: (detail: string) => void }): Promise<WebBuild> {
  for (;;) {
    const directory = path.join(FOLDER, `web-${(await hashSources(SOURCES)).slice(0, 16)}`);
    if ((await stat(directory).catch(() => null)) !== null) return { directory, isNew: false };
    const { code, lines } = await runBuild(report);
    if (code === 0) {
      await keep(directory);
      await removeOld(directory);
      return { directory, isNew: true };
    }
    // `npm start` and `npm test` may want it at the same time; Next.js lets one of them.
    if (!lines.some((line) => line.includes(OTHER_BUILD))) {
      throw new Error(`The web cannot be built (exit code ${code}). Its last words:\n${lines.slice(-30).join('\n')}`);
    }
    report('waiting for a build that is under way');
    await sleep(RETRY_MS);
  }
}

async function runBuild(report: (detail: string) => void): Promise<{ readonly code: number | null; readonly lines: readonly string[] }> {
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
  return { code, lines };
}

/** Copied beside and renamed, so that a half copy is never served. */
async function keep(directory: string): Promise<void> {
  const unfinished = `${directory}.${process.pid}`;
  const output = path.join(ROOT, 'web', '.next');
  await mkdir(unfinished, { recursive: true });
  const cache = path.join(output, 'cache');
  await cp(output, path.join(unfinished, '.next'), { recursive: true, verbatimSymlinks: true, filter: (source) => source !== cache });
  await pointLinksAt(path.join(output, 'node_modules'), path.join(unfinished, '.next', 'node_modules'));
  for (const file of KEPT_FILES) {
    const source = path.join(ROOT, 'web', file);
    if ((await stat(source).catch(() => null)) !== null) await cp(source, path.join(unfinished, file), { recursive: true });
  }
  await rename(unfinished, directory).catch(() => rm(unfinished, { recursive: true, force: true }));
}

/** The build links packages relative to its own place. */
async function pointLinksAt(originals: string, copies: string): Promise<void> {
  const names = await readdir(originals).catch(() => []);
  for (const name of names) {
    const copy = path.join(copies, name);
    const target = await realpath(path.join(originals, name));
    await rm(copy, { recursive: true, force: true });
    await symlink(target, copy);
  }
}

async function removeOld(newest: string): Promise<void> {
  const builds = (await readdir(FOLDER)).filter((name) => /^web-\w+$/.test(name)).map((name) => path.join(FOLDER, name));
  const dated = await Promise.all(builds.map(async (build) => ({ build, at: (await stat(build)).mtimeMs })));
  const old = dated.filter(({ build }) => build !== newest).sort((a, b) => b.at - a.at);
  await Promise.all(old.slice(KEPT_BUILDS - 1).map(({ build }) => rm(build, { recursive: true, force: true })));
}
