/** Attributes whose values the standard limits, and which would otherwise be read as if nothing were set. */
import { elementsIn, idOf, type ModdleElement } from '../moddle.ts';
import type { Report } from '../report.ts';

export function checkAttributes(element: ModdleElement, report: Report): void {
  checkQuantity(element, report);
  if (element.$type.endsWith('Gateway')) checkDirection(element, report);
  if (element.$type === 'bpmn:EventBasedGateway') checkEventGateway(element, report);
  if (element.$type === 'bpmn:StartEvent') checkInterrupting(element, report);
}

/** BPMN 2.0, 10.3: "The value MUST NOT be less than 1." */
function checkQuantity(element: ModdleElement, report: Report): void {
  for (const property of ['startQuantity', 'completionQuantity']) {
    const quantity = element[property];
    if (typeof quantity !== 'number' || (Number.isInteger(quantity) && quantity >= 1)) continue;
    report(idOf(element), 'quantity-valid', {
      en: `${property} is ${quantity}. It must be a whole number from 1.`,
      zh: `${property} 为 ${quantity}，应为不小于 1 的整数。`,
    });
  }
}

/** BPMN 2.0, table 10.105. It says nothing about execution, but a reader takes it at its word. */
function checkDirection(gateway: ModdleElement, report: Report): void {
  const [incoming, outgoing] = [elementsIn(gateway, 'incoming').length, elementsIn(gateway, 'outgoing').length];
  const direction = gateway.gatewayDirection;
  const isKept =
    (direction === 'Converging' && outgoing <= 1) ||
    (direction === 'Diverging' && incoming <= 1) ||
    (direction === 'Mixed' && incoming > 1 && outgoing > 1) ||
    direction === undefined ||
    direction === 'Unspecified';
  if (isKept) return;
  report(
    idOf(gateway),
    'gateway-direction',
    {
      en: `It says that it is ${String(direction)}, but has ${incoming} incoming and ${outgoing} outgoing flows. Change the flows, or remove gatewayDirection.`,
      zh: `声明的方向为 ${String(direction)}，实际有 ${incoming} 条流入、${outgoing} 条流出；请修改连线或删除 gatewayDirection。`,
    },
    'warning',
  );
}

/** BPMN 2.0, 10.6.6: only a gateway that starts the instance can wait for all of its events. */
function checkEventGateway(gateway: ModdleElement, report: Report): void {
  if (gateway.eventGatewayType !== 'Parallel' || gateway.instantiate === true) return;
  report(idOf(gateway), 'parallel-event-gateway', {
    en: 'An event-based gateway waits for all its events only where it starts the instance. Set instantiate, or use a parallel gateway before the events.',
    zh: '只有启动实例的事件网关才能等待全部事件；请设置 instantiate，或在事件前改用并行网关。',
  });
}

/** BPMN 2.0, 10.5.2: the attribute belongs to event sub-processes. */
function checkInterrupting(start: ModdleElement, report: Report): void {
  if (start.isInterrupting !== false || start.$parent?.triggeredByEvent === true) return;
  report(
    idOf(start),
    'start-interrupting',
    {
      en: 'Only the start of an event sub-process can interrupt or not; here isInterrupting has no effect. Remove it.',
      zh: '只有事件子流程的开始事件才有是否中断之分，此处 isInterrupting 不起作用，请删除。',
    },
    'warning',
  );
}
