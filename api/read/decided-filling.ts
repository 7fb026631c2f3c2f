/** The form of a task that is being decided, as the door sees the instance: what its holder may not change, and which files they may not attach. */
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { TaskState } from '#core/process/state.ts';
import type { Seen } from '#engine/door.ts';
import type { Targets } from '#engine/submissions.ts';
import { notFound } from '../errors.ts';
import type { Context } from '../operation.ts';
import { type Filling, fillingOf } from './filling.ts';
import { hiddenFiles } from './hidden-files.ts';
import { definitionOf, readJournal } from './instance.ts';
import { laneOfTasks } from './lanes.ts';
import { taskFilling } from './task-filling.ts';
import { holderAt, viewerIn } from './viewer.ts';
import { wholeSubmissions } from './whole-submissions.ts';

export async function decidedFilling(
  context: Context,
  { instance, graph, state }: Seen,
  { task, questionnaire }: { readonly task: TaskState; readonly questionnaire: Questionnaire },
): Promise<Filling & Pick<Targets, 'hiddenFiles'>> {
  const key = await context.runtime.keys.find(`instance:${instance.id}`, instance.wrappedKey);
  if (!key) throw notFound();
  const viewer = holderAt(context, instance, task.elementId);
  const loaded = { instance, key, graph, state };
  const known = async () => {
    const [{ descriptor }, submissions, steps] = await Promise.all([
      definitionOf(context, instance.graphHash),
      wholeSubmissions(context, loaded),
      readJournal(context, loaded),
    ]);
    return taskFilling(
      context,
      { ...loaded, descriptor },
      { task, viewer, submissions, laneOf: laneOfTasks(steps), questionnaire },
    ).known();
  };
  return {
    ...fillingOf(questionnaire, viewer, known),
    hiddenFiles: async () => hiddenFiles(await wholeSubmissions(context, loaded), await viewerIn(context, instance)),
  };
}
