/** The journal in words' order: what a person reads as the history of an instance. */
import type { PersonAction, ProcessGraph } from '#core/bpmn/graph.ts';
import type { Command } from '#core/process/command.ts';
import type { ProcessEvent } from '#core/process/event.ts';
import type { LocalizedText } from '#core/text.ts';
import type { Context } from '../operation.ts';
import type { CommentView, TimelineEntry, TimelineType } from '../views.ts';
import { firedRulesOf } from './fired-rules.ts';
import type { OpenedStep } from './instance.ts';
import type { Said } from './quotes.ts';
import { outcomeName } from './submissions.ts';

/** `guarded` are the names of facts that are not open to the viewer. */
export async function timelineOf(
  context: Context,
  steps: readonly OpenedStep[],
  { said, guarded }: { readonly said: Said; readonly guarded: ReadonlyMap<string, unknown> },
): Promise<readonly TimelineEntry[]> {
  const drafts = steps.flatMap((step) =>
    step.opened.events.flatMap((event, index) => {
      const entry = entryOf(step, event, index);
      return entry ? [{ ...entry, rules: firedRulesOf(event, step.graph, guarded) }] : [];
    }),
  );
  const persons = await context.runtime.directory.persons(drafts.map((draft) => draft.actorId));
  return drafts.map(({ actorId, reason, ...entry }) => ({
    ...entry,
    reason: reason && said(reason, actorId),
    actor: actorId ? (persons.get(actorId) ?? null) : null,
  }));
}

type Draft = Omit<TimelineEntry, 'actor' | 'rules'> & { readonly actorId: string | null };

function entryOf(step: OpenedStep, event: ProcessEvent, index: number): Draft | null {
  const { graph } = step;
  const type = typeOf(event, graph);
  if (!type) return null;
  const { actor, at } = step.opened.command;
  const elementId = 'elementId' in event ? event.elementId : null;
  const element = elementId ? graph.elements[elementId] : undefined;
  return {
    seq: step.seq,
    index,
    at,
    actorId: actor.kind === 'person' ? actor.personId : null,
    type,
    elementName: (type === 'action-sent' ? actionOf(graph, step.opened.command)?.name : undefined) ?? element?.name ?? null,
    phase: event.type === 'phase.entered' ? event.phase : (element?.phase ?? null),
    outcome: event.type === 'task.completed' ? outcomeName(graph, event.elementId, event.outcome) : null,
    toName: event.type === 'task.returned' ? (graph.elements[event.toElementId]?.name ?? null) : null,
    reasonCode: codedReason(event, step.opened.command, graph),
    reason: 'reason' in event ? (event.reason ?? null) : event.type === 'commented' ? event.text : null,
    data: dataOf(event),
  };
}

function typeOf(event: ProcessEvent, graph: ProcessGraph): TimelineType | null {
  switch (event.type) {
    case 'process.started':
      return 'started';
    case 'phase.entered':
      return 'phase';
    case 'task.created':
      return 'task-created';
    case 'task.claimed':
      return 'task-claimed';
    case 'task.released':
      return 'task-released';
    case 'task.assigned':
      return 'task-assigned';
    case 'task.urged':
      return 'task-urged';
    case 'task.reminded':
      return 'task-reminded';
    case 'task.overdue':
      return 'task-overdue';
    case 'task.completed':
      return 'task-completed';
    case 'task.returned':
      return 'task-returned';
    case 'task.canceled':
      return 'task-canceled';
    case 'timer.fired':
      return 'timer-fired';
    case 'escalation.thrown':
      return 'escalated';
    case 'compensation.thrown':
      return 'undoing';
    case 'message.correlated':
      return event.by ? 'action-sent' : null;
    case 'decision.evaluated':
      return 'decision';
    case 'commented':
      return 'commented';
    case 'copied':
      return 'copied';
    case 'incident.raised':
      return 'incident';
    case 'incident.resolved':
      return 'incident-resolved';
    case 'process.completed':
    case 'process.terminated':
      return graph.processes[event.processId] ? 'ended' : null;
    case 'sealed':
      return 'sealed';
    case 'instance.suspended':
      return 'suspended';
    case 'instance.resumed':
      return 'resumed';
    case 'instance.modified':
      return 'modified';
    case 'instance.migrated':
      return 'migrated';
    default:
      return null;
  }
}

function dataOf(event: ProcessEvent): Readonly<Record<string, string | number>> {
  switch (event.type) {
    case 'process.completed':
    case 'process.terminated':
    case 'sealed':
      return { result: event.result };
    case 'instance.migrated':
      return { version: event.version };
    case 'task.reminded':
      return { percent: event.percent };
    case 'incident.raised':
      return { code: event.code };
    default:
      return {};
  }
}

/** The button of which a person's command is; null for any other command. */
export function actionOf(graph: ProcessGraph, command: Command): PersonAction | null {
  if (command.type !== 'action.send') return null;
  const offering = Object.values(graph.elements).find((element) => 'action' in element && element.action?.code === command.code);
  return offering && 'action' in offering ? (offering.action ?? null) : null;
}

/** The words of the reason that was chosen from the list of an outcome or an action; null where none was. */
export function codedReason(event: ProcessEvent, command: Command, graph: ProcessGraph): LocalizedText | null {
  const code = event.type === 'task.completed' || event.type === 'message.correlated' ? event.reasonCode : undefined;
  if (code === undefined) return null;
  const element = 'elementId' in event ? graph.elements[event.elementId] : undefined;
  const outcomes = element?.elementType === 'userTask' ? element.outcomes : [];
  const rules = [...outcomes.map(({ reason }) => reason), actionOf(graph, command)?.reason];
  for (const rule of rules) {
    const found = rule?.kind === 'coded' ? rule.codes.find((candidate) => candidate.code === code) : undefined;
    if (found) return found.name;
  }
  return { 'zh-CN': code };
}

export async function commentsOf(context: Context, steps: readonly OpenedStep[], said: Said): Promise<readonly CommentView[]> {
  const comments = steps.flatMap((step) =>
    step.opened.events.flatMap((event) =>
      event.type === 'commented' ? [{ seq: step.seq, at: step.at, by: event.by, text: said(event.text, event.by) }] : [],
    ),
  );
  const persons = await context.runtime.directory.persons(comments.map((comment) => comment.by));
  return comments.map((comment) => ({ ...comment, by: persons.get(comment.by) ?? null }));
}
