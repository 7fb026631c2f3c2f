/**
 * The sweeper that erases what its flow's retention keeps no longer. At least once and idempotent: what is due is asked of the database's clock, and once
 * more when nothing about the instance can change, so that a hold that comes first keeps it.
 */
import { addMs } from '#core/process/time.ts';
import { NOTICE_DAYS, readRetention, sealedBefore } from '#core/retention/retention.ts';
import type { Database } from '#db/database.ts';
import { eraseInstance } from '#db/erasure.ts';
import { readClock } from '#db/incidents.ts';
import { type Cutoff, type FlowRetention, findDue, isDue, readRetentions, readZones } from '#db/retention.ts';
import { Loop } from './loop.ts';

const EVERY_MS = 60_000;
const PAGE_INSTANCES = 100;

export const startRetention = (db: Database, onError: (error: unknown) => void): Loop =>
  new Loop({
    everyMs: EVERY_MS,
    turn: async () => {
      await eraseDue(db, onError);
      return false;
    },
    onError,
  }).start();

/** One that fails keeps no other from its turn, and is due again in the next round. */
export async function eraseDue(db: Database, onError: (error: unknown) => void): Promise<void> {
  const retentions = await readRetentions(db);
  const cutoffs = cutoffsAt(await readClock(db), retentions, await readZones(db));
  if (cutoffs.length === 0) return;
  const policies = new Map(retentions.map(({ key, retention }) => [key, retention]));
  let after: string | null = null;
  do {
    const due: Awaited<ReturnType<typeof findDue>> = await findDue(db, { cutoffs, after, limit: PAGE_INSTANCES });
    for (const { instanceId, serviceKey } of due) {
      const policy = policies.get(serviceKey);
      if (!policy) throw new Error(`${serviceKey} has no retention, and ${instanceId} is due.`);
      await eraseInstance(db, { instanceId, by: { policy }, isDue: (trx) => isDue(trx, instanceId, cutoffs) }).catch(onError);
    }
    after = due.at(-1)?.instanceId ?? null;
  } while (after !== null);
}

const NOTICE_MS = NOTICE_DAYS * 86_400_000;

/** For every flow that does not keep for ever and has said so for long enough, and every zone that its organisations may be in. */
export const cutoffsAt = (at: string, retentions: readonly FlowRetention[], zones: readonly string[]): readonly Cutoff[] =>
  retentions.flatMap(({ key, retention: text, since }) => {
    const retention = text === null ? null : readRetention(text);
    if (!retention || addMs(since, NOTICE_MS) > at) return [];
    return zones.map((zone) => ({ service_key: key, zone, sealed_before: sealedBefore(at, retention, zone) }));
  });
