/** The form of an open task, as it is filled in. */
import { type FieldAccess, fieldAccess, type Viewer } from '#core/form/access/field-access.ts';
import { withProtected } from '#core/form/access/with-protected.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { TaskState } from '#core/process/state.ts';
import type { Context } from '../operation.ts';
import { type Filling, fillingOf } from './filling.ts';
import type { LoadedInstance } from './instance.ts';
import type { LaneOf } from './lanes.ts';
import { type Closed, prefill } from './prefill.ts';
import { guardedFacts } from './visible-facts.ts';
import type { WholeSubmission } from './whole-submissions.ts';

interface Asked {
  readonly task: TaskState;
  readonly viewer: Viewer;
  readonly submissions: readonly WholeSubmission[];
  readonly laneOf: LaneOf;
  readonly questionnaire: Questionnaire;
}

export function taskFilling(
  context: Context,
  loaded: Pick<LoadedInstance, 'graph' | 'state' | 'descriptor'>,
  { task, viewer, submissions, laneOf, questionnaire }: Asked,
): Filling {
  const element = loaded.graph.elements[task.elementId];
  const hash = element?.elementType === 'userTask' && element.formKey ? loaded.graph.forms[element.formKey] : undefined;
  if (element?.elementType !== 'userTask' || hash === undefined) throw new Error(`The task ${task.taskId} has no form.`);
  const options = { ...loaded, task, element, form: { hash, questionnaire }, submissions, laneOf };
  const known = async () => {
    const [whole, closed] = [await prefill(context, options), await closedTo(context, loaded, { viewer, submissions })];
    if (!closed) return whole;
    const open = await prefill(context, { ...options, closed });
    const kept = new Map([...fieldAccess(questionnaire, viewer)].filter(([, { reading }]) => reading !== 'open'));
    return withProtected(questionnaire, kept, open, whole);
  };
  return fillingOf(questionnaire, viewer, known);
}

/** What other forms keep from the viewer, and must not come to them through this one. Null where nothing is. */
async function closedTo(
  context: Context,
  { graph, descriptor }: Pick<LoadedInstance, 'graph' | 'descriptor'>,
  { viewer, submissions }: Pick<Asked, 'viewer' | 'submissions'>,
): Promise<Closed | null> {
  const application = submissions.filter(({ formKey }) => formKey === descriptor.startForm).at(-1);
  const access: FieldAccess = application ? fieldAccess(application.questionnaire, viewer) : new Map();
  const facts = await guardedFacts(context, graph, viewer);
  return facts.size + access.size > 0 ? { facts, access } : null;
}
