/** Which process did something, noted in a file, so that a later one can tell whether it is still there. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type ProcessIdentity, terminate } from './process-identity.ts';

export async function remember(file: string, identity: ProcessIdentity): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(identity));
}

export async function recall(file: string): Promise<ProcessIdentity | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  try {
    // Written by `remember` only.
    return JSON.parse(text) as ProcessIdentity;
  } catch {
    // A crash tore it: nobody is remembered.
    return null;
  }
}

/** Ends the remembered process, if it is still that one. */
export async function endRemembered(file: string, signal: NodeJS.Signals): Promise<void> {
  const identity = await recall(file);
  if (identity !== null) await terminate(identity, { signal, graceMs: 10_000 });
}
