/** vitest's global set-up of the integration tests: one PostgreSQL and one Temporal for all files, and the sample network once for all. */
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { deployFlows, importSampleNetwork } from '#bin/seed/import.ts';
import { DATABASE } from '#bin/start/postgres.ts';
import { openDatabase } from '#db/database.ts';
import { startFoundation } from './stack.ts';

export interface SharedAddresses {
  readonly adminUrl: string;
  readonly databaseUrl: string;
  readonly ownerUrl: string;
  readonly temporalAddress: string;
  readonly namespace: string;
}

/** A database with the sample network in it and the flows deployed, which others are copied from: checking all flows takes a minute. */
export const NETWORK_DATABASE = 'network';

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const foundation = await startFoundation({ tell: (message) => process.stdout.write(`  ${message}\n`) });
  const { adminUrl, databaseUrl, ownerUrl, temporalAddress, namespace } = foundation;
  await makeNetworkDatabase({ adminUrl, databaseUrl });
  project.provide('shared', { adminUrl, databaseUrl, ownerUrl, temporalAddress, namespace });
  return () => foundation.stop();
}

async function makeNetworkDatabase({ adminUrl, databaseUrl }: Pick<SharedAddresses, 'adminUrl' | 'databaseUrl'>): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(`create database ${NETWORK_DATABASE} owner bihuan_owner template ${DATABASE}`);
  await client.end();
  const url = Object.assign(new URL(databaseUrl), { pathname: `/${NETWORK_DATABASE}` }).href;
  const db = openDatabase({ url, connectionsMax: 2, applicationName: 'network' });
  await importSampleNetwork(db);
  for (const deployed of await deployFlows(db)) if (deployed.kind === 'refused') throw new Error(JSON.stringify(deployed.findings));
  await db.destroy();
}
