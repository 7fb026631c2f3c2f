/**
 * Carries batches of migrations through the door, one instance after the other (P5: bulk work is one transaction per row). The table says
 * what is left, so it goes on after a restart, and a pause holds after the instance under way; the command's id follows from the batch, so that
 * two workers, or a second run, have one effect.
 */
import type { Database } from '#db/database.ts';
import { finishRow, type MigrationBatch, nextOfBatch } from '#db/migration-batches.ts';
import { commandIdOf } from './command-id.ts';
import type { Door } from './door.ts';
import { Loop } from './loop.ts';

const EVERY_MS = 1_000;
/** Few, so that a pause is heard soon. */
const ROWS_MAX = 20;

export interface MigratorOptions {
  readonly db: Database;
  readonly door: Pick<Door, 'submit'>;
  readonly onError: (error: unknown) => void;
}

export const startMigrator = (options: MigratorOptions): Loop =>
  new Loop({ everyMs: EVERY_MS, turn: () => migrateSome(options), onError: options.onError }).start();

/** True while there was something to do and it got on. */
export async function migrateSome({ db, door }: Pick<MigratorOptions, 'db' | 'door'>): Promise<boolean> {
  const next = await nextOfBatch(db, ROWS_MAX);
  if (!next) return false;
  let isOn = next.instanceIds.length === 0;
  for (const instanceId of next.instanceIds) isOn = (await migrateOne({ db, door }, next.batch, instanceId)) || isOn;
  return isOn;
}

/** False when the instance is too busy at the moment: it comes again. */
async function migrateOne(
  { db, door }: Pick<MigratorOptions, 'db' | 'door'>,
  { id: batchId, byPerson, toVersion: version, graphHash, mapping, reason }: MigrationBatch,
  instanceId: string,
): Promise<boolean> {
  const result = await door.submit({
    instanceId,
    commandId: commandIdOf(instanceId, 'instance.migrate', batchId),
    actor: { kind: 'person', personId: byPerson, organisationId: '', principals: [] },
    asked: { migrate: { version, mapping, reason } },
    prepare: ({ instance }) => ({
      kind: 'ready',
      body: { type: 'instance.migrate', fromGraphHash: instance.graphHash, graphHash, version, mapping, reason },
    }),
  });
  if (result.kind === 'busy') return false;
  const code = result.kind === 'accepted' ? null : result.kind === 'refused' ? result.refusal.code : CODES[result.kind];
  await finishRow(db, { batchId, instanceId, state: code === null ? 'migrated' : 'refused', code });
  return true;
}

const CODES = { 'not-found': 'not-found', 'command-reused': 'command-reused', stopped: 'instance-stopped' } as const;
