/** `npm run stop`: asks the stack of this clone to stop, and ends what a killed one left behind. */
import path from 'node:path';
import process from 'node:process';
import { endLeftovers } from '#bin/start/leftovers.ts';
import { isGoneWithin, isRunning, terminate } from '#bin/start/process-identity.ts';
import { recall } from '#bin/start/remembered.ts';
import { parseLocalConfig } from '#config/local.ts';

const STOP_WITHIN_MS = 60_000;

const { home } = parseLocalConfig(process.env);
const supervisor = await recall(path.join(home, 'supervisor.json'));
if (supervisor !== null && (await isRunning(supervisor))) {
  process.kill(supervisor.pid, 'SIGTERM');
  if (!(await isGoneWithin(supervisor, STOP_WITHIN_MS))) await terminate(supervisor, { signal: 'SIGTERM', graceMs: 1_000 });
}

await endLeftovers(home);
process.stdout.write('Bihuan is stopped.\n');
