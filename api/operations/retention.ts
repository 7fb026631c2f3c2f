/** How long records are kept: what is due soon, what was erased, and legal holds. None of it shows what a form says. */
import { z } from 'zod';
import { addMs } from '#core/process/time.ts';
import { NOTICE_DAYS } from '#core/retention/retention.ts';
import { readPolicyErasures } from '#db/erasure.ts';
import { readClock } from '#db/incidents.ts';
import { changeLegalHold, type LegalHoldAct } from '#db/legal-holds.ts';
import { countDue, readRetentions, readZones } from '#db/retention.ts';
import { readInstance } from '#db/stored-instance.ts';
import { readVersions } from '#db/versions.ts';
import { commandIdOf } from '#engine/command-id.ts';
import { serviceDescriptor } from '#engine/descriptor.ts';
import { cutoffsAt } from '#engine/retention.ts';
import { ApiError, notFound } from '../errors.ts';
import { type Context, defineOperation } from '../operation.ts';
import type { RetentionView } from '../views/retention.ts';
import type { CommandAnswer } from '../views.ts';
import { reason } from './operations.ts';

const ERASED_MAX = 20;
const DAY_MS = 86_400_000;

export const retention = defineOperation({
  name: 'retention',
  method: 'get',
  path: '/operations/retention',
  summary: 'How long each flow keeps its sealed instances, how many are due soon, and which were erased by policy lately',
  input: z.object({}),
  right: 'instance.operate',
  async run(context): Promise<RetentionView> {
    const { db } = context.runtime;
    const [now, rules, zones, versions, erased] = await Promise.all([
      readClock(db),
      readRetentions(db),
      readZones(db),
      readVersions(db),
      readPolicyErasures(db, { days: NOTICE_DAYS, limit: ERASED_MAX }),
    ]);
    const counts = await countDue(db, cutoffsAt(addMs(now, NOTICE_DAYS * DAY_MS), rules, zones));
    const names = new Map(versions.map((stored) => [stored.key, serviceDescriptor.parse(stored.descriptor).name]));
    const nameOf = (key: string) => names.get(key) ?? { 'zh-CN': key };
    return {
      flows: rules.map(({ key, retention: rule }) => {
        const count = counts.find((each) => each.key === key);
        return { key, name: nameOf(key), retention: rule, due: count?.due ?? 0, onHold: count?.onHold ?? 0 };
      }),
      erased: erased.map(({ serviceKey, ...row }) => ({ ...row, serviceName: nameOf(serviceKey) })),
    };
  },
});

const onInstance = z.object({ id: z.uuid(), commandId: z.uuid(), reason });
type OnInstance = z.output<typeof onInstance>;

export const placeLegalHold = defineOperation({
  name: 'placeLegalHold',
  method: 'post',
  path: '/operations/instances/:id/legal-hold',
  summary: 'Keep an instance beyond its retention, for a dispute or an inquiry: nothing erases it until the hold is lifted',
  input: onInstance,
  right: 'instance.operate',
  run: (context, asked): Promise<CommandAnswer> => change(context, 'place', asked),
});

export const liftLegalHold = defineOperation({
  name: 'liftLegalHold',
  method: 'post',
  path: '/operations/instances/:id/legal-hold/lift',
  summary: 'End the legal hold of an instance: its retention counts again',
  input: onInstance,
  right: 'instance.operate',
  run: (context, asked): Promise<CommandAnswer> => change(context, 'lift', asked),
});

async function change(
  context: Context,
  act: LegalHoldAct['act'],
  { id: instanceId, commandId, reason }: OnInstance,
): Promise<CommandAnswer> {
  const { db } = context.runtime;
  const byPerson = context.standing.person.id;
  const id = commandIdOf('legal-hold', byPerson, commandId);
  const outcome = await changeLegalHold(db, { id, instanceId, act, byPerson, reason });
  const instance = await readInstance(db, instanceId);
  if (outcome === 'not-found' || !instance) throw notFound();
  if (outcome !== 'done') throw new ApiError(409, { code: outcome });
  return { instanceId, number: instance.number, seq: instance.lastSeq, nextTask: null };
}
