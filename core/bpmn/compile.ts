/**
 * BPMN XML → `ProcessGraph` and findings. The graph is there as soon as the file could be lowered completely; it may be used only where
 * no finding is an error. Stays outside the workflow bundle, which gets graphs only.
 */
import type { CompiledDecision } from '#core/decision/compiled.ts';
import { checkGraph } from './check/check.ts';
import { checkDefinitions } from './check/definitions.ts';
import { checkElement, refuseType } from './check-vocabulary.ts';
import { type Finding, hasErrors } from './finding.ts';
import type { ProcessDefinition, ProcessGraph } from './graph.ts';
import { innerElements } from './lower-activity.ts';
import { lowerContainer, lowerNodes } from './lower-container.ts';
import type { Lowering } from './lowering.ts';
import { elementAt, elementsIn, idOf, type ModdleElement } from './moddle.ts';
import { parseBpmn } from './parse.ts';
import { localizedName, readProperties } from './properties.ts';
import { type Report, reportInto } from './report.ts';
import { ROOT_TYPES } from './vocabulary.ts';

export interface BpmnSource {
  /** The flow key: folder name and workflow type. */
  readonly key: string;
  /** The flow's name; absent: that of its first process. */
  readonly name?: ProcessGraph['name'];
  readonly xml: string;
  /** Absent: which decisions exist is not known, and references to them are not checked; so with forms. */
  readonly decisions?: Readonly<Record<string, CompiledDecision>>;
  /** Form key → hash of the Questionnaire. */
  readonly forms?: Readonly<Record<string, string>>;
  /** Processes of other files that are published before this one is run. */
  readonly published?: readonly string[];
}

export interface CompiledBpmn {
  readonly graph: ProcessGraph | null;
  readonly findings: readonly Finding[];
}

export async function compileBpmn(source: BpmnSource): Promise<CompiledBpmn> {
  const findings: Finding[] = [];
  const report = reportInto(findings);
  const definitions = await parseBpmn(source.xml, report);
  if (!definitions) return { graph: null, findings };
  checkDefinitions(definitions, report);
  const lowering = beginLowering(definitions, report);
  const processes = lowerProcesses(lowering);
  if (hasErrors(findings)) return { graph: null, findings };
  const [first] = Object.values(processes);
  const graph: ProcessGraph = {
    format: 1,
    key: source.key,
    name: source.name ?? first?.name ?? { 'zh-CN': source.key },
    processes,
    elements: lowering.elements,
    flows: lowering.flows,
    decisions: source.decisions ?? {},
    forms: source.forms ?? {},
  };
  const { published = [] } = source;
  checkGraph(graph, { forms: source.forms !== undefined, decisions: source.decisions !== undefined, published }, report);
  return { graph, findings };
}

function beginLowering(definitions: ModdleElement, report: Report): Lowering {
  const incoming = new Map<string, string[]>();
  const outgoing = new Map<string, string[]>();
  const boundaries = new Map<string, string[]>();
  const note = (map: Map<string, string[]>, key: string | undefined, id: string | undefined): void => {
    if (key !== undefined && id !== undefined) map.set(key, [...(map.get(key) ?? []), id]);
  };
  for (const element of processesOf(definitions).flatMap(allInside)) {
    if (element.$type === 'bpmn:SequenceFlow') {
      note(outgoing, elementAt(element, 'sourceRef')?.id, element.id);
      note(incoming, elementAt(element, 'targetRef')?.id, element.id);
    }
    if (element.$type === 'bpmn:BoundaryEvent') note(boundaries, elementAt(element, 'attachedToRef')?.id, element.id);
  }
  const [handlers, messageFlows] = [handlersOf(definitions), messageFlowsOf(definitions)];
  return { report, definitions, elements: {}, flows: {}, incoming, outgoing, boundaries, handlers, messageFlows };
}

/** Associations are artifacts, and artifacts stand in any container. */
function handlersOf(definitions: ModdleElement): ReadonlyMap<string, string> {
  const collaborations = elementsIn(definitions, 'rootElements').filter(({ $type }) => $type === 'bpmn:Collaboration');
  const containers = [...collaborations, ...processesOf(definitions).flatMap((process) => [process, ...allInside(process)])];
  const handlers = new Map<string, string>();
  for (const association of containers.flatMap((container) => elementsIn(container, 'artifacts'))) {
    const [source, target] = [elementAt(association, 'sourceRef'), elementAt(association, 'targetRef')];
    if (source?.$type === 'bpmn:BoundaryEvent' && source.id && target?.id) handlers.set(source.id, target.id);
  }
  return handlers;
}

const processesOf = (definitions: ModdleElement): readonly ModdleElement[] =>
  elementsIn(definitions, 'rootElements').filter(({ $type }) => $type === 'bpmn:Process');

const allInside = (container: ModdleElement): readonly ModdleElement[] =>
  innerElements(container).flatMap((element) => [element, ...allInside(element)]);

function messageFlowsOf(definitions: ModdleElement): ReadonlyMap<string, ModdleElement> {
  const flows = new Map<string, ModdleElement>();
  for (const collaboration of elementsIn(definitions, 'rootElements').filter(({ $type }) => $type === 'bpmn:Collaboration')) {
    for (const flow of elementsIn(collaboration, 'messageFlows')) {
      for (const end of [elementAt(flow, 'sourceRef'), elementAt(flow, 'targetRef')]) if (end?.id) flows.set(end.id, flow);
    }
  }
  return flows;
}

/** A global task is a process of this one task (BPMN 2.0, 10.3.6): call activities call it like any other. */
function lowerGlobalTask(lowering: Lowering, element: ModdleElement, processes: Record<string, ProcessDefinition>): void {
  const processId = idOf(element);
  const type = element.$type.replace('Global', '');
  const task = { ...element, $type: type, $attrs: element.$attrs ?? {}, id: `${processId}-task`, scriptFormat: element.scriptLanguage };
  const elementIds = lowerNodes(lowering, [task], { processId, parentId: null });
  processes[processId] = {
    id: processId,
    name: localizedName(element, readProperties(element, lowering.report)),
    isExecutable: true,
    elementIds,
  };
}

function lowerProcesses(lowering: Lowering): Readonly<Record<string, ProcessDefinition>> {
  const processes: Record<string, ProcessDefinition> = {};
  for (const element of elementsIn(lowering.definitions, 'rootElements')) {
    // Event definitions at the root are used by reference, which is refused where it stands.
    if (!ROOT_TYPES.has(element.$type) && !element.$type.endsWith('EventDefinition')) refuseType(element, lowering.report);
    if (element.$type.startsWith('bpmn:Global')) lowerGlobalTask(lowering, element, processes);
    if (element.$type !== 'bpmn:Process') continue;
    checkElement(element, lowering.report);
    const id = idOf(element);
    const name = localizedName(element, readProperties(element, lowering.report));
    const isExecutable = element.isExecutable === true;
    processes[id] = { id, name, isExecutable, elementIds: lowerContainer(lowering, element, { processId: id, parentId: null }) };
  }
  if (Object.keys(processes).length === 0) {
    lowering.report('definitions', 'process-given', { en: 'The file has no process. Draw one.', zh: '文件中没有流程，请绘制流程。' });
  }
  return processes;
}
