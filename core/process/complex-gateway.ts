/**
 * A complex gateway that joins (BPMN 2.0, 13.4.5): activated as soon as its condition holds, it then waits for the tokens that may still
 * come, and is ready anew when none can. In the first phase every flow whose condition holds is taken, with `waitingForStart` true; in the
 * second only flows with a condition, with `waitingForStart` false, so that a plain discriminator fires once.
 */
import type { Gateway } from '#core/bpmn/graph.ts';
import type { Json } from '#core/json.ts';
import type { ElementKey } from './event.ts';
import { ActFailure, attempt } from './failure.ts';
import { mayStillArrive } from './inclusive-join.ts';
import { enter } from './open.ts';
import { elementOf, emit, instanceOf, type Step } from './step.ts';
import { isBudgetSpent, takeFlow } from './tokens.ts';
import { contextOf, evaluateIn } from './variables.ts';

export function arriveAtComplex(step: Step, gateway: Gateway, scopeKey: ElementKey): void {
  const { tokens, activatedGateways } = instanceOf(step, scopeKey);
  if (activatedGateways?.[gateway.id]) return;
  attempt(step, scopeKey, 'listen', () => {
    if (!isActivated(step, gateway, scopeKey)) return;
    const flowIds = gateway.incoming.filter((id) => tokens[id]);
    emit(step, { type: 'flow.joined', elementId: gateway.id, scopeKey, flowIds });
    emit(step, { type: 'gateway.activated', elementId: gateway.id, scopeKey, flowIds });
    enter(step, gateway, { scopeKey });
  });
}

function isActivated(step: Step, { id, incoming, activationCondition = 'true' }: Gateway, scopeKey: ElementKey): boolean {
  const { tokens } = instanceOf(step, scopeKey);
  const counts: Record<string, Json> = Object.fromEntries(incoming.map((flowId) => [flowId, tokens[flowId] ?? 0]));
  const activationCount = Object.values(counts).reduce<number>((sum, count) => sum + Number(count), 0);
  const value = evaluateIn(step, { ...contextOf(step.draft.elements, scopeKey), ...counts, activationCount }, activationCondition);
  if (typeof value === 'boolean') return value;
  throw new ActFailure(
    'condition-not-boolean',
    `The activation condition "${activationCondition}" of ${id} gives ${JSON.stringify(value)}, not true or false.`,
  );
}

/** Once everything else has come to rest. True if one was reset. */
export function resetComplex(step: Step): boolean {
  if (isBudgetSpent(step)) return false;
  for (const scope of Object.values(step.draft.elements)) {
    for (const [gatewayId, activated] of Object.entries(scope.activatedGateways ?? {})) {
      const gateway = elementOf(step, gatewayId);
      if (gateway.elementType !== 'complexGateway') continue;
      const outstanding = gateway.incoming.filter((id) => !activated.includes(id));
      const missing = outstanding.filter((id) => !scope.tokens[id]);
      if (mayStillArrive(step.graph, step.draft.elements, scope.key, gateway, missing)) continue;
      reset(step, gateway, scope.key, outstanding);
      return true;
    }
  }
  return false;
}

function reset(step: Step, gateway: Gateway, scopeKey: ElementKey, outstanding: readonly string[]): void {
  const { tokens } = instanceOf(step, scopeKey);
  const flowIds = outstanding.filter((id) => tokens[id]);
  if (flowIds.length > 0) emit(step, { type: 'flow.joined', elementId: gateway.id, scopeKey, flowIds });
  emit(step, { type: 'gateway.reset', elementId: gateway.id, scopeKey });
  const context = { ...contextOf(step.draft.elements, scopeKey), waitingForStart: false };
  attempt(step, scopeKey, 'listen', () => {
    const taken = gateway.outgoing.filter((id) => {
      const condition = step.graph.flows[id]?.condition;
      return condition !== undefined && evaluateIn(step, context, condition) === true;
    });
    for (const flowId of taken) takeFlow(step, flowId, scopeKey);
  });
  // Tokens that came a second time meanwhile count from now on.
  for (const flowId of gateway.incoming)
    if (instanceOf(step, scopeKey).tokens[flowId]) step.queue.push({ kind: 'arrive', flowId, scopeKey });
  step.queue.push({ kind: 'close', scopeKey });
}
