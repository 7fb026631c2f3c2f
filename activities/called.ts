/** The two ends of a call (P18): its process is started and cancelled, and its caller is told, through the door. */
import { ApplicationFailure } from '@temporalio/common';
import { childIdOf } from '#core/process/called.ts';
import type { CommandBody } from '#core/process/command.ts';
import type { Beginnings } from '#engine/beginnings.ts';
import { commandIdOf } from '#engine/command-id.ts';
import type { Door, SubmitResult } from '#engine/door.ts';
import type { CalledActivities } from '#workflows/messages.ts';

export interface CalledDependencies {
  readonly door: Pick<Door, 'submit'>;
  readonly beginnings: Pick<Beginnings, 'child'>;
}

export function createCalledActivities({ door, beginnings }: CalledDependencies): CalledActivities {
  const submit = (instanceId: string, cause: string, body: CommandBody): Promise<SubmitResult> =>
    door.submit({
      instanceId,
      commandId: commandIdOf(instanceId, body.type, cause),
      actor: { kind: 'system', name: 'child' },
      asked: body,
      prepare: () => ({ kind: 'ready', body }),
    });
  return {
    startChild: async (call) => answered(await beginnings.child(call)),
    async cancelChild(call) {
      const childId = childIdOf(call);
      answered(await submit(childId, `canceled:${call.effectId}`, { type: 'instance.cancel', reason: 'The calling activity was ended.' }));
    },
    tellCaller: async ({ from, cause, to, body }) => answered(await submit(to.instanceId, `${from}:${cause}`, body)),
  };
}

/** Refused: no longer wanted. Not found: erased, or never begun. The rest is tried again. */
function answered(result: SubmitResult | null): void {
  if (result?.kind === 'stopped' || result?.kind === 'busy') throw ApplicationFailure.retryable(`The door is ${result.kind}.`, result.kind);
}
