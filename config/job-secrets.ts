/** Secrets that diagrams name (`{{secrets.NAME}}`): from variables `BIHUAN_SECRET_NAME`, and from a file, whose lines win. */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { parseEnv } from 'node:util';
import { ConfigurationError, type Environment } from './environment.ts';

const PREFIX = 'BIHUAN_SECRET_';

export function jobSecrets(file: string | null, environment: Environment = process.env): Readonly<Record<string, string>> {
  const given = Object.entries(environment).flatMap(([name, value]) =>
    name.startsWith(PREFIX) && value ? [[name.slice(PREFIX.length), value] as const] : [],
  );
  return { ...Object.fromEntries(given), ...(file === null ? {} : readSecrets(file)) };
}

function readSecrets(file: string): Readonly<Record<string, string>> {
  try {
    return parseEnv(readFileSync(file, 'utf8')) as Record<string, string>;
  } catch {
    throw new ConfigurationError([`JOB_SECRETS_FILE cannot be read: ${file}`]);
  }
}
