/** Urges whoever holds an open task of some elements, in many instances: a command to each, a result for each. */
import { commandIdOf } from '#engine/command-id.ts';
import { actorOf, type Context } from '../operation.ts';
import type { UrgedView } from '../views/quality.ts';

export interface Owing {
  readonly instanceId: string;
  readonly organisationId: string;
}

export interface Urging {
  readonly commandId: string;
  readonly elementIds: readonly string[];
  /** What is asked for, so that the same command id for something else is refused. */
  readonly asked: string;
}

export async function urgeEach(context: Context, owing: readonly Owing[], { commandId, elementIds, asked }: Urging): Promise<UrgedView> {
  const { door } = context.runtime;
  const results: UrgedView['results'][number][] = [];
  for (const { instanceId, organisationId } of owing) {
    const result = await door.submit({
      instanceId,
      commandId: commandIdOf('urge', commandId, instanceId),
      actor: actorOf(context),
      asked: { urged: asked },
      prepare: ({ state }) => {
        const task = Object.values(state.tasks).find(({ elementId }) => elementIds.includes(elementId));
        return task
          ? { kind: 'ready', body: { type: 'task.urge', taskId: task.taskId } }
          : { kind: 'refused', refusal: { code: 'task-done' } };
      },
    });
    const code = result.kind === 'refused' ? result.refusal.code : result.kind === 'accepted' ? null : result.kind;
    results.push({ organisationId, outcome: code === null ? 'urged' : 'refused', code });
  }
  return { urged: results.filter(({ outcome }) => outcome === 'urged').length, results };
}
