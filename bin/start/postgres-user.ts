/** PostgreSQL refuses to run as root. Where we are root (containers, CI) it runs as another user, in a folder that user can reach. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chown, lchown, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';

export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The user to run as, or null when we are an ordinary user and need none. */
export async function postgresUser(): Promise<SystemUser | null> {
  if (process.getuid?.() !== 0) return null;
  const existing = await findUser('postgres');
  if (existing !== null) return existing;
  for (const [command, ...args] of CREATE_USER) {
    await run(command, args).catch(() => undefined);
    const created = await findUser('postgres');
    if (created !== null) return created;
  }
  const nobody = await findUser('nobody');
  if (nobody !== null) return nobody;
  throw new Error(
    'PostgreSQL does not run as root and no user could be created for it. Start as an ordinary user, create one named postgres, or set DATABASE_URL.',
  );
}

/** Whether this user may run `target` (a program) or enter it (a folder), which needs every folder above it too. */
export async function isReachable(target: string, user: SystemUser): Promise<boolean> {
  for (let place = path.resolve(target); ; place = path.dirname(place)) {
    const { mode, uid, gid } = await stat(place);
    const passes = uid === user.uid ? mode & 0o100 : gid === user.gid ? mode & 0o010 : mode & 0o001;
    if (passes === 0) return false;
    if (place === path.dirname(place)) return true;
  }
}

/**
 * A folder for `directory`'s content that the user can reach. Root's own folders are closed to it; then the content lies in a
 * public place, which a file in `directory` names, so that deleting `directory` forgets the content too.
 */
export async function reachable(directory: string, user: SystemUser | null): Promise<string> {
  await mkdir(directory, { recursive: true, mode: 0o711 });
  if (user === null || (await isReachable(directory, user))) return directory;
  const marker = path.join(directory, 'location');
  const known = await readFile(marker, 'utf8').catch(() => null);
  if (known !== null) return known.trim();
  const place = path.join(PUBLIC, randomUUID());
  await mkdir(place, { recursive: true, mode: 0o711 });
  await writeFile(marker, place);
  return place;
}

export const PUBLIC = '/var/lib/bihuan';

export async function giveTo(user: SystemUser, directory: string): Promise<void> {
  await chown(directory, user.uid, user.gid);
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    await lchown(path.join(entry.parentPath, entry.name), user.uid, user.gid);
  }
}

const run = promisify(execFile);

// Debian and its like, then busybox.
const CREATE_USER = [
  ['useradd', '--system', '--user-group', '--no-create-home', 'postgres'],
  ['adduser', '-S', '-D', '-H', 'postgres'],
] as const;

async function findUser(name: string): Promise<SystemUser | null> {
  const entry = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n').find((line) => line.startsWith(`${name}:`));
  const [, , uid, gid] = entry?.split(':') ?? [];
  return uid === undefined || gid === undefined ? null : { name, uid: Number(uid), gid: Number(gid) };
}
