/** For auditors: a worker replays an instance; the page asks for it and looks after it. */
import { z } from 'zod';
import { askErrand, type Errand, readNewestErrand } from '#db/errands.ts';
import { recordAccess } from '#db/instances.ts';
import type { FailedOutcome, ReplayOutcome } from '#engine/errands.ts';
import { type Context, defineOperation } from '../operation.ts';
import { loadForAudit } from '../read/audit.ts';
import type { ReplayOutcomeView, ReplayView } from '../views/audit.ts';

const input = z.object({ id: z.uuid() });

export const replayInstance = defineOperation({
  name: 'replayInstance',
  method: 'post',
  path: '/instances/:id/replay',
  summary: 'Have an instance decided again from its first step, and its workflows run again over their histories',
  input,
  right: 'audit.read',
  async run(context, { id }): Promise<ReplayView> {
    await loadForAudit(context, id);
    const { person } = context.standing;
    const { db } = context.runtime;
    await askErrand(db, { kind: 'replay', instanceId: id, byPerson: person.id, byOrganisation: person.organisation.id, reason: '' });
    await recordAccess(db, { personId: person.id, instanceId: id, operation: 'replay' });
    return newest(context, id);
  },
});

export const replay = defineOperation({
  name: 'replay',
  method: 'get',
  path: '/instances/:id/replay',
  summary: 'The newest replay of an instance: how far it is, and what it came to',
  input,
  right: 'audit.read',
  async run(context, { id }): Promise<ReplayView> {
    await loadForAudit(context, id);
    return newest(context, id);
  },
});

async function newest({ runtime: { db, directory } }: Context, instanceId: string): Promise<ReplayView> {
  const errand = await readNewestErrand(db, 'replay', instanceId);
  if (!errand) return { replay: null };
  const { id, askedAt, finishedAt, done, total } = errand;
  return { replay: { id, by: await directory.person(errand.byPerson), askedAt, finishedAt, done, total, outcome: outcomeOf(errand) } };
}

/** Written by a worker, in one of two shapes. */
function outcomeOf({ outcome }: Errand): ReplayOutcomeView | null {
  const found = outcome as ReplayOutcome | FailedOutcome | null;
  return found && 'failed' in found ? { verdict: 'failed' } : found;
}
