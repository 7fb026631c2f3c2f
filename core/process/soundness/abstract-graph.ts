/**
 * The graph as the exploration runs it, by the interpreter itself: the same elements and flows, but nothing in it is evaluated. A condition
 * reads a choice that the exploration makes, a timer may fire and a message may come at any time, computed values are unknown.
 */
import { computedBy, isCopy } from '#core/bpmn/domain.ts';
import type {
  EventDefinition,
  GraphElement,
  Mapping,
  MultiInstance,
  MultiInstanceBehavior,
  ProcessGraph,
  SequenceFlow,
  SingleEventDefinition,
  UserTask,
  Work,
} from '#core/bpmn/graph.ts';
import { readsOf } from '#core/feel/reads.ts';
import { rootOf } from './sources.ts';
import { UNKNOWN } from './values.ts';

/** Variables by which the exploration answers what an element asks. They live for one step. */
export const isAnswer = (name: string): boolean => name.startsWith('answer_');
/** Is the flow taken? */
export const takeName = (flow: SequenceFlow, graph: ProcessGraph): string =>
  `answer_take_${graph.elements[flow.sourceId]?.outgoing.indexOf(flow.id) ?? 0}`;
/** The list of a multi-instance activity: read in the scope around it. */
export const ITEMS = 'answer_items';
/** Has a loop, or an ad-hoc sub-process, done enough? */
export const ENOUGH = 'answer_enough';
/** Does a standard loop go round once more, after so many rounds? */
export const AGAIN = 'answer_again';
export const ROUNDS = 'answer_rounds';
/** Does an instance of a loop throw this one of its events? */
export const throwsName = (index: number): string => `answer_throws_${index}`;
/** Whether an element has been asked what it reads. */
export const PROBED = 'answer_probed';

export interface Abstracting {
  /** Elements at whose opening the exploration wants to look at the variables. */
  readonly probed: ReadonlySet<string>;
  readonly roots: ReadonlySet<string>;
}

export function abstractGraph(graph: ProcessGraph, how: Abstracting): ProcessGraph {
  const elements = Object.entries(graph.elements).map(([id, element]) => [id, abstractElement(element, how)] as const);
  const flows = Object.entries(graph.flows).map(([id, flow]) => {
    const { condition } = flow;
    const isKept =
      condition === undefined ||
      (graph.elements[flow.sourceId]?.elementType === 'complexGateway' && readsOnly(condition, ['waitingForStart']));
    return [id, isKept ? flow : { ...flow, condition: takeName(flow, graph) }] as const;
  });
  return { ...graph, elements: Object.fromEntries(elements), flows: Object.fromEntries(flows), decisions: {}, forms: {} };
}

/** What no expression may give, so that the interpreter stops. */
const NEVER = 'function(x) x';
/** What a priority and a number of retries may be, so that asking by one of these is cheap. */
export const IS_PROBED = 1;

function abstractElement(element: GraphElement, how: Abstracting): GraphElement {
  const { phase: _phase, ...base } = element;
  const isProbed = how.probed.has(element.id);
  const isAskedBefore = isProbed && !isJob(element) && element.elementType !== 'userTask';
  const probe: readonly Mapping[] = isAskedBefore
    ? [{ source: `if ${PROBED} = ${IS_PROBED} then null else ${NEVER}`, target: PROBED }]
    : [];
  const shared = {
    properties: {},
    inputs: [...probe, ...element.inputs.map((mapping) => abstractMapping(mapping, how))],
    outputs: element.outputs.map((mapping) => abstractMapping(mapping, how)),
  };
  const rounds = {
    ...('multiInstance' in base && base.multiInstance ? { multiInstance: abstractInstances(base.multiInstance) } : {}),
    ...('loop' in base && base.loop
      ? { loop: { testBefore: base.loop.testBefore, condition: `if ${ROUNDS} = loopCounter then ${AGAIN} else null` } }
      : {}),
  };
  switch (base.elementType) {
    case 'startEvent': {
      const { starters: _starters, formKey: _formKey, ...start } = base;
      return { ...start, ...shared, event: caught(base.event, base.id, base.isInterrupting === false) };
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
      return { ...event, ...shared, event: caught(base.event, base.id, base.elementType === 'boundaryEvent' && !base.isInterrupting) };
    }
    case 'userTask':
      return { ...withoutPeople(base), ...shared, ...rounds, ...(isProbed ? { priority: PROBED } : {}) };
    case 'callActivity':
      return { ...base, ...shared, ...rounds, calledProcessId: '"called"' };
    case 'adHocSubProcess': {
      const { activeElements: _elements, completionCondition, ...adHoc } = base;
      return { ...adHoc, ...shared, ...rounds, ...(completionCondition === undefined ? {} : { completionCondition: ENOUGH }) };
    }
    case 'subProcess':
    case 'transaction':
    case 'eventSubProcess':
      return { ...base, ...shared, ...rounds };
    case 'complexGateway': {
      const condition = base.activationCondition;
      const isKept = condition === undefined || readsOnly(condition, ['activationCount', ...base.incoming]);
      return { ...base, ...shared, ...(isKept ? {} : { activationCondition: 'activationCount >= 1' }) };
    }
    case 'exclusiveGateway':
    case 'parallelGateway':
    case 'inclusiveGateway':
    case 'eventBasedGateway':
      return { ...base, ...shared };
    default: {
      // What a script without a result variable sets is told by an output of each.
      const isContext = base.work.kind === 'script' && base.work.resultVariable === '';
      const sets = isContext ? computedBy(element).map((target) => abstractMapping({ source: NEVER, target }, how)) : [];
      return { ...base, ...shared, ...rounds, outputs: [...sets, ...shared.outputs], work: abstractWork(base.work, base.id, how) };
    }
  }
}

/** A complex gateway counts tokens, which the interpreter knows. */
const readsOnly = (source: string, names: readonly string[]): boolean =>
  readsOf(source).every(({ path: [root = ''] }) => names.includes(root));

function withoutPeople(task: Omit<UserTask, 'phase'>): Omit<UserTask, 'phase'> {
  const { formKey: _form, assignee: _assignee, candidateUsers: _users, candidateGroups: _groups, dueDate: _due, ...rest } = task;
  const { followUpDate: _followUp, priority: _priority, deadline: _deadline, side: _side, ...kept } = rest;
  return { ...kept, outcomes: task.outcomes.map((outcome) => ({ ...outcome, reason: { kind: 'none' } })), notSameAs: [] };
}

function abstractMapping({ source, target }: Mapping, how: Abstracting): Mapping {
  if (!how.roots.has(rootOf(target))) return { target, source: 'null' };
  return { target, source: abstractSource(source) };
}

/** Constants and copies of whole variables keep what is known; anything else comes out unknown. */
const abstractSource = (source: string): string =>
  isConstant(source) || (isCopy(source) && !source.includes('.')) ? source : JSON.stringify(UNKNOWN);

const isConstant = (source: string): boolean => /^\s*("[^"\\]*"|-?\d+(\.\d+)?|true|false|null)\s*$/.test(source);

const isJob = (element: GraphElement): boolean => 'work' in element && element.work.kind === 'job';

function abstractWork(work: Work, id: string, { roots, probed }: Abstracting): Work {
  switch (work.kind) {
    case 'none':
      return work;
    case 'job':
      return { kind: 'job', jobType: '"job"', retries: probed.has(id) ? PROBED : '1', headers: {} };
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

function abstractInstances(loop: MultiInstance): MultiInstance {
  const { inputCollection: _collection, cardinality: _cardinality, completionCondition, outputElement, behavior, ...rest } = loop;
  return {
    ...rest,
    inputCollection: ITEMS,
    // What is collected stays with its instance, so its name must be kept.
    ...(outputElement === undefined ? {} : { outputElement: isCopy(outputElement) ? outputElement : 'null' }),
    ...(completionCondition === undefined ? {} : { completionCondition: ENOUGH }),
    ...(behavior ? { behavior: abstractBehavior(behavior) } : {}),
  };
}

function abstractBehavior(behavior: MultiInstanceBehavior): MultiInstanceBehavior {
  if (behavior.kind !== 'complex') return { ...behavior, event: thrownOne(behavior.event) };
  return {
    kind: 'complex',
    definitions: behavior.definitions.map(({ event }, index) => ({ condition: throwsName(index), event: thrownOne(event) })),
  };
}

const eachOf = (
  event: EventDefinition,
  change: (definition: SingleEventDefinition, index: number) => SingleEventDefinition,
): EventDefinition => (event.kind === 'multiple' ? { ...event, definitions: event.definitions.map(change) } : change(event, 0));

const caught = (event: EventDefinition, id: string, isRepeating = false): EventDefinition =>
  eachOf(event, (definition, index) => caughtOne(definition, `${id} ${index}`, isRepeating));

const thrown = (event: EventDefinition): EventDefinition => eachOf(event, thrownOne);

function caughtOne(event: SingleEventDefinition, name: string, isRepeating: boolean): SingleEventDefinition {
  switch (event.kind) {
    case 'timer': {
      const isCycle = isRepeating && event.timer.kind === 'cycle';
      const timer = isCycle ? { kind: 'cycle' as const, value: '"R/PT1H"' } : { kind: 'duration' as const, value: '"PT1H"' };
      return { kind: 'timer', timer: { ...timer, clock: '"elapsed"' } };
    }
    // A condition may become true at any time.
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
function thrownOne(event: SingleEventDefinition): SingleEventDefinition {
  switch (event.kind) {
    case 'message':
      return event.jobType === undefined ? { kind: 'none' } : { kind: 'message', messageName: '""', jobType: '"job"' };
    case 'signal':
      return { kind: 'none' };
    case 'error':
      return { kind: 'error', errorCode: codeOf(event.errorCode) };
    case 'escalation':
      return { kind: 'escalation', escalationCode: codeOf(event.escalationCode) };
    default:
      return event;
  }
}

const codeOf = (source: string | undefined): string => (source !== undefined && isConstant(source) ? source : JSON.stringify(UNKNOWN));
