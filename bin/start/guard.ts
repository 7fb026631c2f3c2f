/**
 * Ends what a killed parent left behind. A child's own code cannot notice that its parent got `kill -9`, but the end of a pipe
 * is always noticed: the parent holds our standard input open and writes one JSON line for each process that lives or has ended.
 */
import { rm } from 'node:fs/promises';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { GuardMessage } from './child.ts';
import { terminate } from './process-identity.ts';

const GRACE_MS = 5_000;

// The terminal's Ctrl-C is for the parent; we leave when it has left.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const living = new Map<number, Extract<GuardMessage, { kind: 'began' }>>();
const directories = new Set<string>();

for await (const line of createInterface({ input: process.stdin })) {
  // Written by `child.ts` only.
  const message = JSON.parse(line) as GuardMessage;
  if (message.kind === 'began') living.set(message.identity.pid, message);
  if (message.kind === 'ended') living.delete(message.pid);
  if (message.kind === 'directory') directories.add(message.path);
}

await Promise.all([...living.values()].map(({ identity, signal }) => terminate(identity, { signal, graceMs: GRACE_MS })));
for (const directory of directories) await rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
