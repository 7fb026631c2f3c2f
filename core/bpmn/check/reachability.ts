/** Nothing is drawn in vain: every element can be reached, and from every one the scope can still end. */
import { type GraphElement, isEventSubProcess, type ProcessGraph } from '../graph.ts';
import type { Report } from '../report.ts';
import { entriesOf, isLinkPair, reach, type ScopeView, scopesOf, successors } from './walk.ts';

export function checkReachability(graph: ProcessGraph, report: Report): void {
  for (const scope of scopesOf(graph)) {
    checkReached(graph, scope, report);
    checkEnds(graph, scope, report);
  }
}

function checkReached(graph: ProcessGraph, scope: ScopeView, report: Report): void {
  const entries = entriesOf(graph, scope);
  // Without a beginning nothing is reached, which has been said.
  if (entries.length === 0) return;
  const reached = reach(entries, (element) => successors(graph, element));
  for (const { id } of scope.elements) {
    if (reached.has(id)) continue;
    report(id, 'reachable', {
      en: 'No path from a start event leads here, so it never happens. Connect it, or remove it.',
      zh: '没有任何路径从开始事件通向这里，请连接或删除。',
    });
  }
}

function checkEnds(graph: ProcessGraph, { elements, kind }: ScopeView, report: Report): void {
  const ends = elements.filter((element) => element.outgoing.length === 0 && !isLinkThrow(element));
  const before = new Map<string, GraphElement[]>();
  for (const element of elements) {
    for (const next of successors(graph, element)) before.set(next.id, [...(before.get(next.id) ?? []), element]);
  }
  const canEnd = reach(ends, ({ id }) => before.get(id) ?? []);
  for (const element of elements) {
    if (!canEnd.has(element.id)) {
      report(element.id, 'can-end', {
        en: 'No path from here leads to an end, so an instance that comes here never finishes. Lead a path to an end event.',
        zh: '从这里没有任何路径通向结束，到达此处的实例将永不结束；请连接到结束事件。',
      });
    }
  }
  // In an ad-hoc sub-process nothing needs to follow.
  if (kind !== 'adHocSubProcess') for (const element of ends) checkDeadEnd(element, elements, report);
}

const isLinkThrow = (element: GraphElement): boolean => isLinkPairable(element) && element.elementType === 'intermediateThrowEvent';
const isLinkPairable = (element: GraphElement): boolean =>
  'event' in element && element.event.kind === 'link' && !isLinkPair(element, element);

function checkDeadEnd(element: GraphElement, elements: readonly GraphElement[], report: Report): void {
  if (element.elementType === 'endEvent' || element.elementType === 'boundaryEvent' || isEventSubProcess(element)) return;
  if ('isForCompensation' in element && element.isForCompensation) return;
  const isGateway = element.elementType.endsWith('Gateway');
  const hasEnds = elements.some(({ elementType }) => elementType === 'endEvent');
  // Without any end event, BPMN lets a path end where nothing follows.
  if (!isGateway && !hasEnds) return;
  report(
    element.id,
    'dead-end',
    {
      en: isGateway
        ? 'Nothing follows this gateway. Lead a flow from it.'
        : 'Nothing follows, so the path ends here without an end event. Lead it to one.',
      zh: isGateway ? '网关之后没有后续，请连接。' : '之后没有后续，路径在此无结束事件地终止；请连接到结束事件。',
    },
    isGateway ? 'error' : 'warning',
  );
}
