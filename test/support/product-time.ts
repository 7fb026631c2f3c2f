/** The time of a running product: a test of pages does not wait for ten minutes. */
import { inject } from 'vitest';
import type { ProcessState } from '#core/process/state.ts';
import { openDatabase } from '#db/database.ts';
import { readInstance } from '#db/stored-instance.ts';
import { Changes } from '#engine/changes.ts';
import { openJson } from '#engine/cipher.ts';
import { commandIdOf } from '#engine/command-id.ts';
import { DataKeys } from '#engine/data-keys.ts';
import { Definitions } from '#engine/definitions.ts';
import { Door } from '#engine/door.ts';
import { localKeyProvider } from '#engine/keys.ts';
import { Needs } from '#engine/needs.ts';
import './shared-product.ts';
import { until } from './until.ts';

/** What Temporal's timer reports when the time has come, through the same door and under the same command id: the real one then comes too late. */
export async function timeComes(instanceId: string, elementId: string): Promise<void> {
  const { databaseUrl, keyFile } = inject('product');
  const db = openDatabase({ url: databaseUrl, connectionsMax: 1, applicationName: 'bihuan-test', statementTimeoutMs: 30_000 });
  try {
    const keys = new DataKeys(db, localKeyProvider(keyFile));
    const door = new Door({ db, keys, definitions: new Definitions(db), needs: new Needs(db), changes: new Changes(db) });
    const effectId = await until(`${elementId} waits`, async () => {
      const instance = await readInstance(db, instanceId);
      const key = instance && (await keys.find(`instance:${instanceId}`, instance.wrappedKey));
      if (!instance || !key) return null;
      const { timers } = openJson<ProcessState>(key, 'journal', instance.state);
      return Object.values(timers).find(({ targetId }) => targetId === elementId)?.effectId;
    });
    const body = { type: 'timer.fire', effectId } as const;
    const result = await door.submit({
      instanceId,
      commandId: commandIdOf(instanceId, 'timer.fire', effectId),
      actor: { kind: 'system', name: 'timer' },
      asked: body,
      prepare: () => ({ kind: 'ready', body }),
    });
    if (result.kind !== 'accepted') throw new Error(`${elementId}: ${JSON.stringify(result)}`);
  } finally {
    await db.destroy();
  }
}
