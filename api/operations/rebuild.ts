/** For operators, after Temporal lost its workflows: a worker builds every missing one anew from its journal (P24). */
import { z } from 'zod';
import { askErrand, readNewestErrand } from '#db/errands.ts';
import type { FailedOutcome, RebuildOutcome } from '#engine/errands.ts';
import { type Context, defineOperation } from '../operation.ts';
import type { RebuildView } from '../views/operations.ts';
import { reason } from './operations.ts';

export const rebuildWorkflows = defineOperation({
  name: 'rebuildWorkflows',
  method: 'post',
  path: '/operations/rebuild',
  summary: 'Build every workflow that is missing anew from its journal',
  input: z.object({ reason }),
  right: 'instance.operate',
  async run(context, { reason }): Promise<RebuildView> {
    const { person } = context.standing;
    const asked = { kind: 'rebuild', instanceId: null, byPerson: person.id, byOrganisation: person.organisation.id, reason };
    await askErrand(context.runtime.db, asked);
    return newest(context);
  },
});

export const rebuild = defineOperation({
  name: 'rebuild',
  method: 'get',
  path: '/operations/rebuild',
  summary: 'The newest rebuild of missing workflows: how far it is, and what it came to',
  input: z.object({}),
  right: 'instance.operate',
  run: (context): Promise<RebuildView> => newest(context),
});

async function newest({ runtime: { db, directory } }: Context): Promise<RebuildView> {
  const errand = await readNewestErrand(db, 'rebuild', null);
  if (!errand) return { rebuild: null };
  const { id, askedAt, finishedAt, done, total } = errand;
  // Written by a worker, in one of two shapes.
  const outcome = errand.outcome as RebuildOutcome | FailedOutcome | null;
  const by = await directory.person(errand.byPerson);
  return { rebuild: { id, by, askedAt, finishedAt, done, total, outcome } };
}
