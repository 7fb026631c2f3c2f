/**
 * The command line that contains Temporal's development server, from the nearest place that has it: the PATH, our caches, the
 * official download, a build from its Go modules. What was obtained is kept in the user's cache, for every clone.
 */
import { execFile } from 'node:child_process';
import { access, constants, mkdir, rename } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { buildTemporal } from './temporal-build.ts';
import { downloadTemporal } from './temporal-download.ts';

export interface FindOptions {
  /** Of the command line, without a `v`. */
  readonly version: string;
  readonly serverVersionMin: string;
  /** The clone's own cache, looked into besides the user's. */
  readonly home: string;
  readonly downloadUrl: string;
  readonly report: (detail: string) => void;
}

export interface TemporalProgram {
  readonly file: string;
  readonly origin: 'path' | 'cache' | 'download' | 'build';
}

export async function findTemporal(options: FindOptions): Promise<TemporalProgram> {
  const { version, serverVersionMin, home, downloadUrl, report } = options;
  const onPath = await findOnPath('temporal');
  if (onPath !== null && (await isRecent(onPath, serverVersionMin))) return { file: onPath, origin: 'path' };

  const userCache = path.join(userCacheFolder(), 'bihuan', `temporal-${version}`, 'temporal');
  const cloneCache = path.join(home, 'bin', `temporal-${version}`, 'temporal');
  for (const file of [cloneCache, userCache]) {
    if ((await isExecutable(file)) && (await isRecent(file, serverVersionMin))) return { file, origin: 'cache' };
  }

  const target = (await isWritable(path.dirname(userCache))) ? userCache : cloneCache;
  await mkdir(path.dirname(target), { recursive: true });
  const unfinished = `${target}.${process.pid}`;
  const reasons: string[] = [];
  for (const [origin, obtain] of [
    ['download', () => downloadTemporal({ version, url: downloadUrl, file: unfinished, report })],
    ['build', () => buildTemporal({ version, file: unfinished, report })],
  ] as const) {
    try {
      await obtain();
      await rename(unfinished, target);
      return { file: target, origin };
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(
    `There is no Temporal server on this machine, and none could be obtained.\n${reasons.map((reason) => `  ${reason}`).join('\n')}\n` +
      'Any of these mends it: let this machine reach the download; install Go 1.25 or newer and run this again; put the "temporal" ' +
      `command line ${version} on the PATH; or set TEMPORAL_ADDRESS to a Temporal cluster.`,
  );
}

const run = promisify(execFile);

async function findOnPath(name: string): Promise<string | null> {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, name);
    if (folder !== '' && (await isExecutable(file))) return file;
  }
  return null;
}

const isExecutable = (file: string) =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );

const isWritable = (folder: string) =>
  mkdir(folder, { recursive: true })
    .then(() => access(folder, constants.W_OK))
    .then(
      () => true,
      () => false,
    );

/** It names the server inside as "(Server 1.29.1, UI …)"; a program that does not is not the one we look for. */
async function isRecent(file: string, serverVersionMin: string): Promise<boolean> {
  const { stdout } = await run(file, ['--version'], { timeout: 10_000 }).catch(() => ({ stdout: '' }));
  const version = /Server (\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  return version !== undefined && version.localeCompare(serverVersionMin, 'en', { numeric: true }) >= 0;
}

function userCacheFolder(): string {
  if (process.env.XDG_CACHE_HOME !== undefined && path.isAbsolute(process.env.XDG_CACHE_HOME)) return process.env.XDG_CACHE_HOME;
  return process.platform === 'darwin' ? path.join(os.homedir(), 'Library', 'Caches') : path.join(os.homedir(), '.cache');
}
