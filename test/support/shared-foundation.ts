/** vitest's global set-up of the integration tests: one PostgreSQL and one Temporal for all files. */
import type { TestProject } from 'vitest/node';
import { startFoundation } from './stack.ts';

export interface SharedAddresses {
  readonly adminUrl: string;
  readonly databaseUrl: string;
  readonly ownerUrl: string;
  readonly temporalAddress: string;
  readonly namespace: string;
}

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const foundation = await startFoundation({ tell: (message) => process.stdout.write(`  ${message}\n`) });
  const { adminUrl, databaseUrl, ownerUrl, temporalAddress, namespace } = foundation;
  project.provide('shared', { adminUrl, databaseUrl, ownerUrl, temporalAddress, namespace });
  return () => foundation.stop();
}
