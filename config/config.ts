/**
 * What the product's processes (web, worker, migration, seed, CLI) are told from outside: read once, checked, grouped, with
 * units in the names. Nothing else reads the environment. `config/local.ts` has the settings of the stack on one machine.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import {
  type Environment,
  flag,
  hostAndPort,
  hostList,
  httpUrl,
  httpUrlList,
  megabytes,
  port,
  postgresUrl,
  readEnvironment,
  secretsByUrl,
  text,
  whole,
} from './environment.ts';
import { stackFile } from './local.ts';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

const schema = z.object({
  DATABASE_URL: postgresUrl('the PostgreSQL database, as the role that may read and write but owns no table.'),
  DATABASE_OWNER_URL: postgresUrl('the same database as the role that owns the tables, for migrations only.').optional(),
  DATABASE_POOL_SIZE: whole('connections one process may hold.', { min: 2, max: 200 }).default(10),
  DATABASE_STATEMENT_TIMEOUT_MS: whole('after which a statement is given up.', { min: 100, max: 600_000 }).default(15_000),

  TEMPORAL_ADDRESS: hostAndPort("Temporal's frontend."),
  TEMPORAL_NAMESPACE: text('the namespace of our workflows.').default('bihuan'),
  TEMPORAL_TASK_QUEUE: text('the queue that our workers poll.').default('bihuan'),
  TEMPORAL_TLS: flag('whether to speak TLS to Temporal.').default(false),
  TEMPORAL_API_KEY: text('sent with every call to Temporal, where the cluster asks for one.').optional(),
  TEMPORAL_UI_URL: httpUrl("Temporal's own web UI, linked for operators.").optional(),

  WORKFLOW_CACHE_SIZE: whole('workflows a worker keeps in memory. At least 2: with none the SDK stalls.', { min: 2, max: 100_000 }).default(
    500,
  ),
  WORKFLOW_BUNDLE_FILE: text('a workflow bundle built beforehand; without it the worker builds its own.').optional(),

  RELAY_CONCURRENCY: whole('instances whose steps one worker sends to Temporal at a time.', { min: 1, max: 500 }).default(12),
  RELAY_LEASE_SECONDS: whole('for which a worker holds an instance it relays.', { min: 2, max: 600 }).default(30),

  HOST: text('the address the web server listens on.').default('127.0.0.1'),
  PORT: port('the port the web server listens on.').default(3000),
  BEHIND_PROXY: flag("whether a reverse proxy of ours tells the client's address in x-forwarded-for.").default(false),
  WEB_DIRECTORY: text('a production build that was made beforehand; without it the last one of this clone.').optional(),
  PUBLIC_URL: httpUrl('where people reach the web server; default http://localhost:PORT.').optional(),

  SESSION_SECRET: z.string().min(32).describe('at least 32 random characters that sign sessions.'),
  SESSION_IDLE_MINUTES: whole('after which an unused session ends.', { min: 5, max: 43_200 }).default(720),
  SIGN_IN_ATTEMPTS_PER_MINUTE: whole('sign-ins allowed from one address; a whole hospital may share one.', {
    min: 1,
    max: 100_000,
  }).default(120),

  KEY_FILE: text('the file with the root keys that wrap the key of every instance.'),

  FILE_SIZE_LIMIT_MB: megabytes('the largest file that may be attached.', { max: 25 }).default(25 * 1024 * 1024),

  JOB_HTTP_HOSTS: hostList(
    'hosts that HTTP jobs may call, separated by commas; private addresses and ranges must be listed too. None.',
  ).default([]),
  JOB_HTTP_RESPONSE_LIMIT_KB: whole('the longest answer that an HTTP job reads.', { min: 1, max: 16_384 }).default(1_024),
  JOB_SECRETS_FILE: text('a file of lines NAME=value with secrets for jobs, beside variables BIHUAN_SECRET_NAME.').optional(),

  BIHUAN_TERMINOLOGY_SERVER: httpUrlList(
    'FHIR terminology servers that forms may look value sets up on, separated by commas. None.',
  ).default([]),
  BIHUAN_TERMINOLOGY_SECRETS: secretsByUrl(
    'names of the secrets that terminology servers are sent as Authorization: https://terminology.example/r4 NAME, separated by commas. None.',
  ).default(new Map()),
  BIHUAN_TERMINOLOGY_HOSTS: hostList(
    'private addresses and ranges that the names of terminology servers may lead to, such as 10.20.0.0/16. None.',
  ).default([]),
  BIHUAN_TERMINOLOGY_AGE_HOURS: whole('after which a value set is asked for again.', { min: 1, max: 8_760 }).default(24),
  BIHUAN_TERMINOLOGY_TIMEOUT_MS: whole('for which a terminology server is waited for.', { min: 100, max: 30_000 }).default(3_000),

  SAMPLE_NETWORK: flag('whether the sample people may be shown at sign-in, with their password. Never in a hospital.').default(false),

  LOG_LEVEL: z.enum(LOG_LEVELS).describe(LOG_LEVELS.join(', ')).default('info'),
});

/** Parses an environment. Pure, for tests; everything else calls `config()`. */
export function parseConfig(environment: Environment) {
  const value = readEnvironment(schema, environment);
  return {
    database: {
      url: value.DATABASE_URL,
      ownerUrl: value.DATABASE_OWNER_URL ?? value.DATABASE_URL,
      poolSizeMax: value.DATABASE_POOL_SIZE,
      statementTimeoutMs: value.DATABASE_STATEMENT_TIMEOUT_MS,
    },
    temporal: {
      address: value.TEMPORAL_ADDRESS,
      namespace: value.TEMPORAL_NAMESPACE,
      taskQueue: value.TEMPORAL_TASK_QUEUE,
      tls: value.TEMPORAL_TLS,
      apiKey: value.TEMPORAL_API_KEY,
      uiUrl: value.TEMPORAL_UI_URL,
    },
    worker: { workflowCacheSizeMax: value.WORKFLOW_CACHE_SIZE, workflowBundleFile: value.WORKFLOW_BUNDLE_FILE },
    relay: { concurrencyMax: value.RELAY_CONCURRENCY, leaseSeconds: value.RELAY_LEASE_SECONDS },
    web: {
      host: value.HOST,
      port: value.PORT,
      directory: value.WEB_DIRECTORY,
      publicUrl: value.PUBLIC_URL ?? `http://localhost:${value.PORT}`,
      isBehindProxy: value.BEHIND_PROXY,
    },
    session: { secret: value.SESSION_SECRET, idleMinutes: value.SESSION_IDLE_MINUTES },
    rateLimits: { signInAttemptsPerMinute: value.SIGN_IN_ATTEMPTS_PER_MINUTE },
    keys: { file: path.resolve(value.KEY_FILE) },
    files: { sizeMaxBytes: value.FILE_SIZE_LIMIT_MB },
    jobs: {
      http: { hosts: value.JOB_HTTP_HOSTS, responseBytesMax: value.JOB_HTTP_RESPONSE_LIMIT_KB * 1024 },
      secretsFile: value.JOB_SECRETS_FILE === undefined ? null : path.resolve(value.JOB_SECRETS_FILE),
    },
    terminology: {
      servers: value.BIHUAN_TERMINOLOGY_SERVER,
      secretNames: value.BIHUAN_TERMINOLOGY_SECRETS,
      hosts: value.BIHUAN_TERMINOLOGY_HOSTS,
      ageMsMax: value.BIHUAN_TERMINOLOGY_AGE_HOURS * 3_600_000,
      timeMsMax: value.BIHUAN_TERMINOLOGY_TIMEOUT_MS,
    },
    sampleNetwork: value.SAMPLE_NETWORK,
    log: { level: value.LOG_LEVEL },
  } as const;
}

export type Config = ReturnType<typeof parseConfig>;

let parsed: Config | undefined;

/**
 * The configuration of this process. Asked for when first needed and not at import, so that a production build, which imports
 * every page, needs no database. Where `npm start` keeps a stack, its addresses are found without being given.
 */
export function config(): Config {
  if (parsed === undefined) {
    if (process.env.DATABASE_URL === undefined && existsSync(stackFile())) process.loadEnvFile(stackFile());
    parsed = parseConfig(process.env);
  }
  return parsed;
}
