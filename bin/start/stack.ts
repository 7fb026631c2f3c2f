/** The parts that the product stands on, embedded or given: a migrated database and a Temporal with our namespace. */
import path from 'node:path';
import type { LocalConfig } from '#config/local.ts';
import { migrateToLatest } from '#migrations/index.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { step } from './progress.ts';
import { Service } from './service.ts';
import { startTemporal, type Temporal } from './temporal.ts';
import { findTemporal, type TemporalProgram } from './temporal-find.ts';
import { prepareNamespace } from './temporal-namespace.ts';
import type { TemporalSettings } from './temporal-settings.ts';

export interface Part {
  /** What its clients are told. */
  readonly environment: Readonly<Record<string, string>>;
  /** None when it was given and is somebody else's to keep. */
  readonly service: Service | null;
}

export interface PartOptions {
  readonly local: LocalConfig;
  readonly logs: string;
  readonly tell: (message: string) => void;
}

export async function databasePart({ local, logs, tell }: PartOptions): Promise<Part> {
  const { url, ownerUrl } = local.postgres;
  if (url !== undefined && ownerUrl !== undefined) {
    await migrate(ownerUrl);
    return { environment: { DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl }, service: null };
  }
  const options = { directory: path.join(local.home, 'postgres'), logFile: path.join(logs, 'postgres.log') };
  let running: Postgres | undefined;
  const service = new Service({
    name: 'PostgreSQL',
    tell,
    async start({ isRestart }) {
      running = await startPostgres({ ...options, port: running?.port ?? local.postgres.port, isRestart });
      return running.child;
    },
  });
  await step(
    'PostgreSQL',
    () => service.start(),
    () => `PostgreSQL on port ${running?.port}${otherPort(running?.port, local.postgres.port)}`,
  );
  if (running === undefined) throw new Error('PostgreSQL has started and is not there.');
  await migrate(running.ownerUrl());
  return { environment: { DATABASE_URL: running.url(), DATABASE_OWNER_URL: running.ownerUrl() }, service };
}

export async function temporalPart({ local, logs, tell, settings }: PartOptions & { readonly settings: TemporalSettings }): Promise<Part> {
  const { address, tls, apiKey, uiUrl, downloadUrl } = local.temporal;
  const namespace = local.temporal.namespace ?? settings.namespace;
  if (address !== undefined) {
    await step(`Temporal at ${address}`, () => prepareNamespace({ target: { address, tls, apiKey }, namespace, settings }));
    const optional = {
      ...(apiKey === undefined ? {} : { TEMPORAL_API_KEY: apiKey }),
      ...(uiUrl === undefined ? {} : { TEMPORAL_UI_URL: uiUrl }),
    };
    return {
      environment: { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace, TEMPORAL_TLS: String(tls), ...optional },
      service: null,
    };
  }
  const { version, serverVersionMin } = settings.cli;
  const program = await step(
    'Temporal server',
    (report) => findTemporal({ version, serverVersionMin, home: local.home, downloadUrl, report }),
    (found) => `Temporal server ${ORIGINS[found.origin]} (${found.file})`,
  );
  let running: Temporal | undefined;
  const service = new Service({
    name: 'Temporal',
    tell,
    async start({ isRestart }) {
      running = await startTemporal({
        program: program.file,
        directory: path.join(local.home, 'temporal'),
        ports: running?.ports ?? settings.ports,
        isRestart,
        namespace,
        settings,
        logFile: path.join(logs, 'temporal.log'),
      });
      return running.child;
    },
  });
  await step(
    'Temporal',
    () => service.start(),
    () => `Temporal on port ${running?.ports.frontend}${otherPort(running?.ports.frontend, settings.ports.frontend)}`,
  );
  if (running === undefined) throw new Error('Temporal has started and is not there.');
  return { environment: { TEMPORAL_ADDRESS: running.address, TEMPORAL_NAMESPACE: namespace, TEMPORAL_UI_URL: running.uiUrl }, service };
}

const ORIGINS: Readonly<Record<TemporalProgram['origin'], string>> = {
  path: 'found on the PATH',
  cache: 'found in the cache',
  download: 'downloaded',
  build: 'built with Go',
};

const otherPort = (port: number | undefined, wanted: number) => (port === wanted ? '' : ` (${wanted} is in use)`);

async function migrate(ownerUrl: string): Promise<void> {
  await step(
    'Migrations',
    () => migrateToLatest(ownerUrl),
    (names) => (names.length === 0 ? 'Database up to date' : `Database migrated: ${names.length} steps`),
  );
}
