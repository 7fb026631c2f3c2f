import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { LocalizedText } from '#core/text.ts';

/** As people read it. A start event without a name of its own goes by its flow's; an element that is not in this version, by its id. */
export function elementName(graph: ProcessGraph, elementId: string): LocalizedText {
  const element = graph.elements[elementId];
  if (!element) return { 'zh-CN': elementId };
  // The compiler gives the id to what has no name.
  return element.elementType === 'startEvent' && element.name['zh-CN'] === elementId ? graph.name : element.name;
}
