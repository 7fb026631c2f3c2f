/** Secrets that diagrams (`{{secrets.NAME}}`) and settings name: from variables `BIHUAN_SECRET_NAME`, and from a file, whose lines win. */
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

/** Of each server, by its address; one that is not there stops the start. */
export function secretsFor(names: ReadonlyMap<string, string>, secrets: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const missing = [...names.values()].filter((name) => !Object.hasOwn(secrets, name));
  if (missing.length > 0) throw new ConfigurationError(missing.map((name) => `BIHUAN_SECRET_${name} is missing.`));
  return new Map([...names].map(([address, name]) => [address, secrets[name] ?? '']));
}

function readSecrets(file: string): Readonly<Record<string, string>> {
  try {
    return parseEnv(readFileSync(file, 'utf8')) as Record<string, string>;
  } catch {
    throw new ConfigurationError([`JOB_SECRETS_FILE cannot be read: ${file}`]);
  }
}
