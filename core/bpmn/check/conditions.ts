/** Conditions and default flows (BPMN 2.0, 8.4.13 and 10.6). */
import { domainsOf } from '../domain.ts';
import type { GraphElement, ProcessGraph, SequenceFlow } from '../graph.ts';
import type { Report } from '../report.ts';
import { isEnumerated, isTotal } from './coverage.ts';
import { elementsOf } from './walk.ts';

export function checkConditions(graph: ProcessGraph, report: Report): void {
  const domains = domainsOf(graph);
  for (const element of elementsOf(graph)) {
    const flows = element.outgoing.flatMap((id) => graph.flows[id] ?? []);
    checkDefault(element, flows, report);
    if (element.elementType === 'parallelGateway' || element.elementType === 'eventBasedGateway' || isEventSource(element)) {
      refuseConditions(element, flows, report);
    }
    if (
      element.elementType === 'exclusiveGateway' ||
      element.elementType === 'inclusiveGateway' ||
      element.elementType === 'complexGateway'
    )
      checkChoice(element, flows, { isEnumerated: isEnumerated(graph, element, domains), report });
  }
}

const isEventSource = ({ elementType }: GraphElement): boolean => elementType.endsWith('Event');

function checkDefault(element: GraphElement, flows: readonly SequenceFlow[], report: Report): void {
  const defaultId = 'defaultFlow' in element ? element.defaultFlow : undefined;
  if (defaultId === undefined) return;
  const flow = flows.find(({ id }) => id === defaultId);
  if (!flow) {
    report(element.id, 'default-flow', {
      en: `Its default flow "${defaultId}" does not leave it. Choose one of its outgoing flows.`,
      zh: `默认流“${defaultId}”并非由此流出，请从其流出的顺序流中选择。`,
    });
  } else if (flow.condition !== undefined) {
    report(
      flow.id,
      'default-flow',
      {
        en: 'A default flow is taken when nothing else is, so its condition is never asked. Remove the condition.',
        zh: '默认流的条件不会被判断，请删除条件。',
      },
      'warning',
    );
  }
}

function refuseConditions(element: GraphElement, flows: readonly SequenceFlow[], report: Report): void {
  for (const { id, condition } of flows) {
    if (condition === undefined) continue;
    report(id, 'condition-place', {
      en: `A flow out of ${element.elementType} "${element.id}" is always taken and must not have a condition. Remove it, or use an exclusive or inclusive gateway.`,
      zh: `${element.elementType}“${element.id}”流出的顺序流总会执行，不能有条件；请删除，或改用排他、包容网关。`,
    });
  }
}

function checkChoice(
  element: Extract<GraphElement, { elementType: `${string}Gateway` }>,
  flows: readonly SequenceFlow[],
  { isEnumerated: isKnown, report }: { readonly isEnumerated: boolean; readonly report: Report },
): void {
  const { defaultFlow } = element;
  if (flows.length < 2 && flows.every(({ condition }) => condition === undefined)) return;
  const bare = flows.filter(({ id, condition }) => condition === undefined && id !== defaultFlow);
  if (element.elementType === 'exclusiveGateway') {
    for (const { id } of bare) {
      report(id, 'condition-missing', {
        en: `A flow out of the exclusive gateway "${element.id}" needs a condition, or must be its default flow.`,
        zh: `排他网关“${element.id}”流出的顺序流须有条件，或设为默认流。`,
      });
    }
  }
  // Where every value is known, `gateway-uncovered` says which one is missing.
  if (defaultFlow !== undefined || bare.length > 0 || isKnown || isTotal(flows)) return;
  report(
    element.id,
    'default-flow-missing',
    {
      en: 'When no condition holds, the instance stops here. Make one flow the default flow.',
      zh: '所有条件都不成立时流程将停在此处，请设置一条默认流。',
    },
    'warning',
  );
}
