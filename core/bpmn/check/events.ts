/** What may lead into and out of events, and what their definitions may be (BPMN 2.0, 10.5). */
import { type BoundaryEvent, definitionsOf, type GraphElement, type ProcessGraph } from '../graph.ts';
import type { Report } from '../report.ts';
import { boundariesOf, elementsOf, isLinkPair } from './walk.ts';

export function checkEvents(graph: ProcessGraph, report: Report): void {
  for (const element of elementsOf(graph)) {
    if (element.elementType === 'startEvent' || element.elementType === 'boundaryEvent') refuseIncoming(element, report);
    if (element.elementType === 'endEvent') refuseOutgoing(element, report);
    if (element.elementType === 'boundaryEvent') checkBoundary(graph, element, report);
    if (element.elementType === 'intermediateThrowEvent' || element.elementType === 'intermediateCatchEvent')
      checkLink(graph, element, report);
    if (element.elementType === 'eventBasedGateway') checkEventGateway(graph, element, report);
    if ('event' in element) checkCancel(graph, element, report);
    if ('event' in element) checkCompensated(graph, element, report);
    if ('isForCompensation' in element && element.isForCompensation) checkHandler(graph, element, report);
    if (element.elementType === 'complexGateway') checkComplex(element, report);
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
  if (event.kind === 'compensation') {
    checkCompensationBoundary(graph, boundary, report);
    return;
  }
  if (boundary.outgoing.length === 0) {
    report(id, 'boundary-outgoing', {
      en: 'Nothing follows this boundary event. Lead a sequence flow from it to what should happen.',
      zh: '边界事件之后没有后续，请用顺序流连接到应执行的元素。',
    });
  }
  if (event.kind === 'cancel' && attached?.elementType !== 'transaction') {
    report(id, 'cancel-in-transaction', {
      en: 'Only a transaction can be cancelled. Attach this cancel event to a transaction.',
      zh: '只有事务子流程可以取消，请将该取消事件附着在事务上。',
    });
  }
  if ((event.kind === 'error' || event.kind === 'cancel') && !isInterrupting) {
    report(id, 'error-interrupts', {
      en: `${event.kind === 'error' ? 'An error' : 'A cancellation'} always ends its activity. Make this boundary event interrupting.`,
      zh: `${event.kind === 'error' ? '错误' : '取消'}总会中断活动，请将该边界事件设为中断型。`,
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

/** BPMN 2.0, 10.5.1: no flow leaves it; its association leads to the one activity that undoes the other. */
function checkCompensationBoundary(graph: ProcessGraph, { id, handlerId, outgoing, parentId }: BoundaryEvent, report: Report): void {
  const handler = handlerId === undefined ? undefined : graph.elements[handlerId];
  const isHandler = handler && 'isForCompensation' in handler && handler.isForCompensation === true && handler.parentId === parentId;
  if (outgoing.length === 0 && isHandler) return;
  report(id, 'compensation-handler', {
    en: 'A compensation event needs an association (not a sequence flow) to an activity of the same scope that is marked isForCompensation.',
    zh: '补偿事件须用关联（而非顺序流）连接到同一范围内标记为 isForCompensation 的活动。',
  });
}

function checkHandler(graph: ProcessGraph, { id, incoming, outgoing }: GraphElement, report: Report): void {
  const isUsed = elementsOf(graph).some((element) => element.elementType === 'boundaryEvent' && element.handlerId === id);
  if (isUsed && incoming.length === 0 && outgoing.length === 0) return;
  report(id, 'compensation-handler', {
    en: 'An activity that is marked isForCompensation has no sequence flows, and is associated with a compensation boundary event.',
    zh: '标记为 isForCompensation 的活动不能连接顺序流，且须与补偿边界事件关联。',
  });
}

/** BPMN 2.0, 10.5.6: what is to be compensated stands in the same scope, or around an event sub-process that does it. */
function checkCompensated(graph: ProcessGraph, element: GraphElement, report: Report): void {
  if (!('event' in element) || element.elementType === 'boundaryEvent' || element.elementType === 'startEvent') return;
  for (const definition of definitionsOf(element.event)) {
    if (definition.kind !== 'compensation' || definition.activityId === undefined) continue;
    const activity = graph.elements[definition.activityId];
    if (activity && 'boundaryIds' in activity && scopesAround(graph, element).includes(activity.parentId)) continue;
    report(element.id, 'compensation-activity', {
      en: `It compensates "${definition.activityId}", which is not an activity of this scope. Choose one that is, or none for all.`,
      zh: `要补偿的“${definition.activityId}”不是本范围内的活动，请重新选择，或留空以补偿全部。`,
    });
  }
}

function scopesAround(graph: ProcessGraph, element: GraphElement): readonly (string | null)[] {
  const around: (string | null)[] = [element.parentId];
  for (let at = element.parentId; at !== null; at = graph.elements[at]?.parentId ?? null) around.push(graph.elements[at]?.parentId ?? null);
  return around;
}

function checkCancel(graph: ProcessGraph, element: GraphElement, report: Report): void {
  if (element.elementType !== 'endEvent' || !definitionsOf(element.event).some(({ kind }) => kind === 'cancel')) return;
  const parent = graph.elements[element.parentId ?? ''];
  if (parent?.elementType !== 'transaction') {
    report(element.id, 'cancel-in-transaction', {
      en: 'A cancel end event belongs into a transaction. Put it there, or use an error.',
      zh: '取消结束事件只能位于事务子流程中，请移入，或改用错误。',
    });
  } else if (!boundariesOf(graph, parent).some(({ event }) => event.kind === 'cancel')) {
    report(parent.id, 'cancel-caught', {
      en: 'The transaction can be cancelled, but no cancel boundary event says how it goes on. Attach one.',
      zh: '事务可以被取消，但没有取消边界事件说明之后如何继续，请附着一个。',
    });
  }
}

function checkComplex(gateway: GraphElement, report: Report): void {
  if (gateway.elementType !== 'complexGateway' || gateway.incoming.length < 2 || gateway.activationCondition !== undefined) return;
  report(gateway.id, 'activation-condition', {
    en: 'A complex gateway with several incoming flows needs an activation condition, for example activationCount >= 2.',
    zh: '有多条流入的复杂网关须有激活条件，例如 activationCount >= 2。',
  });
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
  if ('instantiates' in gateway && gateway.incoming.length > 0) {
    report(gateway.id, 'instantiating-gateway', {
      en: 'A gateway that starts an instance has no incoming flow. Remove the flow, or instantiate.',
      zh: '用于启动实例的网关不能有流入的顺序流，请删除顺序流或取消 instantiate。',
    });
  }
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
      (target.elementType === 'intermediateCatchEvent' && ['timer', 'message', 'signal', 'conditional'].includes(target.event.kind));
    const isLoop = 'multiInstance' in target && target.multiInstance !== undefined;
    if (waits && !isLoop && target.incoming.length === 1) continue;
    report(target.id, 'event-gateway', {
      en: 'After an event-based gateway there must be a timer, message, signal or conditional event, or a receive task, which nothing else leads to.',
      zh: '基于事件的网关之后只能是定时、消息、信号、条件事件或接收任务，且不能另有流入。',
    });
  }
}
