/** Who is told what when a step is taken (requirements.md 2.4). In-app for now; every notice leads to the task it is about. */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { evaluateFeel } from '#core/feel/evaluate.ts';
import type { JsonObject } from '#core/json.ts';
import type { ProcessEvent } from '#core/process/event.ts';
import type { ProcessState, TaskState } from '#core/process/state.ts';
import type { WorklistChanges } from '#db/steps.ts';
import type { StepContext } from './worklists.ts';

type Notice = WorklistChanges['notices'][number];

export const noticesOf = (step: StepContext): readonly Notice[] => step.events.flatMap((event) => noticesOfEvent(event, step));

function noticesOfEvent(event: ProcessEvent, step: StepContext): readonly Notice[] {
  const about = (type: string, principals: readonly string[], task: { taskId: string; elementId: string } | null): readonly Notice[] =>
    principals.map((principal) => ({ principal, type, task_id: task?.taskId ?? null, element_id: task?.elementId ?? null }));
  const applicant = step.after.starter ? [`person:${step.after.starter}`] : [];
  switch (event.type) {
    case 'task.created':
      return about(noticeTypeOf(step.graph, event.elementId) ?? 'task-assigned', event.assignee ? [`person:${event.assignee}`] : [], event);
    case 'task.assigned':
      return about('task-assigned', [`person:${event.personId}`], event);
    case 'task.reminded':
      return about('task-reminded', holdersOf(step, event.taskId), event);
    case 'task.overdue':
      return about('task-overdue', [...holdersOf(step, event.taskId), ...event.escalatedTo], event);
    case 'task.urged':
      return about('task-urged', holdersOf(step, event.taskId), event);
    case 'element.completed':
      return announcements(event.elementId, step);
    case 'commented':
      return about(
        'mentioned',
        event.mentions.map((person) => `person:${person}`),
        null,
      );
    case 'copied':
      return about(
        'copied',
        event.personIds.map((person) => `person:${person}`),
        null,
      );
    case 'process.completed':
    case 'process.terminated':
      return about(event.result === 'rejected' || event.result === 'withdrawn' ? event.result : 'ended', applicant, null);
    case 'sealed':
      return about('sealed', applicant, null);
    default:
      return [];
  }
}

/** `bihuan:notice` on a user task: the type of the notice that its holder gets. */
const noticeTypeOf = (graph: ProcessGraph, elementId: string): string | undefined => graph.elements[elementId]?.properties['bihuan:notice'];

/**
 * `bihuan:announce` = `<notice type>` and `bihuan:announceTo` = FEEL list of principals, on any element: told when it completes.
 * A failing expression tells nobody; the checker has refused a malformed one before.
 */
function announcements(elementId: string, step: StepContext): readonly Notice[] {
  const type = step.graph.elements[elementId]?.properties['bihuan:announce'];
  if (!type) return [];
  return principalsNamed(step, elementId, 'bihuan:announceTo').map((principal) => ({
    principal,
    type,
    task_id: null,
    element_id: elementId,
  }));
}

/** Principals that a property of an element names in FEEL; none where it has none or fails. */
export function principalsNamed(step: StepContext, elementId: string, property: string): readonly string[] {
  const source = step.graph.elements[elementId]?.properties[property];
  if (!source) return [];
  const result = evaluateFeel(source.replace(/^=/, ''), rootVariables(step.after), { at: step.at, zone: 'UTC' });
  return result.ok && Array.isArray(result.value) ? result.value.filter((item) => typeof item === 'string') : [];
}

/** Variables of all living scopes; an outer scope wins, as announcements speak of the instance. */
function rootVariables(state: ProcessState): JsonObject {
  const inner = Object.values(state.elements).sort((a, b) => b.key - a.key);
  return Object.assign({}, ...inner.map((element) => element.variables)) as JsonObject;
}

function holdersOf(step: StepContext, taskId: string): readonly string[] {
  const task: TaskState | undefined = step.after.tasks[taskId] ?? step.before?.tasks[taskId];
  if (!task) return [];
  return task.assignee ? [`person:${task.assignee}`] : task.candidates;
}
