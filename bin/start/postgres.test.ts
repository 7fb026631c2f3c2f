import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { removeAtEnd } from './child.ts';
import { type Postgres, servesData, startPostgres } from './postgres.ts';

let directory: string;
let running: Postgres | undefined;

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'bihuan-postgres-'));
  await chmod(directory, 0o711);
  removeAtEnd(directory);
});

afterEach(async () => {
  await running?.child.stop();
  await rm(directory, { recursive: true, force: true });
});

async function start(options: { readonly port?: number; readonly isRestart?: boolean } = {}): Promise<Postgres> {
  running = await startPostgres({
    directory,
    port: options.port ?? 0,
    isRestart: options.isRestart ?? false,
    logFile: path.join(directory, 'log'),
    settings: { shared_buffers: '32MB' },
  });
  return running;
}

async function query(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('the embedded PostgreSQL', () => {
  test('keeps what was committed over kill -9 and comes back on the same port', async () => {
    const first = await start();
    const value = randomUUID();
    await query(first.ownerUrl(), 'create table note (value text)');
    await query(first.url(), `insert into note values ('${value}')`);
    await first.child.kill();
    const second = await start({ port: first.port, isRestart: true });
    expect(second.port).toBe(first.port);
    expect(await query(second.url(), 'select value from note')).toEqual([{ value }]);
  });

  test('takes the place of a server that a killed parent left on the same data', async () => {
    const left = await start();
    const second = await start();
    expect(left.child.hasEnded()).toBe(true);
    expect(await query(second.url(), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('starts when the lock file names a process that is somebody else', async () => {
    const first = await start();
    await first.child.kill();
    const lockFile = path.join(directory, 'data', 'postmaster.pid');
    const [, ...rest] = (await readFile(lockFile, 'utf8')).split('\n');
    await writeFile(lockFile, [process.pid, ...rest].join('\n'));
    const second = await start();
    expect(await query(second.url(), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('takes the next port when its own is in use', async () => {
    const first = await start();
    const other = await mkdtemp(path.join(os.tmpdir(), 'bihuan-postgres-'));
    await chmod(other, 0o711);
    const second = await startPostgres({ directory: other, port: first.port, logFile: path.join(other, 'log') });
    await second.child.stop();
    await rm(other, { recursive: true });
    expect(second.port).toBeGreaterThan(first.port);
  });

  test('is told from a server of another directory, even with the same passwords', async () => {
    const { adminUrl } = await start();
    expect(await servesData(adminUrl, path.join(directory, 'data'))).toBe(true);
    expect(await servesData(adminUrl, path.join(directory, 'copy', 'data'))).toBe(false);
  });

  test('is durable: a kill test with these settings off would prove nothing', async () => {
    const { url } = await start();
    for (const name of ['fsync', 'full_page_writes', 'synchronous_commit']) {
      expect(await query(url(), `show ${name}`)).toEqual([{ [name]: 'on' }]);
    }
  });

  test('gives the application a role that is neither superuser nor owner', async () => {
    const { url, ownerUrl } = await start();
    await query(ownerUrl(), 'create table note (value text)');
    await query(url(), "insert into note values ('x')");
    await expect(query(url(), 'drop table note')).rejects.toThrow(/must be owner/);
    await expect(query(url(), 'create table other ()')).rejects.toThrow(/permission denied/);
    expect(await query(url(), 'select rolsuper, rolbypassrls from pg_roles where rolname = current_user')).toEqual([
      { rolsuper: false, rolbypassrls: false },
    ]);
  });
});
