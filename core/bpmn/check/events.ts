/** What may lead into and out of events, and what their definitions may be (BPMN 2.0, 10.5). */
import type { BoundaryEvent, GraphElement, ProcessGraph } from '../graph.ts';
import type { Report } from '../report.ts';
import { elementsOf, isLinkPair } from './walk.ts';

export function checkEvents(graph: ProcessGraph, report: Report): void {
  for (const element of elementsOf(graph)) {
    if (element.elementType === 'startEvent' || element.elementType === 'boundaryEvent') refuseIncoming(element, report);
    if (element.elementType === 'endEvent') refuseOutgoing(element, report);
    if (element.elementType === 'boundaryEvent') checkBoundary(graph, element, report);
    if (element.elementType === 'intermediateThrowEvent' || element.elementType === 'intermediateCatchEvent')
      checkLink(graph, element, report);
    if (element.elementType === 'eventBasedGateway') checkEventGateway(graph, element, report);
  }
}

function refuseIncoming({ id, incoming, elementType }: GraphElement, report: Report): void {
  if (incoming.length === 0) return;
  report(id, 'event-incoming', {
    en: `A sequence flow leads into this ${elementType}, which nothing may. Lead it to the element after it.`,
    zh: '有顺序流指向该事件，这是不允许的；请改为指向其后的元素。',
  });
}

function refuseOutgoing({ id, outgoing }: GraphElement, report: Report): void {
  if (outgoing.length === 0) return;
  report(id, 'event-outgoing', {
    en: 'A sequence flow leaves this end event. Remove it, or make the event an intermediate one.',
    zh: '结束事件有流出的顺序流，请删除，或改为中间事件。',
  });
}

function checkBoundary(graph: ProcessGraph, boundary: BoundaryEvent, report: Report): void {
  const { id, event, isInterrupting, attachedToId } = boundary;
  const attached = graph.elements[attachedToId];
  if (!attached || !('boundaryIds' in attached) || attached.parentId !== boundary.parentId || attached.processId !== boundary.processId) {
    report(id, 'boundary-attached', {
      en: `It is attached to "${attachedToId}", which is not an activity of the same scope. Attach it to one.`,
      zh: `边界事件附着的“${attachedToId}”不是同一范围内的活动，请重新附着。`,
    });
  }
  if (boundary.outgoing.length === 0) {
    report(id, 'boundary-outgoing', {
      en: 'Nothing follows this boundary event. Lead a sequence flow from it to what should happen.',
      zh: '边界事件之后没有后续，请用顺序流连接到应执行的元素。',
    });
  }
  if (event.kind === 'error' && !isInterrupting) {
    report(id, 'error-interrupts', {
      en: 'An error always ends its activity. Make this boundary event interrupting.',
      zh: '错误总会中断活动，请将该边界事件设为中断型。',
    });
  }
  if (event.kind === 'timer' && event.timer.kind === 'cycle' && isInterrupting) {
    report(
      id,
      'cycle-interrupts',
      {
        en: 'It ends its activity the first time, so it never repeats. Use a duration, or make it non-interrupting.',
        zh: '首次触发即中断活动，不会循环；请改用时长，或设为非中断。',
      },
      'warning',
    );
  }
}

function checkLink(graph: ProcessGraph, element: GraphElement, report: Report): void {
  if (!('event' in element) || element.event.kind !== 'link') return;
  const { linkName } = element.event;
  const isThrow = element.elementType === 'intermediateThrowEvent';
  const others = elementsOf(graph).filter((other) => (isThrow ? isLinkPair(element, other) : isLinkPair(other, element)));
  if (others.length === 0 || (isThrow && others.length > 1)) {
    report(element.id, 'link-paired', {
      en: `The link "${linkName}" needs ${isThrow ? 'exactly one catching' : 'a throwing'} end in the same scope; it has ${others.length}.`,
      zh: `链接“${linkName}”在同一范围内须有${isThrow ? '且仅有一个接收端' : '发出端'}，现有 ${others.length} 个。`,
    });
  }
  if (isThrow && element.outgoing.length > 0) refuseOutgoing(element, report);
  if (!isThrow) refuseIncoming(element, report);
}

function checkEventGateway(graph: ProcessGraph, gateway: GraphElement, report: Report): void {
  if (gateway.outgoing.length < 2) {
    report(gateway.id, 'event-gateway', {
      en: 'An event-based gateway chooses between events: it needs at least two outgoing flows.',
      zh: '基于事件的网关需要至少两条流出的顺序流。',
    });
  }
  for (const flowId of gateway.outgoing) {
    const target = graph.elements[graph.flows[flowId]?.targetId ?? ''];
    if (!target) continue;
    const waits =
      target.elementType === 'receiveTask' ||
      (target.elementType === 'intermediateCatchEvent' && ['timer', 'message', 'signal'].includes(target.event.kind));
    const isLoop = 'multiInstance' in target && target.multiInstance !== undefined;
    if (waits && !isLoop && target.incoming.length === 1) continue;
    report(target.id, 'event-gateway', {
      en: 'After an event-based gateway there must be a timer, message or signal event, or a receive task, which nothing else leads to.',
      zh: '基于事件的网关之后只能是定时、消息、信号事件或接收任务，且不能另有流入。',
    });
  }
}
