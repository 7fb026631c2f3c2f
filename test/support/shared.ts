/** PostgreSQL and Temporal that all integration tests share; each test file takes a database and a task queue of its own. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { DATABASE } from '#bin/start/postgres.ts';
import { NETWORK_DATABASE, type SharedAddresses } from './shared-foundation.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    shared: SharedAddresses;
  }
}

export interface FreshDatabase {
  /** What the application gets: reads and writes, owns nothing. */
  readonly url: string;
  /** May truncate and alter. */
  readonly ownerUrl: string;
}

/** A migrated database that nobody else uses: empty, or with the sample network and its flows. It goes with the server. */
export async function freshDatabase({ hasNetwork = false }: { readonly hasNetwork?: boolean } = {}): Promise<FreshDatabase> {
  const { adminUrl, databaseUrl, ownerUrl } = inject('shared');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`create database ${name} owner bihuan_owner template ${hasNetwork ? NETWORK_DATABASE : DATABASE}`);
  } finally {
    await client.end();
  }
  const renamed = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  return { url: renamed(databaseUrl), ownerUrl: renamed(ownerUrl) };
}

/** Temporal's address and namespace, with a task queue that nobody else polls. */
export function sharedTemporal(): { readonly address: string; readonly namespace: string; readonly taskQueue: string } {
  const { temporalAddress, namespace } = inject('shared');
  return { address: temporalAddress, namespace, taskQueue: `test-${randomUUID()}` };
}
