/**
 * Starting and ending the processes of a stack. Each gets a group of its own, so that Ctrl-C reaches only us and we stop them in
 * order; each is known to the guard, so that none outlives us; its output goes to a log file.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, createReadStream, fstatSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { identify, isGoneWithin, type ProcessIdentity } from './process-identity.ts';
import { endRemembered, remember } from './remembered.ts';

export interface ChildOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly logFile: string;
  /** The signal that lets it end in order. */
  readonly stopSignal: NodeJS.Signals;
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Gives way to processes that people wait for, where both want the processor. */
  readonly yields?: boolean;
  /** Remembers the process, so that one left by an earlier, killed parent is ended before another takes its place. */
  readonly identityFile?: string;
}

export interface Child {
  readonly name: string;
  readonly identity: ProcessIdentity;
  readonly logFile: string;
  /** Settles when the process has ended, however it did. */
  readonly ended: Promise<Ending>;
  readonly hasEnded: () => boolean;
  /** What this process has written to its log, without what others before it wrote there. */
  readonly output: () => Promise<string>;
  stop(options?: { readonly graceMs: number }): Promise<void>;
  /** `kill -9`, for tests of what happens then. */
  kill(): Promise<void>;
}

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export type GuardMessage =
  | { readonly kind: 'began'; readonly identity: ProcessIdentity; readonly signal: NodeJS.Signals }
  | { readonly kind: 'ended'; readonly pid: number }
  | { readonly kind: 'directory'; readonly path: string };

/** A tenth of a processor that others want as well. */
const YIELDING = 10;

export async function startChild(options: ChildOptions): Promise<Child> {
  const { name, env, cwd, logFile, stopSignal, user, identityFile, yields = false } = options;
  // `nice` replaces itself by the program, so the id stays the one we know; a priority set afterwards would miss some threads.
  const [command, args] = yields ? ['nice', ['-n', String(YIELDING), options.command, ...options.args]] : [options.command, options.args];
  if (identityFile !== undefined) await endRemembered(identityFile, stopSignal);
  const log = openLog(logFile);
  const before = fstatSync(log).size;
  const child = spawn(command, args, { env, cwd, stdio: ['ignore', log, log], detached: true, ...user });
  closeSync(log);
  const { pid } = child;
  const ended = endOf(child);
  const identity = pid === undefined ? null : await identify(pid);
  if (pid === undefined || identity === null) {
    const ending = await ended;
    throw new Error(`${name} ended at once (${describeEnding(ending)}); its log is ${logFile}`);
  }
  // Where Linux shares the processor among sessions first, each of our children is one; elsewhere there is no such file.
  if (yields) await writeFile(`/proc/${pid}/autogroup`, String(YIELDING)).catch(() => undefined);
  tellGuard({ kind: 'began', identity, signal: stopSignal });
  if (identityFile !== undefined) await remember(identityFile, identity);
  let isOver = false;
  void ended.then(() => {
    isOver = true;
    tellGuard({ kind: 'ended', pid });
  });
  return {
    name,
    identity,
    logFile,
    ended,
    hasEnded: () => isOver,
    output: () => text(createReadStream(logFile, { start: before })),
    async stop({ graceMs } = { graceMs: 10_000 }) {
      if (isOver) return;
      child.kill(stopSignal);
      if (!(await isGoneWithin(identity, graceMs))) child.kill('SIGKILL');
      await ended;
    },
    async kill() {
      if (isOver) return;
      child.kill('SIGKILL');
      await ended;
    },
  };
}

export const describeEnding = ({ code, signal }: Ending) => (signal === null ? `exit code ${code}` : signal);

/** Node arguments that run a TypeScript file in the process itself, so that its id is the one we know. */
export const typescript = (file: string): readonly string[] => ['--import', LOADER, file];

const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** A directory that goes with this process, even if it is killed. */
export const removeAtEnd = (directory: string): void => tellGuard({ kind: 'directory', path: directory });

let guard: ChildProcess | undefined;

function tellGuard(message: GuardMessage): void {
  if (guard === undefined) {
    const file = fileURLToPath(new URL('./guard.ts', import.meta.url));
    guard = spawn(process.execPath, typescript(file), { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    // Neither the guard nor its pipe keeps us alive; a broken pipe only means that it was killed.
    guard.unref();
    guard.stdin?.on('error', () => undefined);
    if (guard.stdin !== null && 'unref' in guard.stdin && typeof guard.stdin.unref === 'function') guard.stdin.unref();
  }
  guard.stdin?.write(`${JSON.stringify(message)}\n`);
}

function endOf(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: -1, signal: null }));
  });
}

const LOG_SIZE_MAX_BYTES = 20 * 1024 * 1024;

function openLog(file: string): number {
  mkdirSync(path.dirname(file), { recursive: true });
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_SIZE_MAX_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, 'a');
}
