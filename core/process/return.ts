/**
 * Return to an earlier step (驳回/退回): whoever holds a task sends the work back to a step that was done before, also out of a parallel branch,
 * a loop, a sub-process or an event sub-process. What was begun behind that step is cancelled, what was completed there is compensated, the last
 * first, and then the step begins anew. Its values stay until they are given again; its answers no longer hold.
 */
import type { Phase, ProcessGraph, UserTask } from '#core/bpmn/graph.ts';
import { beginInside } from './begin-inside.ts';
import type { Rule } from './decide.ts';
import { attempt } from './failure.ts';
import { dominatorsOf } from './forward.ts';
import { isTooLong, REASON_LENGTH_MAX, tooLong } from './lengths.ts';
import type { ProcessState } from './state.ts';
import { childrenOf, emit, instanceOf, nextEffectId, type Step } from './step.ts';
import { openTask, personOf, refuseByHolder } from './tasks.ts';
import { terminate } from './terminate.ts';
import { together } from './throwing.ts';
import { type UndoneRegion, undoneRegion } from './undone-region.ts';
import { listeningInside } from './waits.ts';

const returnTask: Rule<'task.return'> = (step, { taskId, toElementId, reason, actor }) => {
  const found = openTask(step, taskId);
  if ('code' in found) return found;
  const refusal = refuseByHolder(found, actor);
  if (refusal) return refusal;
  if (reason.trim() === '') return { code: 'reason-required' };
  if (isTooLong(reason)) return tooLong('reason', REASON_LENGTH_MAX);
  if (!mayReturn(step.graph, found.elementId, toElementId)) return { code: 'not-returnable', data: { elementId: toElementId } };
  const region = undoneRegion(step.graph, step.draft, found, toElementId);
  if ('code' in region) return region;
  emit(step, {
    type: 'task.returned',
    elementId: found.elementId,
    taskId,
    by: personOf(actor).personId,
    toElementId,
    reason,
    scopeKey: region.scopeKey,
    ...owedAgain(step.graph, step.draft, region, toElementId),
  });
  undo(step, region, toElementId);
  begin(step, region, toElementId);
  return undefined;
};

export const returnRules = { 'task.return': returnTask };

/** Only where the diagram says so; an operator can modify the instance elsewhere. */
export function mayReturn(graph: ProcessGraph, elementId: string, toElementId: string): boolean {
  const element = graph.elements[elementId];
  const returns = element?.elementType === 'userTask' ? element.returns : undefined;
  return returns === 'any' || (returns?.includes(toElementId) ?? false);
}

/** What is undone of what people did, and of the closed loop: it has to be walked again. */
function owedAgain(graph: ProcessGraph, state: ProcessState, { allIds: region, opened }: UndoneRegion, toElementId: string) {
  const living = new Set(Object.values(state.elements).map(({ elementId }) => elementId));
  const isDone = (id: string): boolean => state.completers[id] !== undefined;
  const passed = new Set([...opened, toElementId].flatMap((id) => [...dominatorsOf(graph, id)]));
  const outside = Object.values(graph.elements).filter(({ id }) => !region.has(id));
  const phases = phasesIn(graph, region).filter(
    (phase) =>
      state.phases[phase] !== undefined &&
      !outside.some((element) => element.phase === phase && (living.has(element.id) || isDone(element.id) || passed.has(element.id))),
  );
  const evaluations = Object.values(graph.elements).filter((element): element is UserTask => 'side' in element);
  const sides = state.evaluatedSides.filter((side) =>
    evaluations.some(
      (element) =>
        element.side === side && region.has(element.id) && (isDone(element.id) || !evaluations.some((other) => isOutside(other, side))),
    ),
  );
  function isOutside(other: UserTask, side: string): boolean {
    return other.side === side && !region.has(other.id);
  }
  return {
    undone: [...region].filter((id) => living.has(id) || isDone(id)),
    ...(phases.length > 0 ? { phases } : {}),
    ...(sides.length > 0 ? { sides } : {}),
  };
}

const phasesIn = (graph: ProcessGraph, elementIds: Iterable<string>): readonly Phase[] => [
  ...new Set([...elementIds].flatMap((id) => graph.elements[id]?.phase ?? [])),
];

function undo(step: Step, { scopeKey, elementIds, tokens, putBack, isInterruptionUndone }: UndoneRegion, toElementId: string): void {
  for (const child of childrenOf(step.draft, scopeKey)) {
    if (elementIds.has(child.elementId)) terminate(step, child.key, { keepsCompensable: true });
  }
  if (tokens.length > 0) emit(step, { type: 'flow.joined', elementId: toElementId, scopeKey, flowIds: tokens });
  for (const elementId of Object.keys(instanceOf(step, scopeKey).activatedGateways ?? {})) {
    if (elementIds.has(elementId)) emit(step, { type: 'gateway.reset', elementId, scopeKey });
  }
  for (const flowId of putBack) emit(step, { type: 'flow.taken', flowId, scopeKey });
  if (!isInterruptionUndone) return;
  attempt(step, scopeKey, 'listen', together(listeningInside(step, scopeKey, instanceOf(step, scopeKey).elementId)));
}

function begin(step: Step, { scopeKey, elementIds }: UndoneRegion, toElementId: string): void {
  const { compensable = [], elementId } = instanceOf(step, scopeKey);
  const activityIds = [...new Set(compensable.map((entry) => entry.elementId))].filter((id) => elementIds.has(id));
  if (activityIds.length === 0) {
    beginInside(step, scopeKey, toElementId);
    return;
  }
  emit(step, {
    type: 'compensation.thrown',
    elementId,
    key: scopeKey,
    effectId: nextEffectId(step),
    scopeKey,
    activityIds,
    waits: false,
    returnsTo: toElementId,
  });
}
