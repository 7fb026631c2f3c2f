/** Suspending and resuming an instance together with what it called. */
import { z } from 'zod';
import type { CommandBody } from '#core/process/command.ts';
import { readOpenCalled } from '#db/callers.ts';
import { commandIdOf } from '#engine/command-id.ts';
import { errorOf } from '../errors.ts';
import { actorOf, type Context, defineOperation } from '../operation.ts';
import type { CommandAnswer } from '../views.ts';
import { onInstance, operate, reason } from './operations.ts';

export const suspendInstance = defineOperation({
  name: 'suspendInstance',
  method: 'post',
  path: '/operations/instances/:id/suspend',
  summary: 'Stop all clocks of an instance and of what it called; nothing moves until it is resumed',
  input: z.object({ ...onInstance, reason }),
  right: 'instance.operate',
  run: (context, { id, commandId, reason: why }): Promise<CommandAnswer> =>
    operateWithCalled(context, id, commandId, { type: 'instance.suspend', reason: why }),
});

export const resumeInstance = defineOperation({
  name: 'resumeInstance',
  method: 'post',
  path: '/operations/instances/:id/resume',
  summary: 'Let the clocks of a suspended instance go on where they stood',
  input: z.object({ ...onInstance, reason: reason.optional() }),
  right: 'instance.operate',
  run: (context, { id, commandId, reason: why }): Promise<CommandAnswer> => {
    const body: CommandBody = { type: 'instance.resume', ...(why === undefined ? {} : { reason: why }) };
    return operateWithCalled(context, id, commandId, body);
  },
});

type Suspending = Extract<CommandBody, { type: 'instance.suspend' | 'instance.resume' }>;

/**
 * The instance first, so that it calls nothing more meanwhile. Sent again, it has one effect on each; what was suspended by itself before is
 * left alone.
 */
async function operateWithCalled(context: Context, id: string, commandId: string, body: Suspending): Promise<CommandAnswer> {
  const answer = await operate(context, id, commandId, body);
  const { db, door } = context.runtime;
  for (const calledId of await readOpenCalled(db, id)) {
    const asked: Suspending = { ...body, withInstanceId: id };
    const result = await door.submit({
      instanceId: calledId,
      commandId: commandIdOf(calledId, body.type, commandId),
      actor: actorOf(context),
      asked,
      prepare: () => ({ kind: 'ready', body: asked }),
    });
    if (result.kind === 'busy') throw errorOf(result);
  }
  return answer;
}
