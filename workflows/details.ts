/** How an instance reads in Temporal's own UI: words and roles, never a person or what a form says. */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { PHASES } from '#core/bpmn/graph.ts';
import { childIdOf } from '#core/process/called.ts';
import type { Caller } from '#core/process/command.ts';
import type { Effect } from '#core/process/effect.ts';
import type { ProcessState } from '#core/process/state.ts';
import { LEGIBLE_MARK } from './messages.ts';

/** Markdown: the loop as far as it was walked, and who it waits for. */
export function currentDetails(graph: ProcessGraph, state: ProcessState | null): string {
  if (!state) return 'Waiting for the first step.';
  return [loopDetails(graph, state), ...callDetails(graph, state)].join('\n\n');
}

function loopDetails(graph: ProcessGraph, state: ProcessState): string {
  const loop = PHASES.map((phase) => (state.phases[phase] ? `- [x] ${phase} · ${state.phases[phase]}` : `- [ ] ${phase}`)).join('\n');
  if (state.status !== 'active') return `**${state.result ?? state.status}** at step ${state.seq}\n\n${loop}`;
  const waiting = Object.values(state.tasks).map((task) => {
    const holders = task.assignee
      ? 'a person'
      : task.candidates.filter((principal) => !principal.startsWith('person:')).join(', ') || 'a person';
    const due = task.deadline ? `, due ${task.deadline.due}${task.overdue ? ' (overdue)' : ''}` : '';
    return `- ${nameOf(graph, task.elementId)} waits for ${holders}${due}`;
  });
  const suspended = state.suspended ? ` · suspended since ${state.suspended.at}` : '';
  return `**Step ${state.seq}**${suspended}\n\n${waiting.join('\n') || '- no open task'}\n\n${loop}`;
}

/** Caller and called find each other by their ids, which are workflow ids. */
function callDetails(graph: ProcessGraph, state: ProcessState): readonly string[] {
  const called = Object.values(state.children).map(
    ({ elementId, effectId }) => `- ${nameOf(graph, elementId)} calls \`${childIdOf({ instanceId: state.instanceId, effectId })}\``,
  );
  return [...(state.calledBy ? [`Called by \`${state.calledBy.instanceId}\``] : []), ...(called.length > 0 ? [called.join('\n')] : [])];
}

const SUMMARY_CHARACTERS_MAX = 180;

export const effectSummary = (graph: ProcessGraph, effect: Effect): string =>
  summary(graph, effect.elementId, effect.kind === 'timer' ? `${effect.purpose} ${effect.due}` : effect.kind);

/** Names the instance that is called, which is its workflow's id. */
export const callSummary = (graph: ProcessGraph, { elementId }: Effect, called: Caller): string =>
  summary(graph, elementId, `calls ${childIdOf(called)}`);

const summary = (graph: ProcessGraph, elementId: string, what: string): string =>
  `${LEGIBLE_MARK}${nameOf(graph, elementId)}: ${what}`.slice(0, SUMMARY_CHARACTERS_MAX);

const nameOf = (graph: ProcessGraph, elementId: string): string => {
  const name = graph.elements[elementId]?.name;
  return name ? (name.en ? `${name['zh-CN']} ${name.en}` : name['zh-CN']) : elementId;
};
