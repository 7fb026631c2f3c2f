/** Which flows a completed element leaves by. */
import type { GraphElement, SequenceFlow } from '#core/bpmn/graph.ts';
import type { JsonObject } from '#core/json.ts';
import type { ElementKey } from './event.ts';
import { ActFailure } from './failure.ts';
import type { Step } from './step.ts';
import { contextOf, evaluateIn } from './variables.ts';

export function chooseFlows(step: Step, key: ElementKey, element: GraphElement): readonly string[] {
  const { outgoing } = element;
  if (outgoing.length === 0 || element.elementType === 'parallelGateway') return outgoing;
  const flows = outgoing.flatMap((id) => step.graph.flows[id] ?? []);
  const defaultFlow = 'defaultFlow' in element ? element.defaultFlow : undefined;
  const phase: JsonObject = element.elementType === 'complexGateway' ? { waitingForStart: true } : {};
  const isTaken = (flow: SequenceFlow): boolean => flow.id !== defaultFlow && holds(step, key, flow, phase);
  const taken = element.elementType === 'exclusiveGateway' ? firstOf(flows, isTaken) : flows.filter(isTaken);
  if (taken.length > 0) return taken.map(({ id }) => id);
  if (defaultFlow !== undefined) return [defaultFlow];
  throw new ActFailure('no-flow-taken', `No condition of a flow out of ${element.id} holds, and it has no default flow.`);
}

/** Conditions after the first that holds are not evaluated. */
function firstOf(flows: readonly SequenceFlow[], isTaken: (flow: SequenceFlow) => boolean): readonly SequenceFlow[] {
  const first = flows.find(isTaken);
  return first ? [first] : [];
}

function holds(step: Step, key: ElementKey, { id, condition }: SequenceFlow, phase: JsonObject): boolean {
  if (condition === undefined) return true;
  const value = evaluateIn(step, { ...contextOf(step.draft.elements, key), ...phase }, condition);
  if (typeof value === 'boolean') return value;
  throw new ActFailure('condition-not-boolean', `The condition "${condition}" of ${id} gives ${JSON.stringify(value)}, not true or false.`);
}
