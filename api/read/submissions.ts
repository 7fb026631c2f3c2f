import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { Viewer } from '#core/form/access/field-access.ts';
import type { ElementKey, ProcessEvent } from '#core/process/event.ts';
import { RETURNED } from '#core/process/task-descriptor.ts';
import type { LocalizedText } from '#core/text.ts';
import type { StoredSubmission } from '#db/instances.ts';
import type { Context } from '../operation.ts';
import type { SubmissionView } from '../views.ts';
import { elementName } from './element-name.ts';
import type { LoadedInstance, OpenedStep } from './instance.ts';
import { type LaneOf, laneOfTasks } from './lanes.ts';
import { isAskedAnew } from './prefill.ts';
import { withReferenceNames } from './reference-names.ts';
import { seenBy } from './seen.ts';
import type { WholeSubmission } from './whole-submissions.ts';

export interface Asked {
  readonly steps: readonly OpenedStep[];
  readonly submissions: readonly WholeSubmission[];
  readonly viewer: Viewer;
  readonly upToSeq?: number;
}

/** Submissions up to a step as a viewer may see them, oldest first; the last of each series at an element is the current one. */
export async function submissionsOf(
  context: Context,
  loaded: LoadedInstance,
  { steps, submissions, viewer, upToSeq = Number.POSITIVE_INFINITY }: Asked,
): Promise<readonly SubmissionView[]> {
  const { directory } = context.runtime;
  const stored = submissions.filter((submission) => submission.seq <= upToSeq);
  const persons = await directory.persons(stored.map((submission) => submission.byPerson));
  const series = seriesOf(loaded.graph, stored, laneOfTasks(steps));
  const slotOf = (submission: WholeSubmission): string => `${series.get(submission.id)} ${submission.elementId}`;
  const newest = new Map(stored.map((submission) => [slotOf(submission), submission.id]));
  const undone = undoneBy(
    steps.filter(({ seq }) => seq <= upToSeq),
    stored,
  );
  const viewOf = async (submission: WholeSubmission): Promise<SubmissionView> => {
    const { questionnaire, response } = seenBy(viewer, submission);
    const element = loaded.graph.elements[submission.elementId];
    const command = steps.find((step) => step.seq === submission.seq)?.opened.command;
    return {
      id: submission.id,
      elementId: submission.elementId,
      elementName: elementName(loaded.graph, submission.elementId),
      phase: element?.phase ?? null,
      by: persons.get(submission.byPerson) ?? null,
      at: submission.at,
      outcome: command?.type === 'task.complete' ? outcomeName(loaded.graph, submission.elementId, command.outcome) : null,
      form: { key: submission.formKey, hash: submission.formHash, questionnaire },
      response: await withReferenceNames(context, response),
      series: series.get(submission.id) ?? '',
      isCurrent: newest.get(slotOf(submission)) === submission.id && !undone.has(submission.id),
      isUndone: undone.has(submission.id),
    };
  };
  return Promise.all(stored.map(viewOf));
}

/** By submission. Numbered, because lanes hold variables. */
function seriesOf(graph: ProcessGraph, submissions: readonly WholeSubmission[], laneOf: LaneOf): ReadonlyMap<string, string> {
  const numbers = new Map<string, string>();
  return new Map(
    submissions.map(({ id, formKey, taskId, elementId }) => {
      const turn = isAskedAnew(graph.elements[elementId]) ? ` ${taskId}` : '';
      const known = `${formKey}${laneOf(taskId)}${turn}`;
      const number = numbers.get(known) ?? String(numbers.size + 1);
      numbers.set(known, number);
      return [id, number];
    }),
  );
}

/** Answers given behind a step to which the work was returned afterwards; in a loop, only those of the instance that was returned. */
function undoneBy(steps: readonly OpenedStep[], stored: readonly WholeSubmission[]): ReadonlySet<string> {
  const scopes = new Map<ElementKey, ElementKey>();
  const undone = new Set<string>();
  for (const { seq, opened } of steps) {
    for (const event of opened.events) {
      if (event.type === 'element.activated') scopes.set(event.key, event.scopeKey);
      if (event.type !== 'task.returned') continue;
      const found = stored.filter((submission) => submission.seq < seq && isUndoneBy(event, submission, scopes));
      for (const { id } of found) undone.add(id);
    }
  }
  return undone;
}

function isUndoneBy(
  { undone, scopeKey }: Extract<ProcessEvent, { type: 'task.returned' }>,
  { elementId, taskId }: Pick<StoredSubmission, 'elementId' | 'taskId'>,
  scopes: ReadonlyMap<ElementKey, ElementKey>,
): boolean {
  if (taskId === null || !undone.includes(elementId)) return false;
  for (let key = scopes.get(Number(taskId)); key !== undefined; key = scopes.get(key)) if (key === scopeKey) return true;
  return false;
}

export function outcomeName(graph: ProcessGraph, elementId: string, code: string | null | undefined): LocalizedText | null {
  const element = graph.elements[elementId];
  if (!code || element?.elementType !== 'userTask') return null;
  return element.outcomes.find((outcome) => outcome.code === code)?.name ?? (code === RETURNED.code ? RETURNED.name : null);
}
