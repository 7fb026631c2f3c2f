/**
 * Settings of `npm start`: where the stack of one machine keeps its state and which ports it would like. Two of them,
 * DATABASE_URL and TEMPORAL_ADDRESS, replace a part that would otherwise be started.
 */
import path from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import { type Environment, flag, hostAndPort, httpUrl, port, postgresUrl, readEnvironment, text } from './environment.ts';

const schema = z.object({
  BIHUAN_HOME: text('the folder with data, logs and secrets of the local stack.').default('.bihuan'),
  HOST: text('the address the web server listens on.').default('127.0.0.1'),
  PORT: port('the port the web server would like.').default(3000),
  PUBLIC_URL: httpUrl('where people reach the web server.').optional(),
  SAMPLE_NETWORK: flag('whether an empty database is filled with the sample network and its people.').default(true),
  POSTGRES_PORT: port('the port the embedded PostgreSQL would like.').default(54_329),
  DATABASE_URL: postgresUrl('a PostgreSQL to use instead of the embedded one.').optional(),
  DATABASE_OWNER_URL: postgresUrl('the same database as the role that owns the tables.').optional(),
  TEMPORAL_ADDRESS: hostAndPort('a Temporal to use instead of the development server.').optional(),
  TEMPORAL_NAMESPACE: text('the namespace of our workflows; default from temporal-dev.yaml.').optional(),
  TEMPORAL_TLS: flag('whether to speak TLS to Temporal.').default(false),
  TEMPORAL_API_KEY: text('sent with every call to Temporal, where the cluster asks for one.').optional(),
  TEMPORAL_UI_URL: httpUrl("Temporal's own web UI, where TEMPORAL_ADDRESS is given.").optional(),
  TEMPORAL_DOWNLOAD_URL: httpUrl("where Temporal's command line is downloaded from, for instance a mirror.").default(
    'https://temporal.download/cli/archive',
  ),
});

export function parseLocalConfig(environment: Environment) {
  const value = readEnvironment(schema, environment);
  return {
    home: path.resolve(value.BIHUAN_HOME),
    web: { host: value.HOST, port: value.PORT, publicUrl: value.PUBLIC_URL },
    sampleNetwork: value.SAMPLE_NETWORK,
    postgres: { port: value.POSTGRES_PORT, url: value.DATABASE_URL, ownerUrl: value.DATABASE_OWNER_URL ?? value.DATABASE_URL },
    temporal: {
      address: value.TEMPORAL_ADDRESS,
      namespace: value.TEMPORAL_NAMESPACE,
      tls: value.TEMPORAL_TLS,
      apiKey: value.TEMPORAL_API_KEY,
      uiUrl: value.TEMPORAL_UI_URL,
      downloadUrl: value.TEMPORAL_DOWNLOAD_URL,
    },
  } as const;
}

export type LocalConfig = ReturnType<typeof parseLocalConfig>;

/** Addresses and secrets of the stack that `npm start` keeps here, as an env file for the other commands. */
export const stackFile = (home = parseLocalConfig(process.env).home): string => path.join(home, 'stack.env');
