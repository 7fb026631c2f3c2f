/** The form of an open task, as it is filled in. */
import type { Viewer } from '#core/form/access/field-access.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { TaskState } from '#core/process/state.ts';
import type { Context } from '../operation.ts';
import { type Filling, fillingOf } from './filling.ts';
import type { LoadedInstance } from './instance.ts';
import { prefill } from './prefill.ts';
import type { WholeSubmission } from './whole-submissions.ts';

interface Asked {
  readonly task: TaskState;
  readonly viewer: Viewer;
  readonly submissions: readonly WholeSubmission[];
  readonly questionnaire: Questionnaire;
}

export function taskFilling(
  context: Context,
  loaded: Pick<LoadedInstance, 'graph' | 'state' | 'descriptor'>,
  { task, viewer, submissions, questionnaire }: Asked,
): Filling {
  const element = loaded.graph.elements[task.elementId];
  const hash = element?.elementType === 'userTask' && element.formKey ? loaded.graph.forms[element.formKey] : undefined;
  if (element?.elementType !== 'userTask' || hash === undefined) throw new Error(`The task ${task.taskId} has no form.`);
  const known = () => prefill(context, { ...loaded, task, element, form: { hash, questionnaire }, submissions });
  return fillingOf(questionnaire, viewer, known);
}
