/** How a scope begins, and that flows stay inside it (BPMN 2.0, 10.4 and 10.5.2). */
import type { GraphElement, ProcessGraph } from '../graph.ts';
import type { Report } from '../report.ts';
import { isStart, type ScopeView, scopesOf } from './walk.ts';

export function checkScopes(graph: ProcessGraph, report: Report): void {
  for (const scope of scopesOf(graph)) {
    if (scope.kind === 'process') checkProcessStart(scope, report);
    else checkSubProcessStart(scope, report);
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

function checkProcessStart({ id, elements }: ScopeView, report: Report): void {
  const starts = elements.filter(isStart);
  if (starts.length === 0) {
    report(id, 'process-start', { en: 'The process has no start event. Add one.', zh: '流程没有开始事件，请添加。' });
  }
  reportSecondPlainStart(starts, report);
}

function checkSubProcessStart({ id, elements }: ScopeView, report: Report): void {
  const starts = elements.filter(isStart);
  if (starts.length !== 1) {
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
