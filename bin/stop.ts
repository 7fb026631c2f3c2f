/** `npm run stop`: asks the stack of this clone to stop, and ends what a killed one left behind. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { endLeftPostgres } from '#bin/start/postgres.ts';
import { isGoneWithin, isRunning, terminate } from '#bin/start/process-identity.ts';
import { endRemembered, recall } from '#bin/start/remembered.ts';
import { parseLocalConfig } from '#config/local.ts';

const STOP_WITHIN_MS = 60_000;

const { home } = parseLocalConfig(process.env);
const supervisor = await recall(path.join(home, 'supervisor.json'));
if (supervisor !== null && (await isRunning(supervisor))) {
  process.kill(supervisor.pid, 'SIGTERM');
  if (!(await isGoneWithin(supervisor, STOP_WITHIN_MS))) await terminate(supervisor, { signal: 'SIGTERM', graceMs: 1_000 });
}

// Usually nothing: only where supervisor and guard were both killed.
for (const file of ['processes/web.json', 'processes/worker.json', 'processes/seed.json', 'temporal/process.json']) {
  await endRemembered(path.join(home, file), 'SIGTERM');
}
if (existsSync(path.join(home, 'postgres'))) await endLeftPostgres(path.join(home, 'postgres'));
process.stdout.write('Bihuan is stopped.\n');
