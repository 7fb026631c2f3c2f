/** Tasks that are not for people: what each of them does. */
import { expressionOf, numberOrFeel, textOrFeel } from './expressions.ts';
import type { Work } from './graph.ts';
import { type Lowering, messageOf, placeOf, reportMissingMessage } from './lowering.ts';
import { elementsIn, extensionOf, idOf, type ModdleElement, textAt, wordOf } from './moddle.ts';

export function workOf(lowering: Lowering, element: ModdleElement): Work | null {
  const word = wordOf(element);
  switch (word) {
    case 'task':
    case 'manualTask':
      return { kind: 'none' };
    case 'receiveTask':
      return receiving(lowering, element);
    case 'sendTask':
      return extensionOf(element, 'zeebe:TaskDefinition') ? job(lowering, element) : sending(lowering, element);
    case 'scriptTask':
      return script(lowering, element);
    case 'businessRuleTask':
      return decision(lowering, element) ?? job(lowering, element);
    case 'serviceTask':
      return job(lowering, element);
    default:
      throw new Error(`${word} is not a task.`);
  }
}

function job(lowering: Lowering, element: ModdleElement): Work {
  const definition = extensionOf(element, 'zeebe:TaskDefinition');
  const jobType = textOrFeel(textAt(definition, 'type'), placeOf(lowering, element, 'the job type'));
  const retries = numberOrFeel(textAt(definition, 'retries'), placeOf(lowering, element, 'the retries'));
  if (jobType === undefined) {
    // Plain BPMN says no more than this; the element's id is a name that whoever does the work can know.
    lowering.report(
      idOf(element),
      'job-typed',
      {
        en: `No zeebe:taskDefinition gives a job type, so it is "${idOf(element)}". Give one that says who does the work.`,
        zh: `未用 zeebe:taskDefinition 指定作业类型，将使用“${idOf(element)}”。请填写由谁执行。`,
      },
      'warning',
    );
  }
  const headers: Record<string, string> = {};
  for (const header of elementsIn(extensionOf(element, 'zeebe:TaskHeaders'), 'values')) {
    const key = textAt(header, 'key');
    if (key !== undefined) headers[key] = textAt(header, 'value') ?? '';
  }
  return { kind: 'job', jobType: jobType ?? JSON.stringify(idOf(element)), retries: retries ?? '3', headers };
}

function script(lowering: Lowering, element: ModdleElement): Work {
  const zeebe = extensionOf(element, 'zeebe:Script');
  const place = placeOf(lowering, element, 'the script');
  if (zeebe) {
    const expression = expressionOf(textAt(zeebe, 'expression'), place);
    const resultVariable = textAt(zeebe, 'resultVariable');
    if (expression === undefined || resultVariable === undefined) {
      lowering.report(place.elementId, 'script-complete', {
        en: 'zeebe:script needs an expression and a result variable.',
        zh: 'zeebe:script 须同时设置表达式与结果变量。',
      });
    }
    return { kind: 'script', expression: expression ?? 'null', resultVariable: resultVariable ?? '' };
  }
  const source = textAt(element, 'script');
  if (source === undefined || extensionOf(element, 'zeebe:TaskDefinition')) return job(lowering, element);
  const format = textAt(element, 'scriptFormat');
  if (format === undefined || !/feel/i.test(format)) {
    lowering.report(place.elementId, 'expression-language', {
      en: `The script is written in "${format ?? 'an unnamed language'}". Write it in FEEL (scriptFormat="feel"; a context sets variables), or do it as a job.`,
      zh: `脚本语言“${format ?? '未注明'}”不受支持，请改用 FEEL（scriptFormat="feel"，返回的上下文即变量），或改为作业。`,
    });
    return { kind: 'none' };
  }
  // Plain BPMN names no result variable: the members of the context that it gives are set.
  return { kind: 'script', expression: expressionOf(source, place) ?? 'null', resultVariable: '' };
}

function decision(lowering: Lowering, element: ModdleElement): Work | null {
  const called = extensionOf(element, 'zeebe:CalledDecision');
  if (!called) return null;
  const decisionId = textOrFeel(textAt(called, 'decisionId'), placeOf(lowering, element, 'the called decision'));
  const resultVariable = textAt(called, 'resultVariable');
  if (decisionId === undefined || resultVariable === undefined) {
    lowering.report(idOf(element), 'decision-complete', {
      en: 'zeebe:calledDecision needs a decision id and a result variable.',
      zh: 'zeebe:calledDecision 须同时设置决策编号与结果变量。',
    });
  }
  return { kind: 'decision', decisionId: decisionId ?? '""', resultVariable: resultVariable ?? '' };
}

function sending(lowering: Lowering, element: ModdleElement): Work {
  const { messageName, ...rest } = messageOf(lowering, element, element);
  return messageName === undefined ? job(lowering, element) : { kind: 'throwMessage', messageName, ...rest };
}

function receiving(lowering: Lowering, element: ModdleElement): Work | null {
  const { messageName, ...rest } = messageOf(lowering, element, element);
  if (messageName === undefined) {
    reportMissingMessage(lowering, element);
    return null;
  }
  return { kind: 'catchMessage', messageName, ...rest };
}
