/** Flows that leave activities by conditions, and gateways that decide nothing (BPMN 2.0, 8.4.13 and 10.6). */
import { domainsOf } from '../domain.ts';
import type { GraphElement, ProcessGraph } from '../graph.ts';
import type { Report } from '../report.ts';
import { isEnumerated, isTotal } from './coverage.ts';
import { elementsOf } from './walk.ts';

export function checkChoices(graph: ProcessGraph, report: Report): void {
  const domains = domainsOf(graph);
  for (const element of elementsOf(graph)) {
    if ('boundaryIds' in element) checkActivity(graph, element, { isKnown: isEnumerated(graph, element, domains), report });
    if (element.elementType.endsWith('Gateway')) checkGateway(element, report);
  }
}

function checkActivity(
  graph: ProcessGraph,
  element: GraphElement,
  { isKnown, report }: { readonly isKnown: boolean; readonly report: Report },
): void {
  const flows = element.outgoing.flatMap((id) => graph.flows[id] ?? []);
  const [only, ...more] = flows;
  if (only?.condition !== undefined && more.length === 0) {
    report(only.id, 'condition-alone', {
      en: `It is the only flow out of "${element.id}", so the instance stops there when its condition does not hold. Remove the condition, or draw another flow beside it.`,
      zh: `它是“${element.id}”唯一的流出，条件不成立时流程将停在那里；请删除条件，或再画一条分支。`,
    });
    return;
  }
  const hasDefault = 'defaultFlow' in element && element.defaultFlow !== undefined;
  if (flows.length === 0 || hasDefault || isKnown || flows.some(({ condition }) => condition === undefined) || isTotal(flows)) return;
  report(
    element.id,
    'default-flow-missing',
    {
      en: 'When no condition of the flows out of this activity holds, the instance stops here. Make one flow the default flow.',
      zh: '该活动的所有流出条件都不成立时流程将停在此处，请设置一条默认流。',
    },
    'warning',
  );
}

/** BPMN 2.0, 10.6.1: a gateway has several incoming or several outgoing flows. */
function checkGateway({ id, incoming, outgoing, ...gateway }: GraphElement, report: Report): void {
  // What has no way in or out at all is told by other rules.
  const isInstantiating = 'instantiates' in gateway && gateway.instantiates !== undefined;
  if (incoming.length !== 1 || outgoing.length !== 1 || isInstantiating || gateway.elementType === 'eventBasedGateway') return;
  report(
    id,
    'gateway-needless',
    {
      en: 'One flow leads to this gateway and one from it, so it decides and joins nothing. Remove it, or draw the flow that is missing.',
      zh: '该网关只有一条流入与一条流出，既不分支也不汇合；请删除，或补画缺少的连线。',
    },
    'warning',
  );
}
