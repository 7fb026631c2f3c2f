/** What the processes of the local stack are told, kept as an env file for `npm run worker`, `seed`, `bench` and their like. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stackFile } from '#config/local.ts';

export type StackEnvironment = Readonly<Record<string, string>>;

/** The secret that signs sessions: made once, so that people stay signed in over a restart. */
export async function sessionSecret(home: string): Promise<string> {
  const file = path.join(home, 'session-secret');
  const existing = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (existing !== '') return existing;
  const made = randomBytes(32).toString('base64url');
  await mkdir(home, { recursive: true });
  await writeFile(file, made, { mode: 0o600 });
  return made;
}

export async function writeStackFile(home: string, environment: StackEnvironment): Promise<void> {
  const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(stackFile(home), `# Written by npm start; the addresses of the stack that runs now.\n${lines.join('')}`, { mode: 0o600 });
}
