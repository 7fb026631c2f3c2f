import { keptUntil, readRetention } from '#core/retention/retention.ts';
import { readLegalHoldActs } from '#db/legal-holds.ts';
import { readRetentionOf } from '#db/retention.ts';
import type { StoredInstance } from '#db/stored-instance.ts';
import type { Context } from '../operation.ts';
import type { InstanceRetention, LegalHoldActView } from '../views/retention.ts';

/** How long an instance is kept, and what keeps it beyond that. */
export async function retentionOf(
  context: Context,
  { id, sealedAt, caller }: Pick<StoredInstance, 'id' | 'sealedAt' | 'caller'>,
): Promise<InstanceRetention> {
  const { db } = context.runtime;
  const [rule, acts] = await Promise.all([readRetentionOf(db, id), legalHoldActsOf(context, id)]);
  const retention = rule?.retention ? readRetention(rule.retention) : null;
  const [last] = acts;
  return {
    policy: rule?.retention ?? null,
    keptUntil: rule && retention && sealedAt !== null ? keptUntil(sealedAt, retention, rule.zone) : null,
    isCalled: caller !== null,
    hold: last?.act === 'place' ? last : null,
    acts,
  };
}

/** Legal holds that were placed and lifted, the last first. */
export async function legalHoldActsOf({ runtime: { db, directory } }: Context, instanceId: string): Promise<readonly LegalHoldActView[]> {
  const acts = await readLegalHoldActs(db, instanceId);
  return Promise.all(acts.map(async ({ byPerson, ...act }) => ({ ...act, by: await directory.person(byPerson) })));
}
