/** How tokens travel: over sequence flows, into elements, together at joins. */
import type { GraphElement } from '#core/bpmn/graph.ts';
import { arriveAtComplex } from './complex-gateway.ts';
import type { ElementKey } from './event.ts';
import { raiseIncident } from './failure.ts';
import { canJoin } from './inclusive-join.ts';
import { enter } from './open.ts';
import { elementOf, emit, instanceOf, type Step } from './step.ts';

/** A step that makes more events than this is taken for an endless loop; an operator can let it go on. */
export const STEP_EVENTS_MAX = 5_000;

export function takeFlow(step: Step, flowId: string, scopeKey: ElementKey): void {
  emit(step, { type: 'flow.taken', flowId, scopeKey });
  step.queue.push({ kind: 'arrive', flowId, scopeKey });
}

export function arrive(step: Step, flowId: string, scopeKey: ElementKey): void {
  // The scope may have been ended, or its tokens consumed, since the flow was taken.
  if (!step.draft.elements[scopeKey]?.tokens[flowId]) return;
  if (isOverBudget(step, scopeKey)) return;
  const flow = step.graph.flows[flowId];
  if (!flow) throw new Error(`The graph has no sequence flow ${flowId}.`);
  const target = elementOf(step, flow.targetId);
  if (!isJoin(target)) {
    enter(step, target, { scopeKey, flowId });
  } else if ('startQuantity' in target && target.startQuantity !== undefined) {
    gather(step, target, target.startQuantity, scopeKey);
  } else if (target.elementType === 'complexGateway') {
    arriveAtComplex(step, target, scopeKey);
  } else if (target.elementType === 'parallelGateway' && target.incoming.every((id) => instanceOf(step, scopeKey).tokens[id])) {
    join(step, target, scopeKey);
  }
}

export const isJoin = (element: GraphElement): boolean =>
  ('startQuantity' in element && element.startQuantity !== undefined) || (JOINS.has(element.elementType) && element.incoming.length > 1);

const JOINS: ReadonlySet<string> = new Set(['parallelGateway', 'inclusiveGateway', 'complexGateway']);

/** An activity that begins with several tokens takes them from whichever flow they lie on (BPMN 2.0, 13.3.2). */
function gather(step: Step, element: GraphElement, quantity: number, scopeKey: ElementKey): void {
  const { tokens } = instanceOf(step, scopeKey);
  const flowIds = element.incoming.flatMap((id) => Array<string>(tokens[id] ?? 0).fill(id)).slice(0, quantity);
  if (flowIds.length < quantity) return;
  emit(step, { type: 'flow.joined', elementId: element.id, scopeKey, flowIds });
  enter(step, element, { scopeKey });
}

/**
 * An inclusive gateway joins when nothing that still moves could bring another token (BPMN 2.0, 13.4.3). That can only be told once
 * everything else has come to rest. True if one joined.
 */
export function joinInclusive(step: Step): boolean {
  for (const scope of Object.values(step.draft.elements)) {
    for (const flowId of Object.keys(scope.tokens)) {
      const target = elementOf(step, step.graph.flows[flowId]?.targetId ?? '');
      if (target.elementType !== 'inclusiveGateway' || !isJoin(target)) continue;
      if (isBudgetSpent(step) || !canJoin(step.graph, step.draft.elements, scope.key, target.id)) continue;
      join(step, target, scope.key);
      return true;
    }
  }
  return false;
}

function join(step: Step, gateway: GraphElement, scopeKey: ElementKey): void {
  const { tokens } = instanceOf(step, scopeKey);
  const flowIds = gateway.incoming.filter((id) => tokens[id]);
  emit(step, { type: 'flow.joined', elementId: gateway.id, scopeKey, flowIds });
  enter(step, gateway, { scopeKey });
}

export const isBudgetSpent = (step: Step): boolean => step.events.length >= STEP_EVENTS_MAX;

/** Beyond the budget tokens stay where they are, and one incident says so. */
export function isOverBudget(step: Step, key: ElementKey): boolean {
  if (!isBudgetSpent(step)) return false;
  const isRaised = Object.values(step.draft.incidents).some(({ stage }) => stage === 'budget');
  if (!isRaised) {
    raiseIncident(step, key, {
      code: 'step-budget-exceeded',
      stage: 'budget',
      message: `One step made ${STEP_EVENTS_MAX} events without coming to rest. A retry goes on from here.`,
    });
  }
  return true;
}
