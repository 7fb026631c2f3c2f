import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { ProcessEvent } from '#core/process/event.ts';
import type { ProcessState } from '#core/process/state.ts';
import type { DiagramMarksView, DiagramView } from '../views.ts';
import type { OpenedStep } from './instance.ts';

/** The diagram after some steps of an instance. */
export const diagramOf = (
  graph: ProcessGraph,
  graphHash: string,
  state: ProcessState | null,
  steps: readonly OpenedStep[],
): DiagramView => ({
  definitionHash: graphHash,
  ...marksOf(
    graph,
    state ? [state] : [],
    steps.flatMap(({ opened }) => opened.events),
  ),
});

/** What is active, what was done, what was left by a return or a cancellation. */
export function marksOf(graph: ProcessGraph, states: readonly ProcessState[], events: readonly ProcessEvent[]): DiagramMarksView {
  const ends = new Map<string, 'completed' | 'returned'>();
  const flows = new Set<string>();
  for (const event of events) {
    if (event.type === 'flow.taken') flows.add(event.flowId);
    else if (event.type === 'instance.migrated') rename(ends, event.elements);
    else if (event.type === 'element.completed' && ends.get(event.elementId) !== 'returned') ends.set(event.elementId, 'completed');
    else if (event.type === 'element.terminated') ends.set(event.elementId, 'returned');
    else if (event.type === 'element.activated') ends.delete(event.elementId);
    else if (event.type === 'task.completed')
      ends.set(event.elementId, isReturn(graph, event.elementId, event.outcome) ? 'returned' : 'completed');
  }
  const active = new Set(states.flatMap(({ elements }) => Object.values(elements).map(({ elementId }) => elementId)));
  const ended = (kind: 'completed' | 'returned') =>
    [...ends].filter(([id, end]) => end === kind && !active.has(id) && graph.elements[id]).map(([id]) => id);
  return {
    active: [...active].filter((id) => graph.elements[id]),
    completed: ended('completed'),
    returned: ended('returned'),
    takenFlows: [...flows],
    incidents: states.flatMap(({ incidents }) => Object.values(incidents).map(({ elementId }) => elementId)),
  };
}

/** What was done before a migration stands under the names of the version that it led to. */
function rename(ends: Map<string, 'completed' | 'returned'>, names: Readonly<Record<string, string>>): void {
  for (const [id, name] of Object.entries(names)) {
    const end = ends.get(id);
    if (end === undefined) continue;
    ends.delete(id);
    ends.set(name, end);
  }
}

/** An outcome that leaves the form aside and says why (return, reject, decline) sends the work back or away. */
function isReturn(graph: ProcessGraph, elementId: string, code: string | undefined): boolean {
  const element = graph.elements[elementId];
  if (element?.elementType !== 'userTask' || code === undefined) return false;
  return element.outcomes.some(
    (outcome) => outcome.code === code && !outcome.formRequired && (outcome.reason.kind === 'required' || outcome.reason.kind === 'coded'),
  );
}
