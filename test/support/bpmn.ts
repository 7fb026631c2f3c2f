/** Small diagrams written in a test: what stands between the tags of the process, without pictures. */
import { compileBpmn } from '#core/bpmn/compile.ts';
import { hasErrors } from '#core/bpmn/finding.ts';
import type { ProcessGraph } from '#core/bpmn/graph.ts';

const NAMESPACES =
  'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/** `flows`: `a > b > c` draws the sequence flows between the elements. */
export const smallXml = (elements: string, ...flows: readonly string[]): string => diagramXml(smallProcess('p', elements, ...flows));

/** Several processes, and before them what they refer to: messages, signals, errors. */
export const diagramXml = (...parts: readonly string[]): string =>
  `<bpmn:definitions ${NAMESPACES} id="d" targetNamespace="test">${parts.join('')}</bpmn:definitions>`;

export function smallProcess(id: string, elements: string, ...flows: readonly string[]): string {
  const arrows = flows.flatMap((line) => {
    const ids = line.split('>').map((id) => id.trim());
    return ids
      .slice(1)
      .map((target, index) => `<bpmn:sequenceFlow id="${ids[index]}--${target}" sourceRef="${ids[index]}" targetRef="${target}" />`);
  });
  return `<bpmn:process id="${id}" name="小流程" isExecutable="true">${elements}${arrows.join('')}</bpmn:process>`;
}

export const smallGraph = (elements: string, ...flows: readonly string[]): Promise<ProcessGraph> => graphOf(smallXml(elements, ...flows));

export async function graphOf(xml: string, key = 'small'): Promise<ProcessGraph> {
  const { graph, findings } = await compileBpmn({ key, xml });
  if (!graph || hasErrors(findings)) throw new Error(JSON.stringify(findings));
  return graph;
}

const properties = (values: Readonly<Record<string, string>>): string =>
  `<zeebe:properties>${Object.entries(values)
    .map(([name, value]) => `<zeebe:property name="bihuan:${name}" value="${value.replaceAll('"', '&quot;')}" />`)
    .join('')}</zeebe:properties>`;

export const startEvent = '<bpmn:startEvent id="start" />';
export const endEvent = (id = 'end'): string => `<bpmn:endEvent id="${id}" />`;

export const userTask = (id: string, more: Readonly<Record<string, string>> = {}): string =>
  `<bpmn:userTask id="${id}" name="${id}"><bpmn:extensionElements><zeebe:assignmentDefinition assignee="=&quot;p-wu-tong&quot;" />${properties(more)}</bpmn:extensionElements></bpmn:userTask>`;

export const serviceTask = (
  id: string,
  { type = 'test', retries = 3 }: { readonly type?: string; readonly retries?: number } = {},
): string =>
  `<bpmn:serviceTask id="${id}" name="${id}"><bpmn:extensionElements><zeebe:taskDefinition type="${type}" retries="${retries}" /></bpmn:extensionElements></bpmn:serviceTask>`;

const duration = (text: string): string =>
  `<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">${text}</bpmn:timeDuration></bpmn:timerEventDefinition>`;

export const timerCatch = (id: string, text: string): string =>
  `<bpmn:intermediateCatchEvent id="${id}" name="${id}">${duration(text)}</bpmn:intermediateCatchEvent>`;

export const timerBoundary = (id: string, on: string, text: string): string =>
  `<bpmn:boundaryEvent id="${id}" attachedToRef="${on}">${duration(text)}</bpmn:boundaryEvent>`;
