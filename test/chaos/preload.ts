import { pathToFileURL } from 'node:url';
import { ROOT } from '#bin/start/applications.ts';
import { typescript } from '#bin/start/child.ts';

/** The environment that loads a file of this folder into a process before its own code. */
export function preload(file: string, settings: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  // The loader of TypeScript first: what the file loads is written in it.
  const options = typescript(pathToFileURL(`${ROOT}/test/chaos/${file}`).href);
  return { ...settings, NODE_OPTIONS: [...options.slice(0, 2), '--import', ...options.slice(2)].join(' ') };
}
