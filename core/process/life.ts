/** The life of an instance as a whole: start, cancel, seal. */
import {
  type Gateway,
  type GraphElement,
  implicitStarts,
  insideOf,
  type ProcessGraph,
  type SingleEventDefinition,
  type StartEvent,
} from '#core/bpmn/graph.ts';
import { evaluateFeel } from '#core/feel/evaluate.ts';
import type { Json, JsonObject } from '#core/json.ts';
import type { Command } from './command.ts';
import { throwCompensation } from './compensation.ts';
import type { Rule } from './decide.ts';
import { attempt } from './failure.ts';
import { isTooLong, REASON_LENGTH_MAX, tooLong } from './lengths.ts';
import { activate, enter } from './open.ts';
import { emit, ROOT_KEY, type Step } from './step.ts';
import { endProcess, endWait } from './terminate.ts';
import { together } from './throwing.ts';
import { takeFlow } from './tokens.ts';
import { stopScope } from './transaction.ts';
import { trigger } from './trigger.ts';
import { isObject } from './variables.ts';
import { awaited, listeningInside } from './waits.ts';

const start: Rule<'start'> = (step, command) => {
  const beginning = beginningOf(step.graph, command.processId, command.startElementId);
  if (!beginning) return { code: 'unknown-process', data: { processId: command.processId } };
  const [first] = beginning.elements;
  if (first.elementType === 'startEvent') {
    if (!mayStart(first, command)) return { code: 'not-allowed' };
    if (!isMet(first, command)) return { code: 'condition-not-met' };
  }
  const starter = starterOf(command.actor.kind === 'person' ? command.actor.personId : undefined, command.variables.starter);
  emit(step, {
    type: 'process.started',
    processId: command.processId,
    key: ROOT_KEY,
    instanceId: command.instanceId,
    startElementId: first.id,
    variables: command.variables,
    ...(starter === undefined ? {} : { starter }),
    ...(command.submission === undefined ? {} : { submission: command.submission }),
    ...(command.calledBy === undefined ? {} : { calledBy: command.calledBy }),
  });
  attempt(step, ROOT_KEY, 'open', together(listeningInside(step, ROOT_KEY, command.processId)));
  begin(step, beginning, command.definition);
  return undefined;
};

function begin(step: Step, { kind, elements }: Beginning, definition: number | undefined): void {
  const [first] = elements;
  if (kind === 'gateway') {
    beginAtGateway(step, first);
    return;
  }
  const isOneOfAll = first.elementType === 'startEvent' && first.event.kind === 'multiple' && first.event.isParallel;
  const happened = isOneOfAll || kind === 'implicit' ? {} : { trigger: { variables: {} } };
  for (const element of elements) enter(step, element, { scopeKey: ROOT_KEY, ...happened });
  // Where all of several must happen, the instance goes on waiting for the others.
  if (isOneOfAll && definition !== undefined) endWaitFor(step, first.id, definition);
}

function endWaitFor(step: Step, targetId: string, definition: number): void {
  const { timers, subscriptions } = step.draft;
  const wait = [...Object.values(timers), ...Object.values(subscriptions)].find(
    (each) => each.targetId === targetId && each.definition === definition,
  );
  if (!wait) return;
  endWait(step, wait);
  trigger(step, wait, {});
}

/** The event that starts the instance has happened; a parallel gateway waits for the others (BPMN 2.0, 10.6.6). */
function beginAtGateway(step: Step, event: GraphElement): void {
  const gateway = gatewayBefore(step.graph, event);
  if (!gateway) throw new Error(`${event.id} follows no gateway that starts an instance.`);
  const { id: elementId, elementType } = gateway;
  const key = activate(step, gateway, { scopeKey: ROOT_KEY });
  emit(step, { type: 'element.completed', elementId, key, elementType });
  for (const flowId of gateway.outgoing) {
    const isHere = step.graph.flows[flowId]?.targetId === event.id;
    if (!isHere && gateway.instantiates !== 'parallel') continue;
    if (!isHere) takeFlow(step, flowId, ROOT_KEY);
    else {
      emit(step, { type: 'flow.taken', flowId, scopeKey: ROOT_KEY });
      enter(step, event, { scopeKey: ROOT_KEY, flowId, trigger: { variables: {} } });
    }
  }
}

/** A conditional start event begins nothing before its condition holds for what the instance is given. */
const isMet = ({ event }: StartEvent, { variables, at, zone }: Extract<Command, { type: 'start' }>): boolean => {
  if (event.kind !== 'conditional') return true;
  const result = evaluateFeel(event.condition, variables, { at, zone });
  return result.ok && result.value === true;
};

/** A system starts whatever it was told to. */
const mayStart = (start: StartEvent, { actor, ...given }: Extract<Command, { type: 'start' }>): boolean =>
  actor.kind === 'system' || mayBeStartedBy(start, { ...given, principals: actor.principals });

export interface Starting {
  readonly principals: readonly string[];
  readonly variables: JsonObject;
  readonly at: string;
  readonly zone: string;
}

/** `bihuan:starters` names who may start here; without it everybody may. An expression that fails lets nobody in. */
export function mayBeStartedBy({ starters }: StartEvent, { principals, variables, at, zone }: Starting): boolean {
  if (starters === undefined) return true;
  const result = evaluateFeel(starters, variables, { at, zone });
  return result.ok && Array.isArray(result.value) && result.value.some((principal) => principals.some((held) => held === principal));
}

interface Beginning {
  readonly kind: 'event' | 'gateway' | 'implicit';
  readonly elements: readonly [GraphElement, ...GraphElement[]];
}

/** Where an instance begins: at what is asked for; else at the start event without a trigger; else at the only one; else by itself. */
export function beginningOf(graph: ProcessGraph, processId: string, startElementId?: string): Beginning | null {
  if (startElementId !== undefined) {
    const asked = startElementsOf(graph, processId).find(({ id }) => id === startElementId);
    return asked ? { kind: gatewayBefore(graph, asked) ? 'gateway' : 'event', elements: [asked] } : null;
  }
  const starts = insideOf(graph, processId).filter((element) => element.elementType === 'startEvent');
  const start = starts.find(({ event }) => event.kind === 'none') ?? (starts.length === 1 ? starts[0] : undefined);
  if (start) return { kind: 'event', elements: [start] };
  if (startElementsOf(graph, processId).length > 0) return null;
  const [first, ...others] = implicitStarts(graph, processId);
  return first ? { kind: 'implicit', elements: [first, ...others] } : null;
}

/** Everything that can start an instance of a process: start events, receive tasks, and what follows a gateway that instantiates. */
export const startElementsOf = (graph: ProcessGraph, processId: string): readonly GraphElement[] =>
  insideOf(graph, processId).filter(
    (element) =>
      element.elementType === 'startEvent' ||
      ('instantiates' in element && element.elementType === 'receiveTask') ||
      gatewayBefore(graph, element) !== undefined,
  );

/** One thing that starts an instance when it happens. */
export interface InstanceStart {
  readonly elementId: string;
  readonly event: SingleEventDefinition;
  /** Which of several that the element waits for. */
  readonly definition?: number;
}

export const instanceStartsOf = (graph: ProcessGraph, processId: string): readonly InstanceStart[] =>
  startElementsOf(graph, processId).flatMap((element) => {
    const event = awaited(element);
    if (event.kind !== 'multiple') return [{ elementId: element.id, event }];
    return event.definitions.map((each, definition) => ({ elementId: element.id, event: each, definition }));
  });

function gatewayBefore(graph: ProcessGraph, { incoming }: GraphElement): Gateway | undefined {
  const source = graph.elements[graph.flows[incoming[0] ?? '']?.sourceId ?? ''];
  return source?.elementType === 'eventBasedGateway' && source.instantiates !== undefined ? source : undefined;
}

const starterOf = (actorId: string | undefined, starter: Json | undefined): string | undefined => {
  const named = isObject(starter) ? starter.person : undefined;
  return typeof named === 'string' ? named : actorId;
};

const cancel: Rule<'instance.cancel'> = (step, { reason, compensate }) => {
  if (isTooLong(reason)) return tooLong('reason', REASON_LENGTH_MAX);
  if (compensate) {
    stopScope(step, ROOT_KEY, step.draft.processId);
    throwCompensation(step, ROOT_KEY, { scopeKey: ROOT_KEY, waits: true, reason });
  } else {
    endProcess(step, { result: 'aborted', reason });
  }
  return undefined;
};

/** P21. The workflow gives what it saw; the door has already compared the hash. */
const seal: Rule<'seal'> = (step, { runIds, lastSeq, lastHash }) => {
  const { draft } = step;
  if (draft.sealed) return { code: 'already-sealed' };
  const isPlausible = lastSeq >= 1 && lastSeq < step.seq && lastHash !== '' && runIds.length > 0;
  if (draft.status === 'active' || !isPlausible) return { code: 'not-sealable', data: { status: draft.status } };
  emit(step, { type: 'sealed', result: draft.result ?? draft.status, runIds, lastSeq, lastHash, phases: draft.phases });
  return undefined;
};

export const lifeRules = { start, 'instance.cancel': cancel, seal };
