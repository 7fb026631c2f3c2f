/** Events that catch: each thing is caught once in a place, and what is thrown to be undone can be (BPMN 2.0, 10.5.1, 10.5.6 and 10.6.6). */
import {
  definitionsOf,
  type EventDefinition,
  type GraphElement,
  insideOf,
  isEventSubProcess,
  type ProcessGraph,
  triggerOf,
} from '../graph.ts';
import type { Report } from '../report.ts';
import { boundariesOf, elementsOf, scopesOf } from './walk.ts';

export function checkCatchers(graph: ProcessGraph, report: Report): void {
  for (const element of elementsOf(graph)) {
    reportCaughtTwice(boundariesOf(graph, element), report);
    if (element.elementType === 'eventBasedGateway') checkBehindGateway(graph, element, report);
    if ('event' in element && element.elementType !== 'boundaryEvent' && element.elementType !== 'startEvent')
      checkUndone(graph, element, report);
  }
  for (const { elements } of scopesOf(graph)) {
    reportCaughtTwice(
      elements.filter(isEventSubProcess).flatMap((each) => triggerOf(graph, each) ?? []),
      report,
    );
  }
}

type Catcher = GraphElement & { readonly event: EventDefinition };

/** The nearest catcher of a code is taken; a second one of the same code beside it never is. */
function reportCaughtTwice(catchers: readonly Catcher[], report: Report): void {
  const seen = new Map<string, string>();
  for (const { id, event } of catchers) {
    for (const definition of definitionsOf(event)) {
      if (definition.kind !== 'error' && definition.kind !== 'escalation') continue;
      const code = definition.kind === 'error' ? definition.errorCode : definition.escalationCode;
      const caught = `${definition.kind} ${code ?? ''}`;
      const other = seen.get(caught);
      if (other !== undefined) {
        report(id, 'caught-twice', {
          en: `"${other}" catches the same ${definition.kind} beside it, so this event never happens. Give them different codes, or remove one.`,
          zh: `旁边的“${other}”已捕获同一${definition.kind === 'error' ? '错误' : '升级'}，该事件永远不会发生；请使用不同的代码，或删除其一。`,
        });
      }
      seen.set(caught, other ?? id);
    }
  }
}

/** BPMN 2.0, 10.6.6: message events and receive tasks are not mixed, and nothing is attached to such a task. */
function checkBehindGateway(graph: ProcessGraph, gateway: GraphElement, report: Report): void {
  const targets = gateway.outgoing.flatMap((flowId) => graph.elements[graph.flows[flowId]?.targetId ?? ''] ?? []);
  const tasks = targets.filter(({ elementType }) => elementType === 'receiveTask');
  for (const task of tasks) {
    if (boundariesOf(graph, task).length === 0) continue;
    report(task.id, 'event-gateway-boundary', {
      en: 'A receive task behind an event-based gateway is over as soon as it begins, so nothing can be attached to it. Remove its boundary events.',
      zh: '事件网关之后的接收任务在开始时即已完成，不能附着边界事件，请删除。',
    });
  }
  const hasMessage = targets.some((target) => 'event' in target && target.event.kind === 'message');
  if (tasks.length === 0 || !hasMessage) return;
  report(gateway.id, 'event-gateway-mixed', {
    en: 'Message events and receive tasks must not both follow an event-based gateway. Use one of the two.',
    zh: '事件网关之后不能同时使用消息事件与接收任务，请统一使用其中一种。',
  });
}

/** Compensation that is thrown where nothing can be undone does nothing. */
function checkUndone(graph: ProcessGraph, element: Catcher, report: Report): void {
  // One that names its activity is checked for that.
  if (!definitionsOf(element.event).some((definition) => definition.kind === 'compensation' && definition.activityId === undefined)) return;
  for (let scope: string | null = element.parentId ?? element.processId; scope !== null; ) {
    if (isUndoable(graph, scope)) return;
    const at: GraphElement | undefined = graph.elements[scope];
    scope = at ? (at.parentId ?? at.processId) : null;
  }
  report(
    element.id,
    'compensation-nothing',
    {
      en: 'Nothing in this scope can be undone: no activity has a compensation handler. Attach a compensation event to what should be undone, or remove this one.',
      zh: '该范围内没有可补偿的活动（没有补偿处理）；请为需要撤销的活动附着补偿事件，或删除此事件。',
    },
    'warning',
  );
}

const isUndoable = (graph: ProcessGraph, scopeId: string): boolean =>
  insideOf(graph, scopeId).some(
    (element) =>
      ('isForCompensation' in element && element.isForCompensation === true) ||
      ('elementIds' in element && isUndoable(graph, element.id)) ||
      ('event' in element && /^(startEvent|boundaryEvent)$/.test(element.elementType) && element.event.kind === 'compensation'),
  );
