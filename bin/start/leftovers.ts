/** Ends what an earlier start left behind. Usually nothing: only where supervisor and guard were both killed. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { endLeftPostgres } from './postgres.ts';
import { endRemembered } from './remembered.ts';

const REMEMBERED = [
  'processes/web.json',
  'processes/worker.json',
  'processes/seed.json',
  'processes/seed-instances.json',
  'temporal/process.json',
];

export async function endLeftovers(home: string): Promise<void> {
  await Promise.all(REMEMBERED.map((file) => endRemembered(path.join(home, file), 'SIGTERM')));
  const postgres = path.join(home, 'postgres');
  if (existsSync(postgres)) await endLeftPostgres(postgres);
}
