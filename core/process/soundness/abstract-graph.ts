/**
 * The graph as the exploration runs it, by the interpreter itself: the same elements and flows, but nothing in it is evaluated. A condition
 * reads a choice that the exploration makes, a timer may fire and a message may come at any time, computed values are unknown.
 */
import { computedBy, isCopy } from '#core/bpmn/domain.ts';
import type { EventDefinition, GraphElement, Mapping, ProcessGraph, SequenceFlow, Work } from '#core/bpmn/graph.ts';
import { rootOf } from './sources.ts';
import { UNKNOWN } from './values.ts';

/** The variable by which the exploration says whether a flow is taken. */
export const takeName = (flow: SequenceFlow, graph: ProcessGraph): string => `take_${graph.elements[flow.sourceId]?.outgoing.indexOf(flow.id) ?? 0}`;
/** Its list of a multi-instance activity: read in the scope around it. */
export const ITEMS = 'items_of_loop';
export const ENOUGH = 'enough_of_loop';
/** Whether an element has been asked what it reads. */
export const PROBED = 'probed_element';

export interface Abstracting {
  /** Elements at whose opening the exploration wants to look at the variables. */
  readonly probed: ReadonlySet<string>;
  readonly roots: ReadonlySet<string>;
}

export function abstractGraph(graph: ProcessGraph, how: Abstracting): ProcessGraph {
  const elements = Object.entries(graph.elements).map(([id, element]) => [id, abstractElement(element, how)] as const);
  const flows = Object.entries(graph.flows).map(([id, flow]) => {
    const { condition, ...rest } = flow;
    return [id, condition === undefined ? flow : { ...rest, condition: takeName(flow, graph) }] as const;
  });
  return { ...graph, elements: Object.fromEntries(elements), flows: Object.fromEntries(flows), decisions: {}, forms: {} };
}

const NEVER = 'function(x) x';

function abstractElement(element: GraphElement, how: Abstracting): GraphElement {
  const { phase: _phase, ...base } = element;
  const probe: readonly Mapping[] = how.probed.has(element.id) ? [{ source: `if ${PROBED} = true then null else ${NEVER}`, target: PROBED }] : [];
  const shared = {
    properties: {},
    inputs: [...probe, ...element.inputs.map((mapping) => abstractMapping(mapping, how))],
    outputs: element.outputs.map((mapping) => abstractMapping(mapping, how)),
  };
  const loop = 'multiInstance' in element && element.multiInstance ? { multiInstance: abstractLoop(element.multiInstance) } : {};
  switch (base.elementType) {
    case 'startEvent': {
      const { starters: _starters, formKey: _formKey, ...start } = base;
      return { ...start, ...shared, event: caught(base.event, base.id) };
    }
    case 'endEvent': {
      const { result: _result, ...end } = base;
      return { ...end, ...shared, event: thrown(base.event) };
    }
    case 'intermediateThrowEvent':
      return { ...base, ...shared, event: thrown(base.event) };
    case 'intermediateCatchEvent':
    case 'boundaryEvent': {
      const { action: _action, ...event } = base;
      const isRepeating = base.elementType === 'boundaryEvent' && !base.isInterrupting;
      return { ...event, ...shared, event: caught(base.event, base.id, isRepeating) };
    }
    case 'userTask': {
      const { id, elementType, name, processId, parentId, incoming, outgoing, boundaryIds, defaultFlow, resultVariable } = base;
      const outcomes = base.outcomes.map((outcome) => ({ ...outcome, reason: { kind: 'none' } as const }));
      const kept = { id, elementType, name, processId, parentId, incoming, outgoing, boundaryIds, outcomes, notSameAs: [] };
      return { ...kept, ...shared, ...loop, ...(defaultFlow === undefined ? {} : { defaultFlow }), ...(resultVariable === undefined ? {} : { resultVariable }) };
    }
    case 'callActivity':
      return { ...base, ...shared, ...loop, calledProcessId: '"called"' };
    case 'subProcess':
      return { ...base, ...shared, ...loop };
    case 'exclusiveGateway':
    case 'parallelGateway':
    case 'inclusiveGateway':
    case 'eventBasedGateway':
      return { ...base, ...shared };
    default: {
      // What a script without a result variable sets is told by an output of each.
      const isContext = base.work.kind === 'script' && base.work.resultVariable === '';
      const sets = isContext ? computedBy(element).map((target) => abstractMapping({ source: NEVER, target }, how)) : [];
      return { ...base, ...shared, ...loop, outputs: [...sets, ...shared.outputs], work: abstractWork(base.work, base.id, how) };
    }
  }
}

function abstractMapping({ source, target }: Mapping, how: Abstracting): Mapping {
  if (!how.roots.has(rootOf(target))) return { target, source: 'null' };
  return { target, source: abstractSource(source) };
}

/** Constants and copies of whole variables keep what is known; anything else comes out unknown. */
const abstractSource = (source: string): string =>
  isConstant(source) || (isCopy(source) && !source.includes('.')) ? source : JSON.stringify(UNKNOWN);

const isConstant = (source: string): boolean => /^\s*("[^"\\]*"|-?\d+(\.\d+)?|true|false|null)\s*$/.test(source);

function abstractWork(work: Work, id: string, { roots }: Abstracting): Work {
  switch (work.kind) {
    case 'none':
      return work;
    case 'job':
      return { kind: 'job', jobType: '"job"', retries: '1', headers: {} };
    case 'script':
      if (!roots.has(work.resultVariable)) return { kind: 'none' };
      return { ...work, expression: abstractSource(work.expression) };
    case 'decision':
      if (!roots.has(work.resultVariable)) return { kind: 'none' };
      return { kind: 'script', expression: JSON.stringify(UNKNOWN), resultVariable: work.resultVariable };
    case 'throwMessage':
      return { kind: 'none' };
    case 'catchMessage':
      return { kind: 'catchMessage', messageName: JSON.stringify(id) };
  }
}

function abstractLoop(loop: NonNullable<Extract<GraphElement, { elementType: 'userTask' }>['multiInstance']>) {
  const { inputCollection: _collection, cardinality: _cardinality, completionCondition, outputElement, ...rest } = loop;
  return {
    ...rest,
    inputCollection: ITEMS,
    // What is collected stays with its instance, so its name must be kept.
    ...(outputElement === undefined ? {} : { outputElement: isCopy(outputElement) ? outputElement : 'null' }),
    ...(completionCondition === undefined ? {} : { completionCondition: ENOUGH }),
  };
}

function caught(event: EventDefinition, name: string, isRepeating = false): EventDefinition {
  switch (event.kind) {
    case 'timer': {
      const isCycle = isRepeating && event.timer.kind === 'cycle';
      const timer = isCycle ? { kind: 'cycle' as const, value: '"R/PT1H"' } : { kind: 'duration' as const, value: '"PT1H"' };
      return { kind: 'timer', timer: { ...timer, clock: '"elapsed"' } };
    }
    case 'message':
    case 'conditional':
      return { kind: 'message', messageName: JSON.stringify(name) };
    case 'signal':
      return { kind: 'signal', signalName: isConstant(event.signalName) ? event.signalName : JSON.stringify(name) };
    case 'error':
      return event.errorCode !== undefined && isConstant(event.errorCode) ? event : { kind: 'error' };
    case 'escalation':
      return event.escalationCode !== undefined && isConstant(event.escalationCode) ? event : { kind: 'escalation' };
    default:
      return event;
  }
}

/** What others hear may come to them at any time, so nobody needs to say it. */
function thrown(event: EventDefinition): EventDefinition {
  switch (event.kind) {
    case 'message':
      return event.jobType === undefined ? { kind: 'none' } : { kind: 'message', messageName: '""', jobType: '"job"' };
    case 'signal':
      return { kind: 'none' };
    case 'error':
      return { kind: 'error', errorCode: event.errorCode !== undefined && isConstant(event.errorCode) ? event.errorCode : JSON.stringify(UNKNOWN) };
    case 'escalation':
      return {
        kind: 'escalation',
        escalationCode: event.escalationCode !== undefined && isConstant(event.escalationCode) ? event.escalationCode : JSON.stringify(UNKNOWN),
      };
    default:
      return event;
  }
}
