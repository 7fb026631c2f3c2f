/**
 * The whole product in a folder of its own, as the real processes: PostgreSQL, Temporal, workers and web server, each of which
 * can be killed and started again. Used by integration, browser and kill tests and by the benchmark. Nothing outlives the
 * process that started it, even if that one is killed.
 */
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { ApiClient } from '#bin/api-client.ts';
import { ROOT, startSeed, startWeb, startWorker } from '#bin/start/applications.ts';
import { removeAtEnd } from '#bin/start/child.ts';
import { freePort } from '#bin/start/ports.ts';
import { startPostgres } from '#bin/start/postgres.ts';
import { startTemporal } from '#bin/start/temporal.ts';
import { findTemporal } from '#bin/start/temporal-find.ts';
import { readTemporalSettings } from '#bin/start/temporal-settings.ts';
import { buildWeb } from '#bin/start/web-build.ts';
import { bundleWorkflows } from '#bin/start/workflow-bundle.ts';
import { parseLocalConfig } from '#config/local.ts';
import { migrateToLatest } from '#migrations/index.ts';
import { StackPart } from './stack-part.ts';

export interface StackOptions {
  /** Worker processes; 0 to see what people can do without them. */
  readonly workers?: number;
  /** Small, so that workflows are evicted and replayed all the time. */
  readonly workflowCacheSize?: number;
  readonly hasWeb?: boolean;
  /** Whether the sample network is in the database. */
  readonly isSeeded?: boolean;
  /** Added to what workers and web are told. */
  readonly env?: Readonly<Record<string, string>>;
  readonly tell?: (message: string) => void;
}

export interface Foundation {
  readonly folder: string;
  readonly postgres: StackPart;
  readonly temporal: StackPart;
  readonly databaseUrl: string;
  /** As the role that owns the tables. */
  readonly ownerUrl: string;
  readonly temporalAddress: string;
  readonly temporalUiUrl: string;
  readonly namespace: string;
  /** As PostgreSQL's superuser, for what only tests do. */
  readonly adminUrl: string;
  stop(): Promise<void>;
}

export interface Stack extends Foundation {
  readonly workers: readonly StackPart[];
  readonly web: StackPart;
  readonly baseUrl: string;
  /** What workers and web are told. */
  readonly environment: Readonly<Record<string, string>>;
  /** A new client with an empty cookie jar. */
  client(): ApiClient;
  signIn(signInName: string, password?: string): Promise<ApiClient>;
  /** One more worker, perhaps with other settings. */
  addWorker(env?: Readonly<Record<string, string>>): Promise<StackPart>;
}

/** A migrated PostgreSQL and a Temporal, without the product's own processes. */
export async function startFoundation({ tell = () => undefined }: Pick<StackOptions, 'tell'> = {}): Promise<Foundation> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'bihuan-'));
  // PostgreSQL may run as another user, who must be able to pass.
  await chmod(folder, 0o711);
  removeAtEnd(folder);
  const [database, temporal] = await Promise.all([startDatabase(folder), startTemporalPart(folder, tell)]);
  return {
    folder,
    ...database,
    ...temporal,
    async stop() {
      await temporal.temporal.stop();
      await database.postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { workers: workerCount = 1, workflowCacheSize = 500, hasWeb = true, isSeeded = true, env = {}, tell = () => undefined } = options;
  const [foundation, workflowBundle, webBuild] = await Promise.all([
    startFoundation(options),
    bundleWorkflows(),
    hasWeb ? buildWeb({ report: tell }) : undefined,
  ]);
  const port = await freePort(0);
  const baseUrl = `http://localhost:${port}`;
  const environment = {
    DATABASE_URL: foundation.databaseUrl,
    DATABASE_OWNER_URL: foundation.ownerUrl,
    TEMPORAL_ADDRESS: foundation.temporalAddress,
    TEMPORAL_NAMESPACE: foundation.namespace,
    TEMPORAL_UI_URL: foundation.temporalUiUrl,
    WORKFLOW_BUNDLE_FILE: workflowBundle,
    ...(webBuild && { WEB_DIRECTORY: webBuild.directory }),
    WORKFLOW_CACHE_SIZE: String(workflowCacheSize),
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: baseUrl,
    SESSION_SECRET: randomBytes(32).toString('base64url'),
    KEY_FILE: path.join(foundation.folder, 'root-key'),
    SAMPLE_NETWORK: 'true',
    // Load comes from one address here; the limits have tests of their own.
    SIGN_IN_ATTEMPTS_PER_MINUTE: '100000',
    NODE_ENV: 'production',
    ...env,
  } as const;
  const application = (name: string, file: string, more: Readonly<Record<string, string>> = {}) => ({
    name,
    env: { ...process.env, ...environment, ...more },
    logFile: path.join(foundation.folder, 'logs', `${file}.log`),
  });
  if (isSeeded) await seed(application('Seed', 'seed'));
  const workers: StackPart[] = [];
  const addWorker = async (more: Readonly<Record<string, string>> = {}) => {
    const number = workers.length + 1;
    const worker = new StackPart(`worker ${number}`, () => startWorker(application(`Worker ${number}`, `worker-${number}`, more)));
    workers.push(worker);
    await worker.start();
    return worker;
  };
  const web = new StackPart('web', async () => {
    // Its address is known from the beginning, so it stays on its port.
    const running = await startWeb({ port, host: '127.0.0.1', isRestart: true, on: () => application('Web server', 'web') });
    return running.child;
  });
  await Promise.all([...Array.from({ length: workerCount }, () => addWorker()), hasWeb ? web.start() : undefined]);
  const client = () => new ApiClient(baseUrl);
  return {
    ...foundation,
    workers,
    web,
    baseUrl,
    environment,
    client,
    async signIn(signInName, password) {
      const signedIn = client();
      await signedIn.signIn(signInName, password);
      return signedIn;
    },
    addWorker,
    async stop() {
      await web.stop();
      await Promise.all(workers.map((worker) => worker.stop()));
      await foundation.stop();
    },
  };
}

async function startDatabase(folder: string): Promise<Pick<Foundation, 'postgres' | 'databaseUrl' | 'ownerUrl' | 'adminUrl'>> {
  let port = 0;
  const start = (isRestart: boolean) =>
    startPostgres({
      directory: path.join(folder, 'postgres'),
      port,
      isRestart,
      logFile: path.join(folder, 'logs', 'postgres.log'),
      settings: { shared_buffers: '64MB', max_wal_size: '512MB' },
    });
  const first = await start(false);
  port = first.port;
  await migrateToLatest(first.ownerUrl());
  return {
    postgres: new StackPart('PostgreSQL', async () => (await start(true)).child, first.child),
    databaseUrl: first.url(),
    ownerUrl: first.ownerUrl(),
    adminUrl: first.adminUrl,
  };
}

async function startTemporalPart(
  folder: string,
  report: (detail: string) => void,
): Promise<Pick<Foundation, 'temporal' | 'temporalAddress' | 'temporalUiUrl' | 'namespace'>> {
  const settings = await readTemporalSettings();
  const { version, serverVersionMin } = settings.cli;
  const { downloadUrl } = parseLocalConfig(process.env).temporal;
  const program = await findTemporal({ version, serverVersionMin, home: path.join(ROOT, '.bihuan'), downloadUrl, report });
  let ports = { frontend: 0, ui: 0 };
  const start = (isRestart: boolean) =>
    startTemporal({
      program: program.file,
      directory: path.join(folder, 'temporal'),
      ports,
      isRestart,
      namespace: settings.namespace,
      settings,
      logFile: path.join(folder, 'logs', 'temporal.log'),
    });
  const first = await start(false);
  ports = first.ports;
  return {
    temporal: new StackPart('Temporal', async () => (await start(true)).child, first.child),
    temporalAddress: first.address,
    temporalUiUrl: first.uiUrl,
    namespace: settings.namespace,
  };
}

async function seed(options: Parameters<typeof startSeed>[0]): Promise<void> {
  const child = await startSeed(options);
  const { code } = await child.ended;
  if (code !== 0) throw new Error(`The sample network cannot be made; its log:\n${await readFile(child.logFile, 'utf8')}`);
}
