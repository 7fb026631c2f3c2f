/** The elements and flows of a process or a sub-process. */
import { checkElement, refuseType } from './check-vocabulary.ts';
import { bodyOf, expressionOf } from './expressions.ts';
import type { Gateway, GraphElement, SequenceFlow } from './graph.ts';
import { innerElements, lowerActivity } from './lower-activity.ts';
import { lowerEvent } from './lower-event.ts';
import { baseOf, type Lowering, placeOf, type Scope } from './lowering.ts';
import { elementAt, type ModdleElement, wordOf } from './moddle.ts';
import { readProperties } from './properties.ts';
import { DOCUMENTING_TYPES, SUPPORTED_PROPERTIES } from './vocabulary.ts';

/** Ids of the flow nodes directly inside, in the order of the file. */
export const lowerContainer = (lowering: Lowering, container: ModdleElement, scope: Scope): readonly string[] =>
  lowerNodes(lowering, innerElements(container), scope);

export function lowerNodes(lowering: Lowering, nodes: readonly ModdleElement[], scope: Scope): readonly string[] {
  const elementIds: string[] = [];
  for (const element of nodes) {
    if (DOCUMENTING_TYPES.has(element.$type)) continue;
    if (element.$type === 'bpmn:SequenceFlow') {
      lowerFlow(lowering, element);
      continue;
    }
    const lowered = lowerNode(lowering, element, scope);
    if (!lowered) continue;
    lowering.elements[lowered.id] = lowered;
    elementIds.push(lowered.id);
  }
  return elementIds;
}

function lowerNode(lowering: Lowering, element: ModdleElement, scope: Scope): GraphElement | null {
  if (!element.id) {
    lowering.report(scope.parentId ?? scope.processId, 'id-given', {
      en: `A ${wordOf(element)} has no id, so no flow and no finding can name it. Give it one.`,
      zh: `有一个 ${wordOf(element)} 没有编号，请填写。`,
    });
    return null;
  }
  if (!(element.$type in SUPPORTED_PROPERTIES)) {
    refuseType(element, lowering.report);
    return null;
  }
  checkElement(element, lowering.report);
  if (element.$type.endsWith('Event')) return lowerEvent(lowering, element, scope);
  if (element.$type.endsWith('Gateway')) return lowerGateway(lowering, element, scope);
  return lowerActivity(lowering, element, scope);
}

function lowerGateway(lowering: Lowering, element: ModdleElement, scope: Scope): Gateway {
  const defaultFlow = elementAt(element, 'default')?.id;
  const place = placeOf(lowering, element, 'the activation condition');
  const activationCondition = expressionOf(bodyOf(element, 'activationCondition', place), place);
  const instantiates = element.eventGatewayType === 'Parallel' ? 'parallel' : 'exclusive';
  return {
    ...baseOf(lowering, element, scope),
    elementType: wordOf(element) as Gateway['elementType'],
    ...(defaultFlow === undefined ? {} : { defaultFlow }),
    ...(element.instantiate === true ? { instantiates } : {}),
    ...(activationCondition === undefined ? {} : { activationCondition }),
  };
}

function lowerFlow(lowering: Lowering, element: ModdleElement): void {
  checkElement(element, lowering.report);
  readProperties(element, lowering.report);
  const [source, target] = [elementAt(element, 'sourceRef'), elementAt(element, 'targetRef')];
  // What is missing was reported as a reference that points nowhere, or is reported here.
  if (!element.id || !source?.id || !target?.id) {
    lowering.report(element.id ?? 'sequenceFlow', 'flow-connects', {
      en: 'A sequence flow must have an id, a source and a target.',
      zh: '顺序流必须有编号、起点与终点。',
    });
    return;
  }
  const place = placeOf(lowering, element, 'the condition');
  const condition = expressionOf(bodyOf(element, 'conditionExpression', place), place);
  const flow: SequenceFlow = {
    id: element.id,
    sourceId: source.id,
    targetId: target.id,
    ...(element.name ? { name: element.name } : {}),
    ...(condition === undefined ? {} : { condition }),
  };
  lowering.flows[flow.id] = flow;
}
