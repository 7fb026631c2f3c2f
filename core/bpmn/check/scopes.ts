/** How a scope begins, and that flows stay inside it (BPMN 2.0, 10.4 and 10.5.2). */
import { definitionsOf, type GraphElement, implicitStarts, isEventSubProcess, type ProcessGraph } from '../graph.ts';
import type { Report } from '../report.ts';
import { boundariesOf, entriesOf, isStart, type ScopeView, scopesOf } from './walk.ts';

export function checkScopes(graph: ProcessGraph, report: Report): void {
  for (const scope of scopesOf(graph)) {
    if (scope.kind === 'process') checkProcessStart(graph, scope, report);
    else if (scope.kind === 'eventSubProcess') checkEventSubProcess(graph, scope, report);
    else if (scope.kind === 'adHocSubProcess') checkAdHoc(scope, report);
    else checkSubProcessStart(graph, scope, report);
  }
  for (const flow of Object.values(graph.flows)) {
    const [source, target] = [graph.elements[flow.sourceId], graph.elements[flow.targetId]];
    if (!source || !target) {
      report(flow.id, 'flow-connects', {
        en: 'The sequence flow must lead from a flow element to a flow element. Draw it anew.',
        zh: '顺序流的两端必须是流程元素，请重新绘制。',
      });
    } else if (source.parentId !== target.parentId || source.processId !== target.processId) {
      report(flow.id, 'flow-in-scope', {
        en: `The sequence flow crosses the border of a process or sub-process (${source.id} → ${target.id}). Use a boundary event, or a message between processes.`,
        zh: `顺序流穿越了流程或子流程的边界（${source.id} → ${target.id}），请改用边界事件，或用消息连接流程。`,
      });
    }
  }
}

function checkProcessStart(graph: ProcessGraph, scope: ScopeView, report: Report): void {
  const starts = scope.elements.filter(isStart);
  if (entriesOf(graph, scope).every(isEventSubProcess)) {
    report(scope.id, 'process-start', { en: 'The process has no start event. Add one.', zh: '流程没有开始事件，请添加。' });
  }
  reportSecondPlainStart(starts, report);
  for (const start of starts) {
    const inner = definitionsOf(start.event).find(({ kind }) => IN_EVENT_SUB_PROCESS_ONLY.has(kind));
    if (!inner) continue;
    report(start.id, 'start-event-place', {
      en: `No process starts by ${inner.kind}. Put this start event into an event sub-process, or give it another trigger.`,
      zh: `流程不能由 ${inner.kind} 启动，请放入事件子流程，或改用其他触发器。`,
    });
  }
}

const IN_EVENT_SUB_PROCESS_ONLY: ReadonlySet<string> = new Set(['error', 'escalation', 'compensation']);
/** What happens inside a scope and cannot be passed over. */
const ALWAYS_INTERRUPTING: ReadonlySet<string> = new Set(['error']);

/** BPMN 2.0, 10.3.5: triggered by one event, and nothing leads into it or out of it. */
function checkEventSubProcess(graph: ProcessGraph, { id, elements }: ScopeView, report: Report): void {
  const starts = elements.filter(isStart);
  const [start, ...more] = starts;
  if (!start || more.length > 0) {
    report(id, 'event-sub-process-start', {
      en: `The event sub-process has ${starts.length} start events. It needs exactly one.`,
      zh: `事件子流程有 ${starts.length} 个开始事件，应当恰好一个。`,
    });
  }
  const element = graph.elements[id];
  if (element && (element.incoming.length > 0 || element.outgoing.length > 0 || boundariesOf(graph, element).length > 0)) {
    report(id, 'event-sub-process-flow', {
      en: 'An event sub-process is triggered by its start event: no sequence flow and no boundary event may be attached to it. Remove them.',
      zh: '事件子流程由其开始事件触发，不能连接顺序流或边界事件，请删除。',
    });
  }
  if (start?.event.kind === 'none') {
    report(start.id, 'event-sub-process-start', {
      en: 'The start event of an event sub-process must say what triggers it. Choose a message, timer, signal, condition, error, escalation or compensation.',
      zh: '事件子流程的开始事件必须指定触发器（消息、定时、信号、条件、错误、升级或补偿）。',
    });
  }
  if (start && start.isInterrupting === false && definitionsOf(start.event).some(({ kind }) => ALWAYS_INTERRUPTING.has(kind))) {
    report(start.id, 'error-interrupts', {
      en: 'An error always ends what runs. Make this start event interrupting.',
      zh: '错误总会中断，请将该开始事件设为中断型。',
    });
  }
}

/** BPMN 2.0, 10.3.5: no start and no end events. */
function checkAdHoc({ id, elements }: ScopeView, report: Report): void {
  for (const element of elements) {
    if (element.elementType !== 'startEvent' && element.elementType !== 'endEvent') continue;
    report(element.id, 'ad-hoc-events', {
      en: 'An ad-hoc sub-process has neither start nor end events. Remove this one.',
      zh: '即席子流程不能包含开始或结束事件，请删除。',
    });
  }
  if (elements.some((element) => 'boundaryIds' in element)) return;
  report(id, 'ad-hoc-activities', {
    en: 'The ad-hoc sub-process has no activity. Draw at least one in it.',
    zh: '即席子流程中没有活动，请至少绘制一个。',
  });
}

function checkSubProcessStart(graph: ProcessGraph, { id, elements }: ScopeView, report: Report): void {
  const starts = elements.filter(isStart);
  if (starts.length > 1 || (starts.length === 0 && implicitStarts(graph, id).length === 0)) {
    report(id, 'sub-process-start', {
      en: `The sub-process has ${starts.length} start events. It needs exactly one.`,
      zh: `子流程有 ${starts.length} 个开始事件，应当恰好一个。`,
    });
  }
  for (const start of starts) {
    if (start.event.kind === 'none') continue;
    report(start.id, 'sub-process-start', {
      en: `A sub-process begins by itself: its start event must not wait for a ${start.event.kind}. Remove the trigger.`,
      zh: `子流程自行开始，其开始事件不能等待 ${start.event.kind}，请去掉触发器。`,
    });
  }
}

function reportSecondPlainStart(starts: readonly GraphElement[], report: Report): void {
  const [, ...more] = starts.filter((start) => isStart(start) && start.event.kind === 'none');
  for (const start of more) {
    report(start.id, 'process-start', {
      en: 'The process has another start event without a trigger, so it is not clear where it begins. Keep one, or give this one a trigger.',
      zh: '流程有多个无触发器的开始事件，无法确定从何开始。请保留一个，或为其设置触发器。',
    });
  }
}
