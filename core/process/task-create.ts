/** Opening a user task: who may take it, who may not, until when. */
import type { UserTask } from '#core/bpmn/graph.ts';
import type { Principal } from './command.ts';
import { planDeadline } from './deadlines.ts';
import type { ElementKey } from './event.ts';
import { ActFailure } from './failure.ts';
import { personOf, principalsFrom } from './principals.ts';
import { emit, nextEffectId, type Step } from './step.ts';
import { readInstant } from './time.ts';
import { evaluateAt } from './variables.ts';

export function creating(step: Step, key: ElementKey, element: UserTask): () => void {
  const excluded = excludedFrom(step, element);
  const { assignee, candidates } = assignmentOf(step, key, element, excluded);
  const priority = priorityOf(step, key, element);
  const followUp = instantAt(step, key, element.followUpDate);
  const deadline = planDeadline(step, key, element, instantAt(step, key, element.dueDate));
  return () =>
    emit(step, {
      type: 'task.created',
      elementId: element.id,
      taskId: String(key),
      candidates,
      ...(assignee === undefined ? {} : { assignee }),
      excluded,
      priority,
      ...(followUp === undefined ? {} : { followUp }),
      ...(deadline ? { deadline: deadline(nextEffectId(step)) } : {}),
    });
}

const excludedFrom = (step: Step, { notSameAs }: UserTask): readonly string[] => [
  ...new Set(notSameAs.flatMap((elementId) => step.draft.completers[elementId] ?? [])),
];

interface Assignment {
  readonly assignee?: string;
  readonly candidates: readonly Principal[];
}

/**
 * A task that names nobody at all is open to be assigned; one whose expressions come to nobody, or only to persons who are excluded,
 * would wait for ever and is an incident instead.
 */
function assignmentOf(step: Step, key: ElementKey, element: UserTask, excluded: readonly string[]): Assignment {
  const read = (source: string | undefined, bare: 'person' | 'team'): readonly Principal[] =>
    source === undefined ? [] : principalsFrom(evaluateAt(step, key, source), { bare, source });
  const mayAct = (principal: Principal): boolean => !excluded.includes(personOf(principal) ?? '');
  const candidates = [...new Set([...read(element.candidateUsers, 'person'), ...read(element.candidateGroups, 'team')])].filter(mayAct);
  const assignees = read(element.assignee, 'person');
  const assignee = assignees
    .filter(mayAct)
    .map(personOf)
    .find((personId) => personId !== null);
  // An assignee that is a role or a team is a pool to claim from.
  const pools = assignees.filter((principal) => personOf(principal) === null);
  const all = [...new Set([...candidates, ...pools])];
  const namesSomebody = [element.assignee, element.candidateUsers, element.candidateGroups].some((source) => source !== undefined);
  if (namesSomebody && all.length === 0 && assignee === undefined) {
    throw new ActFailure('no-candidates', `Nobody may do ${element.id}: its assignment comes to nobody who is not excluded.`);
  }
  if (assignee === undefined || assignee === null) return { candidates: all };
  return { assignee, candidates: all.length > 0 ? all : [`person:${assignee}`] };
}

/** Zeebe's scale: 0 to 100, 50 by default. */
function priorityOf(step: Step, key: ElementKey, { priority }: UserTask): number {
  if (priority === undefined) return 50;
  const value = evaluateAt(step, key, priority);
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 100) return value;
  throw new ActFailure('expression-failed', `The priority "${priority}" must give a whole number from 0 to 100.`);
}

function instantAt(step: Step, key: ElementKey, source: string | undefined): string | undefined {
  if (source === undefined) return undefined;
  const value = evaluateAt(step, key, source);
  if (value === null || value === '') return undefined;
  const instant = typeof value === 'string' ? readInstant(value) : null;
  if (instant === null) throw new ActFailure('timer-invalid', `"${source}" must give an instant such as 2026-01-31T08:00:00Z.`);
  return instant;
}
