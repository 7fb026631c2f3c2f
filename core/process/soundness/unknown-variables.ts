/**
 * Variables that are read and that nothing can ever set: mistyped ones. Told where that is known: a member `outcome` is what a user task
 * gives, and a start with a form gives what the form gives. Any other may come from whoever starts or calls the process.
 */
import { computedBy, type FormFacts } from '#core/bpmn/domain.ts';
import { type ElementRead, readsOfElement } from '#core/bpmn/element-reads.ts';
import type { Finding } from '#core/bpmn/finding.ts';
import type { GraphElement, ProcessGraph } from '#core/bpmn/graph.ts';
import { isAnswered, isGiven } from './missing-variables.ts';
import { rootOf } from './sources.ts';

export function unknownVariables(graph: ProcessGraph, facts?: FormFacts): readonly Finding[] {
  const elements = Object.values(graph.elements);
  const set = new Set(elements.flatMap((element) => setBy(element, facts)));
  const isClosed = new Map(
    Object.keys(graph.processes).map((id) => [id, elements.every((element) => element.processId !== id || !bringsUnknown(element, facts))]),
  );
  return elements.flatMap((element) => {
    const unknown = new Map<string, ElementRead>();
    for (const read of readsOfElement(graph, element)) {
      const [root = '', member] = read.path;
      const isResult = member === 'outcome' || isClosed.get(element.processId) === true;
      // What is read of an own result is known to whoever gives it.
      if (
        !isResult ||
        set.has(root) ||
        isGiven(graph, element, root) ||
        (read.when === 'exit' && isAnswered(element) && member !== 'outcome')
      )
        continue;
      unknown.set(root, read);
    }
    return [...unknown].map(
      ([root, { source }]): Finding => ({
        elementId: element.id,
        rule: 'variable-unknown',
        severity: 'warning',
        message: `"${source}" reads ${root}, which nothing here ever sets: it is always null. Mend the name, or set it.`,
        messageZh: `“${source}”读取变量 ${root}，但没有任何地方设置它，其值恒为空；请更正名称，或设置该变量。`,
      }),
    );
  });
}

function setBy(element: GraphElement, facts?: FormFacts): readonly string[] {
  const form = 'formKey' in element && element.formKey !== undefined ? facts?.[element.formKey] : undefined;
  const loop = 'multiInstance' in element ? element.multiInstance : undefined;
  return [
    ...computedBy(element),
    ...('resultVariable' in element && element.resultVariable !== undefined ? [element.resultVariable] : []),
    ...[loop?.inputElement, loop?.outputElement, loop?.outputCollection].flatMap((name) => name ?? []),
    ...('locals' in element ? (element.locals ?? []) : []),
    ...Object.keys(form ?? {}),
    ...(element.elementType === 'userTask' ? ['outcome'] : []),
  ].map(rootOf);
}

/** Anything may come into the process by it: a start without a known form, or an answer that is taken over as it is. */
function bringsUnknown(element: GraphElement, facts?: FormFacts): boolean {
  if (element.elementType === 'startEvent')
    return (
      element.parentId === null &&
      (element.event.kind !== 'none' || element.formKey === undefined || facts?.[element.formKey] === undefined)
    );
  if (element.elementType === 'userTask') return element.formKey !== undefined && facts?.[element.formKey] === undefined;
  const isMapped = element.outputs.length > 0 || ('resultVariable' in element && element.resultVariable !== undefined);
  const isMessage = 'event' in element && /^(message|signal|multiple|error|escalation)$/.test(element.event.kind);
  return !isMapped && (isAnswered(element) || isMessage);
}
