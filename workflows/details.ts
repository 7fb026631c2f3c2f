/** How an instance reads in Temporal's own UI: words and roles, never a person or what a form says. */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { PHASES } from '#core/bpmn/graph.ts';
import type { Effect } from '#core/process/effect.ts';
import type { ProcessState } from '#core/process/state.ts';
import { LEGIBLE_MARK } from './messages.ts';

/** Markdown: the loop as far as it was walked, and who it waits for. */
export function currentDetails(graph: ProcessGraph, state: ProcessState | null): string {
  if (!state) return 'Waiting for the first step.';
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

const SUMMARY_CHARACTERS_MAX = 180;

export function effectSummary(graph: ProcessGraph, effect: Effect): string {
  const name = nameOf(graph, effect.elementId);
  const text = effect.kind === 'timer' ? `${name}: ${effect.purpose} ${effect.due}` : `${name}: ${effect.kind}`;
  return `${LEGIBLE_MARK}${text}`.slice(0, SUMMARY_CHARACTERS_MAX);
}

const nameOf = (graph: ProcessGraph, elementId: string): string => {
  const name = graph.elements[elementId]?.name;
  return name ? (name.en ? `${name['zh-CN']} ${name.en}` : name['zh-CN']) : elementId;
};
