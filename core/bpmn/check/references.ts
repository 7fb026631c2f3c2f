/** Whatever a diagram names must be there: forms, decisions, called processes. */
import type { GraphElement, ProcessGraph } from '../graph.ts';
import type { Report } from '../report.ts';
import { elementsOf } from './walk.ts';

/** Which sets came with the diagram: what did not come cannot be checked. */
export interface Known {
  readonly forms: boolean;
  readonly decisions: boolean;
  /** Processes of other files. */
  readonly published: readonly string[];
}

export function checkReferences(graph: ProcessGraph, known: Known, report: Report): void {
  for (const element of elementsOf(graph)) {
    if (known.forms) checkForm(graph, element, report);
    if (known.decisions) checkDecision(graph, element, report);
    checkCalled(graph, element, known, report);
    checkAction(graph, element, report);
  }
}

function checkForm(graph: ProcessGraph, element: GraphElement, report: Report): void {
  const formKey = 'formKey' in element ? element.formKey : undefined;
  if (formKey === undefined || formKey in graph.forms) return;
  report(element.id, 'unknown-form', {
    en: `There is no form "${formKey}". Put forms/${formKey}.json beside the diagram, or choose another form.`,
    zh: `没有表单“${formKey}”。请在图旁提供 forms/${formKey}.json，或选择其他表单。`,
  });
}

function checkDecision(graph: ProcessGraph, element: GraphElement, report: Report): void {
  if (!('work' in element) || element.work.kind !== 'decision') return;
  const decisionId = textLiteral(element.work.decisionId);
  if (decisionId === null || decisionId in graph.decisions) return;
  report(element.id, 'unknown-decision', {
    en: `There is no decision "${decisionId}". Put a .dmn file with it beside the diagram, or choose another decision.`,
    zh: `没有决策“${decisionId}”。请在图旁提供含该决策的 .dmn 文件，或选择其他决策。`,
  });
}

function checkCalled(graph: ProcessGraph, element: GraphElement, { published }: Known, report: Report): void {
  if (element.elementType !== 'callActivity') return;
  const processId = textLiteral(element.calledProcessId);
  if (processId === null || processId in graph.processes || published.includes(processId)) return;
  report(
    element.id,
    'called-process',
    {
      en: `The called process "${processId}" is not in this file. It must be published before an instance comes here.`,
      zh: `被调用的流程“${processId}”不在本文件中，实例到达此处前须已发布。`,
    },
    'warning',
  );
}

function checkAction({ elements }: ProcessGraph, element: GraphElement, report: Report): void {
  const notWhile = 'action' in element ? element.action?.notWhile : undefined;
  if (notWhile === undefined || elements[notWhile]?.processId === element.processId) return;
  report(element.id, 'not-while', {
    en: `bihuan:action: notWhile names "${notWhile}", which is not an element of this process. Name one that is.`,
    zh: `bihuan:action 的 notWhile 中的“${notWhile}”不是本流程的元素，请更正。`,
  });
}

/** The text of a FEEL text literal; null for an expression whose value is not known yet. */
export function textLiteral(source: string): string | null {
  try {
    const value: unknown = JSON.parse(source);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}
