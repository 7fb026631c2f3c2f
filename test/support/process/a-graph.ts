/** Diagrams for tests, written as a list of elements and flows instead of XML. */
import { compileBpmn } from '#core/bpmn/compile.ts';
import type { ProcessGraph } from '#core/bpmn/graph.ts';

const HEAD =
  '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="t">';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export function element(tag: string, id: string, attributes: Readonly<Record<string, string>> = {}, inner = ''): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  return `<bpmn:${tag} id="${id}"${written.join('')}>${inner}</bpmn:${tag}>`;
}

export const extensions = (...inner: readonly string[]): string =>
  inner.length === 0 ? '' : `<bpmn:extensionElements>${inner.join('')}</bpmn:extensionElements>`;

export const properties = (pairs: Readonly<Record<string, string>>): string =>
  `<zeebe:properties>${Object.entries(pairs)
    .map(([name, value]) => `<zeebe:property name="bihuan:${name}" value="${escaped(value)}"/>`)
    .join('')}</zeebe:properties>`;

export const assignment = (attributes: Readonly<Record<string, string>>): string =>
  `<zeebe:assignmentDefinition${Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('')}/>`;

/** A user task of team t with `bihuan:*` properties. */
export const userTask = (
  id: string,
  pairs: Readonly<Record<string, string>> = {},
  inner = '',
  attributes: Readonly<Record<string, string>> = {},
): string => element('userTask', id, attributes, extensions(assignment({ candidateGroups: 'team:t' }), properties(pairs)) + inner);

export const timer = (kind: 'Date' | 'Duration' | 'Cycle', text: string): string =>
  `<bpmn:timerEventDefinition><bpmn:time${kind}>${escaped(text)}</bpmn:time${kind}></bpmn:timerEventDefinition>`;

/** `a b` is a flow from a to b; `a b =x > 1` one with a condition. Its id is `a--b`. */
export const flows = (...lines: readonly string[]): string =>
  lines
    .map((line) => {
      const [source = '', target = '', ...condition] = line.split(' ');
      const inner = condition.length === 0 ? '' : `<bpmn:conditionExpression>${escaped(condition.join(' '))}</bpmn:conditionExpression>`;
      return element('sequenceFlow', `${source}--${target}`, { sourceRef: source, targetRef: target }, inner);
    })
    .join('');

export const xmlOf = (...inner: readonly string[]): string => xmlWith([], inner);

export const xmlWith = (roots: readonly string[], inner: readonly string[]): string =>
  `${HEAD}${roots.join('')}${element('process', 'p', { isExecutable: 'true' }, inner.join(''))}</bpmn:definitions>`;

/** Compiles one process `p`; roots such as messages stand before it. */
export async function aGraph(inner: readonly string[], roots: readonly string[] = [], key = 'test'): Promise<ProcessGraph> {
  const { graph, findings } = await compileBpmn({ key, xml: xmlWith(roots, inner) });
  if (!graph) throw new Error(findings.map(({ elementId, message }) => `${elementId}: ${message}`).join('\n'));
  return graph;
}
