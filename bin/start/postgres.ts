/**
 * One PostgreSQL cluster of ours in a directory of its own: initialised when it is not there, started on a port, with the
 * application's database and roles. Durable settings stay on, also in tests: a kill test without them would prove nothing.
 */
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Child, describeEnding, startChild } from './child.ts';
import { freePort, samePort } from './ports.ts';
import { findPostgres, type PostgresBinaries } from './postgres-binaries.ts';
import { APPLICATION, createDatabase, createRoles, OWNER, type Passwords } from './postgres-roles.ts';
import { postgresUser, reachable, type SystemUser } from './postgres-user.ts';
import { commandLine, identify, terminate } from './process-identity.ts';

export interface PostgresOptions {
  /** Where data and passwords are kept. */
  readonly directory: string;
  /** The port it would like; the next free one is taken instead. 0: any. */
  readonly port: number;
  /** Started again: no other port will do, since the application knows this one. */
  readonly isRestart?: boolean;
  readonly logFile: string;
  readonly settings?: Readonly<Record<string, string>>;
}

export interface Postgres {
  readonly child: Child;
  readonly port: number;
  readonly database: string;
  /** For the application: reads and writes, owns nothing. */
  readonly url: (database?: string) => string;
  /** For migrations: owns the tables. */
  readonly ownerUrl: (database?: string) => string;
  /** For tests only: may do everything. */
  readonly adminUrl: string;
  /** For a database of its own, empty or a copy of `template`. */
  createDatabase(name: string, template?: string): Promise<void>;
}

export const DATABASE = 'bihuan';

export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const user = await postgresUser();
  const binaries = await findPostgres(user);
  const directory = await reachable(options.directory, user);
  const passwords = await readPasswords(directory);
  const data = path.join(directory, 'data');
  await initialise({ binaries, directory, data, passwords, user });
  await endPrevious(data);
  const { child, port } = await startServer({ ...options, binaries, data, passwords, user });
  const url = (role: string, password: string, database: string) => `postgres://${role}:${password}@127.0.0.1:${port}/${database}`;
  const admin = url('postgres', passwords.superuser, 'postgres');
  await createRoles(admin, passwords);
  const create = (name: string, template?: string) =>
    createDatabase({ admin, name, template, databaseUrl: url('postgres', passwords.superuser, name) });
  await create(DATABASE);
  return {
    child,
    port,
    database: DATABASE,
    url: (database = DATABASE) => url(APPLICATION, passwords.application, database),
    ownerUrl: (database = DATABASE) => url(OWNER, passwords.owner, database),
    adminUrl: admin,
    createDatabase: create,
  };
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  // Connections go over the local network only; a socket's path would be too long in deep folders.
  unix_socket_directories: '',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  max_connections: '200',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_lock_waits: 'on',
  log_line_prefix: '%m [%p] ',
  idle_in_transaction_session_timeout: '60s',
} as const;

const START_ATTEMPTS = 40;
const START_RETRY_MS = 250;
const READY_WITHIN_MS = 120_000;

interface Server extends PostgresOptions {
  readonly binaries: PostgresBinaries;
  readonly data: string;
  readonly passwords: Passwords;
  readonly user: SystemUser | null;
}

/** Tries again for what passes by itself: a port taken in this moment, or memory that a killed server's last process still holds. */
async function startServer(server: Server): Promise<{ readonly child: Child; readonly port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await (server.isRestart ? samePort : freePort)(server.port);
    const settings = Object.entries({ ...SETTINGS, ...server.settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const child = await startChild({
      name: 'PostgreSQL',
      command: server.binaries.postgres,
      args: ['-D', server.data, '-p', String(port), ...settings],
      env: { ...process.env, LC_ALL: 'C' },
      cwd: server.data,
      logFile: server.logFile,
      // "Fast": ends sessions and writes a checkpoint; SIGTERM would wait for every session.
      stopSignal: 'SIGINT',
      ...(server.user === null ? {} : { user: server.user }),
    });
    const url = `postgres://postgres:${server.passwords.superuser}@127.0.0.1:${port}/postgres`;
    if (await isReady({ child, url, data: server.data })) return { child, port };
    if (attempt >= START_ATTEMPTS || !(await isPassing(server.logFile))) {
      throw new Error(
        `PostgreSQL does not start (${describeEnding(await child.ended)}). Its last words:\n${await lastLines(server.logFile)}`,
      );
    }
    await sleep(START_RETRY_MS);
  }
}

async function isReady({ child, url, data }: { readonly child: Child; readonly url: string; readonly data: string }): Promise<boolean> {
  const until = Date.now() + READY_WITHIN_MS;
  while (!child.hasEnded()) {
    try {
      if (await servesData(url, data)) return true;
      throw new Error('Another server answers on its port.');
    } catch (error) {
      if (Date.now() > until) {
        await child.stop();
        throw new Error(`PostgreSQL is not ready after ${READY_WITHIN_MS / 1000} s.`, { cause: error });
      }
      await sleep(30);
    }
  }
  return false;
}

/** Whether the server that answers is that of this directory, and not of another stack that took the port in the same moment. */
export async function servesData(url: string, data: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ readonly data_directory: string }>('show data_directory');
    return rows[0]?.data_directory === data;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function isPassing(logFile: string): Promise<boolean> {
  return /shared memory block|could not bind|lock file .* already exists/.test(await lastLines(logFile));
}

async function lastLines(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-8).join('\n');
}

/** Ends a server of this directory that its parent left behind. */
export async function endLeftPostgres(directory: string): Promise<void> {
  await endPrevious(path.join(await reachable(directory, await postgresUser()), 'data'));
}

/** A server on this data that outlived its parent is ended in order; a lock file naming a stranger's process is removed. */
async function endPrevious(data: string): Promise<void> {
  const lockFile = path.join(data, 'postmaster.pid');
  const pid = Number((await readFile(lockFile, 'utf8').catch(() => '')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  const identity = await identify(pid);
  if (identity !== null && (await commandLine(pid)).includes(data)) await terminate(identity, { signal: 'SIGINT', graceMs: 20_000 });
  else await rm(lockFile, { force: true });
}

/** The passwords live and go with the data they open. */
async function readPasswords(directory: string): Promise<Passwords> {
  const file = path.join(directory, 'passwords.json');
  const existing = await readFile(file, 'utf8').catch(() => null);
  // Written below, by us.
  if (existing !== null) return JSON.parse(existing) as Passwords;
  const password = () => randomBytes(24).toString('base64url');
  const passwords = { superuser: password(), owner: password(), application: password() };
  await writeFile(file, JSON.stringify(passwords), { mode: 0o600 });
  return passwords;
}

async function initialise({ binaries, directory, data, passwords, user }: Omit<Server, keyof PostgresOptions> & { directory: string }) {
  if ((await readFile(path.join(data, 'PG_VERSION'), 'utf8').catch(() => null)) !== null) return;
  // Made beside and renamed, so that an interrupted initialisation is begun again.
  const unfinished = path.join(directory, 'data.unfinished');
  const passwordFile = path.join(unfinished, '..', 'password');
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, passwords.superuser, { mode: 0o600 });
  if (user !== null) for (const place of [unfinished, passwordFile]) await chown(place, user.uid, user.gid);
  const logFile = path.join(directory, 'initdb.log');
  const child = await startChild({
    name: 'initdb',
    command: binaries.initdb,
    // The built-in locale sorts the same on every machine.
    args: [
      `--pgdata=${unfinished}`,
      '--auth=scram-sha-256',
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--locale=C',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ],
    env: { ...process.env, LC_ALL: 'C' },
    cwd: unfinished,
    logFile,
    stopSignal: 'SIGTERM',
    ...(user === null ? {} : { user }),
  });
  const ending = await child.ended;
  await rm(passwordFile, { force: true });
  if (ending.code !== 0) throw new Error(`PostgreSQL cannot be initialised. Its last words:\n${await lastLines(logFile)}`);
  await rm(data, { recursive: true, force: true });
  await rename(unfinished, data);
}
