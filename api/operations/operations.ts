/** For operators: what is stuck, and what they may do about it. None of it shows what a form says. */
import { z } from 'zod';
import type { CommandBody } from '#core/process/command.ts';
import { REASON_LENGTH_MAX } from '#core/process/lengths.ts';
import type { ProcessState } from '#core/process/state.ts';
import { eraseInstance } from '#db/erasure.ts';
import { countProblems, PROBLEMS, readProblems } from '#db/operations.ts';
import { readInstance } from '#db/stored-instance.ts';
import { openJson } from '#engine/cipher.ts';
import type { SubmitResult } from '#engine/door.ts';
import { ApiError, errorOf, notFound } from '../errors.ts';
import { actorOf, type Context, defineOperation } from '../operation.ts';
import { definitionOf } from '../read/instance.ts';
import type { OperationsView } from '../views/operations.ts';
import type { CommandAnswer } from '../views.ts';

const ROWS_MAX = 200;
export const reason = z.string().trim().min(1).max(REASON_LENGTH_MAX);
export const onInstance = { id: z.uuid(), commandId: z.uuid() };

export const operationsInstances = defineOperation({
  name: 'operationsInstances',
  method: 'get',
  path: '/operations/instances',
  summary: 'Instances that are unconfirmed, stopped, waiting for their seal or their archive, or have incidents',
  input: z.object({ problem: z.enum(PROBLEMS).optional() }),
  right: 'instance.operate',
  async run(context, { problem }): Promise<OperationsView> {
    const { db, keys } = context.runtime;
    const counts = await countProblems(db);
    const found = await Promise.all((problem ? [problem] : PROBLEMS).map((kind) => readProblems(db, { problem: kind, limit: ROWS_MAX })));
    const rows = await Promise.all(
      found.flat().map(async (row) => {
        const { descriptor } = await definitionOf(context, row.graphHash);
        const { graphHash: _, ...shown } = row;
        const incident = row.problem === 'incident' ? await firstIncident(row.instanceId) : null;
        return {
          ...shown,
          serviceName: descriptor.name,
          detail: incident ? `${incident.code}: ${incident.elementId}` : row.detail,
          incidentId: incident?.incidentId ?? null,
        };
      }),
    );
    return {
      counts: {
        unconfirmed: counts.unconfirmed,
        stopped: counts.stopped,
        sealPending: counts['seal-pending'],
        incidents: counts.incident,
        notArchived: counts['not-archived'],
        suspended: counts.suspended,
      },
      rows,
    };

    async function firstIncident(instanceId: string) {
      const instance = await readInstance(db, instanceId);
      const key = instance && (await keys.find(`instance:${instanceId}`, instance.wrappedKey));
      const state = key ? openJson<ProcessState>(key, 'journal', instance.state) : null;
      return Object.values(state?.incidents ?? {})[0] ?? null;
    }
  },
});

export const resolveInstance = defineOperation({
  name: 'resolveInstance',
  method: 'post',
  path: '/operations/instances/:id/resolve',
  summary: 'Build the workflow of a stopped instance anew from the journal',
  input: z.object({ id: z.uuid(), commandId: z.uuid(), reason }),
  right: 'instance.operate',
  run: async (context, { id, commandId, reason: why }) =>
    answerOf(await context.runtime.door.resolve({ instanceId: id, commandId, actor: actorOf(context), reason: why })),
});

export const retryIncident = defineOperation({
  name: 'retryIncident',
  method: 'post',
  path: '/operations/instances/:id/incidents/:incidentId/retry',
  summary: 'Try again what failed',
  input: z.object({ id: z.uuid(), incidentId: z.string().max(40), commandId: z.uuid() }),
  right: 'instance.operate',
  run: (context, { id, incidentId, commandId }) => operate(context, id, commandId, { type: 'incident.retry', incidentId }),
});

export const cancelInstance = defineOperation({
  name: 'cancelInstance',
  method: 'post',
  path: '/operations/instances/:id/cancel',
  summary: 'End an instance that cannot go on',
  /** `compensate`: what was completed is undone first. */
  input: z.object({ id: z.uuid(), commandId: z.uuid(), reason, compensate: z.boolean().default(false) }),
  right: 'instance.operate',
  run: (context, { id, commandId, reason: why, compensate }) =>
    operate(context, id, commandId, { type: 'instance.cancel', reason: why, ...(compensate ? { compensate } : {}) }),
});

export const eraseInstanceOperation = defineOperation({
  name: 'eraseInstance',
  method: 'post',
  path: '/operations/instances/:id/erase',
  summary: 'Erase the key of a sealed instance, and with it what the instance and the processes that it called say, for good',
  input: z.object({ id: z.uuid(), reason }),
  right: 'instance.operate',
  async run(context, { id, reason: why }): Promise<{ erased: true }> {
    const outcome = await eraseInstance(context.runtime.db, { instanceId: id, by: { person: context.standing.person.id, reason: why } });
    if (outcome === 'not-found') throw notFound();
    // P25: a running workflow still needs its key.
    if (outcome === 'not-sealed') throw new ApiError(409, { code: 'not-sealed' });
    if (outcome === 'on-hold') throw new ApiError(409, { code: 'on-hold' });
    // Its caller has a copy of its results.
    if (outcome === 'called') throw new ApiError(409, { code: 'erase-caller' });
    return { erased: true };
  },
});

/** Operators act on any instance without being let into what it says. */
export async function operate(context: Context, instanceId: string, commandId: string, body: CommandBody): Promise<CommandAnswer> {
  const result = await context.runtime.door.submit({
    instanceId,
    commandId,
    actor: actorOf(context),
    asked: body,
    prepare: () => ({ kind: 'ready', body }),
  });
  return answerOf(result);
}

export function answerOf(result: SubmitResult): CommandAnswer {
  if (result.kind !== 'accepted') throw errorOf(result);
  return { instanceId: result.instance.id, number: result.instance.number, seq: result.seq, nextTask: null };
}
