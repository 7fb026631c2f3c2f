/** A hash over source files, to tell whether what was built from them is still right. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from './applications.ts';

const IGNORED = /(^|\/)(node_modules|\.next)(\/|$)|\.test\.tsx?$|\.tsbuildinfo$|next-env\.d\.ts$/;

/** Files and folders from the root; a missing one counts as absent. */
export async function hashSources(sources: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources) await addTo(hash, source);
  return hash.digest('hex');
}

async function addTo(hash: ReturnType<typeof createHash>, relative: string): Promise<void> {
  if (IGNORED.test(relative)) return;
  const absolute = path.join(ROOT, relative);
  const entries = await readdir(absolute).catch(() => null);
  if (entries !== null) for (const entry of entries.sort()) await addTo(hash, `${relative}/${entry}`);
  else hash.update(`${relative}\0`).update(await readFile(absolute).catch(() => 'absent'));
}
