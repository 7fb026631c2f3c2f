import type { BpmnModdle } from 'bpmn-moddle';
import type { ModdleElement } from '#core/bpmn/moddle.ts';
import { isEdge, isShape, spreadEvents } from './spread-events.ts';

/** A diagram that a modeler saved has its shapes; one that was written by hand is laid out: its first process, without pools. */
export async function withShapes(xml: string): Promise<string> {
  if (/<(\w+:)?BPMNPlane\b/.test(xml)) return xml;
  const [{ BpmnModdle }, { layoutProcess }] = await Promise.all([import('bpmn-moddle'), import('bpmn-auto-layout')]);
  return withSpreadEvents(new BpmnModdle(), await layoutProcess(await withFlowsAtNodes(new BpmnModdle(), xml)));
}

async function withSpreadEvents(moddle: BpmnModdle, xml: string): Promise<string> {
  const { rootElement, elementsById } = await moddle.fromXML(xml, 'bpmn:Definitions');
  const drawn = Object.values(elementsById);
  spreadEvents({
    shapes: drawn.filter(isShape),
    edges: drawn.filter(isEdge),
    create: (type, attributes) => moddle.create(type, attributes),
  });
  return (await moddle.toXML(rootElement)).xml;
}

/** The layout follows what a node says of its flows, which is optional to write (BPMN 2.0, 8.4.9); a flow names its ends always. */
async function withFlowsAtNodes(moddle: BpmnModdle, xml: string): Promise<string> {
  const { rootElement, elementsById } = await moddle.fromXML(xml, 'bpmn:Definitions');
  for (const flow of Object.values(elementsById)) {
    if (flow.$type !== 'bpmn:SequenceFlow') continue;
    noteAt(flow, flow.sourceRef, 'outgoing');
    noteAt(flow, flow.targetRef, 'incoming');
  }
  return (await moddle.toXML(rootElement)).xml;
}

function noteAt(flow: ModdleElement, node: unknown, way: 'incoming' | 'outgoing'): void {
  // A reference that leads nowhere is left out by the reader.
  const flows = (node as Node | undefined)?.get(way);
  if (flows && !flows.includes(flow)) flows.push(flow);
}

interface Node {
  get(way: 'incoming' | 'outgoing'): ModdleElement[];
}
