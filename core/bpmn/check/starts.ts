/** What starts an instance: before there is one, nothing can be read, and nothing may be told apart in vain (BPMN 2.0, 10.5.2). */
import { readsOf } from '#core/feel/reads.ts';
import { definitionsOf, type Feel, type GraphElement, insideOf, type ProcessGraph, type SingleEventDefinition } from '../graph.ts';
import type { Report } from '../report.ts';
import { elementsOf } from './walk.ts';

export function checkStarts(graph: ProcessGraph, report: Report): void {
  for (const processId of Object.keys(graph.processes)) {
    const starts = insideOf(graph, processId).filter((element) => element.elementType === 'startEvent');
    for (const start of starts) for (const definition of definitionsOf(start.event)) checkReadsNothing(start, definition, report);
    checkSameNews(starts, report);
  }
  for (const element of elementsOf(graph)) {
    if ('instantiates' in element && element.elementType === 'receiveTask') checkReceiveTask(element, report);
  }
}

function checkReadsNothing({ id }: GraphElement, definition: SingleEventDefinition, report: Report): void {
  const [read] = sourcesOf(definition).flatMap((source) => readsOf(source));
  if (!read) return;
  report(id, 'start-reads-nothing', {
    en: `It is waited for before there is an instance, so there is no variable "${read.path.join('.')}" yet. Write a fixed value.`,
    zh: `等待该事件时尚无实例，因此没有变量“${read.path.join('.')}”；请填写固定值。`,
  });
}

function sourcesOf(definition: SingleEventDefinition): readonly Feel[] {
  switch (definition.kind) {
    case 'timer':
      return [definition.timer.value];
    case 'message':
      return [definition.messageName];
    case 'signal':
      return [definition.signalName];
    default:
      return [];
  }
}

/** One message starts one instance of a process, so it must be clear where. */
function checkSameNews(starts: readonly GraphElement[], report: Report): void {
  const seen = new Map<string, string>();
  for (const start of starts) {
    for (const definition of 'event' in start ? definitionsOf(start.event) : []) {
      if (definition.kind !== 'message') continue;
      const other = seen.get(definition.messageName);
      if (other !== undefined) {
        report(start.id, 'start-message-twice', {
          en: `The same message starts the process at "${other}" too, so it is not clear where it begins. Use another message, or one start event.`,
          zh: `同一消息也在“${other}”启动流程，无法确定从何开始；请使用不同的消息，或只保留一个开始事件。`,
        });
      }
      seen.set(definition.messageName, other ?? start.id);
    }
  }
}

/** BPMN 2.0, 10.3.3: nothing leads to a receive task that starts the instance. */
function checkReceiveTask({ id, incoming }: GraphElement, report: Report): void {
  if (incoming.length === 0) return;
  report(id, 'instantiating-receive-task', {
    en: 'A receive task that starts an instance (instantiate) has no incoming flow. Remove the flow, or instantiate.',
    zh: '用于启动实例的接收任务（instantiate）不能有流入的顺序流；请删除顺序流或取消 instantiate。',
  });
}
