/** Returning a task to an earlier step (退回): what it would undo is shown first. */

import { z } from 'zod';
import { planReturn } from '#core/process/plan-return.ts';
import { notFound, refused } from '../errors.ts';
import { actorOf, type Context, defineOperation } from '../operation.ts';
import { elementName } from '../read/element-name.ts';
import { loadInstance } from '../read/instance.ts';
import type { CommandAnswer, ReturnPlanView } from '../views.ts';
import { submit } from './commands.ts';
import { reason } from './operations.ts';

/** A plan is not done, so nobody has to say why yet. */
const PLANNED_REASON = 'plan';

const onTask = { id: z.uuid(), taskId: z.string().max(20), commandId: z.uuid(), toElementId: z.string().max(200) };

export const planTaskReturn = defineOperation({
  name: 'planTaskReturn',
  method: 'post',
  path: '/instances/:id/tasks/:taskId/return/plan',
  summary: 'What returning a task to an earlier step would undo; nothing is changed',
  input: z.object(onTask),
  right: 'signed-in',
  async run(context, { id, taskId, commandId, toElementId }): Promise<ReturnPlanView> {
    await loadInstance(context, id);
    const { graph, state, command } = await previewOf(context, { id, taskId, commandId, toElementId });
    if (command.type !== 'task.return') throw new Error('A plan is of what was asked.');
    const planned = planReturn(graph, state, command);
    if (planned.kind === 'refused') throw refused(planned.refusal);
    if (planned.kind === 'needs') throw new Error('The door resolves needs before it answers.');
    const named = (elementId: string) => ({ elementId, name: elementName(graph, elementId) });
    const { plan } = planned;
    return {
      toElementId,
      // The task that is returned is not news to whoever returns it.
      canceled: plan.canceled.filter(({ key }) => String(key) !== taskId).map(({ elementId }) => named(elementId)),
      superseded: plan.superseded.map(named),
      compensated: plan.compensated.map(named),
      incidents: plan.incidents,
    };
  },
});

interface Asked {
  readonly id: string;
  readonly taskId: string;
  readonly commandId: string;
  readonly toElementId: string;
}

async function previewOf(context: Context, { id, taskId, commandId, toElementId }: Asked) {
  const previewed = await context.runtime.door.preview({
    instanceId: id,
    commandId,
    actor: actorOf(context),
    body: { type: 'task.return', taskId, toElementId, reason: PLANNED_REASON },
  });
  if (previewed.kind === 'not-found') throw notFound();
  return previewed;
}

export const returnTask = defineOperation({
  name: 'returnTask',
  method: 'post',
  path: '/instances/:id/tasks/:taskId/return',
  summary: 'Return a task to an earlier step; what was done from there on is undone',
  input: z.object({ ...onTask, reason }),
  right: 'signed-in',
  run: (context, { id, taskId, commandId, ...asked }): Promise<CommandAnswer> =>
    submit(context, id, commandId, { taskId, ...asked }, () => ({ kind: 'ready', body: { type: 'task.return', taskId, ...asked } })),
});
