/**
 * Telling a process of ours from a stranger that got its number later: a process is its id together with the moment it began.
 * Nothing here is ever killed by name.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

export interface ProcessIdentity {
  readonly pid: number;
  /** The system's start time of the process; comparable, not readable. */
  readonly began: string;
}

/** Who runs under this number now, or null when nobody does (a zombie is nobody). */
export async function identify(pid: number): Promise<ProcessIdentity | null> {
  const began = process.platform === 'linux' ? await beganOnLinux(pid) : await beganByPs(pid);
  return began === null ? null : { pid, began };
}

export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  const current = await identify(identity.pid);
  return current !== null && current.began === identity.began;
}

/** The command line, to recognise a server by the data directory it serves. */
export async function commandLine(pid: number): Promise<string> {
  try {
    if (process.platform === 'linux') return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
    return (await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).stdout;
  } catch {
    return '';
  }
}

/** Asks with `signal`, waits, and kills what is still there. Does nothing to a stranger. */
export async function terminate(
  identity: ProcessIdentity,
  { signal, graceMs }: { readonly signal: NodeJS.Signals; readonly graceMs: number },
): Promise<void> {
  if (!(await isRunning(identity))) return;
  send(identity.pid, signal);
  if (await isGoneWithin(identity, graceMs)) return;
  send(identity.pid, 'SIGKILL');
  await isGoneWithin(identity, 5_000);
}

export async function isGoneWithin(identity: ProcessIdentity, waitMs: number): Promise<boolean> {
  const until = Date.now() + waitMs;
  while (await isRunning(identity)) {
    if (Date.now() > until) return false;
    await sleep(25);
  }
  return true;
}

const run = promisify(execFile);

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended between the look and the signal.
  }
}

async function beganOnLinux(pid: number): Promise<string | null> {
  try {
    const [stat, boot] = await Promise.all([readFile(`/proc/${pid}/stat`, 'utf8'), readFile('/proc/sys/kernel/random/boot_id', 'utf8')]);
    // The command's name may contain anything, so fields are counted from its closing bracket: state is 3rd, start time 22nd.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? null : `${boot.trim()}/${fields[19]}`;
  } catch {
    return null;
  }
}

async function beganByPs(pid: number): Promise<string | null> {
  try {
    const { stdout } = await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { env: { ...process.env, LC_ALL: 'C' } });
    const [state, ...began] = stdout.trim().split(/\s+/);
    return state === undefined || state.startsWith('Z') ? null : began.join(' ');
  } catch {
    return null;
  }
}
