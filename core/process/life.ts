/** The life of an instance as a whole: start, cancel, seal. */
import type { ProcessGraph, StartEvent } from '#core/bpmn/graph.ts';
import { evaluateFeel } from '#core/feel/evaluate.ts';
import type { Json } from '#core/json.ts';
import type { Command } from './command.ts';
import type { Rule } from './decide.ts';
import { enter } from './open.ts';
import { emit, ROOT_KEY } from './step.ts';
import { endProcess } from './terminate.ts';
import { isObject } from './variables.ts';

const start: Rule<'start'> = (step, command) => {
  const startEvent = startEventOf(step.graph, command.processId, command.startElementId);
  if (!startEvent) return { code: 'unknown-process', data: { processId: command.processId } };
  if (!mayStart(startEvent, command)) return { code: 'not-allowed' };
  const starter = starterOf(command.actor.kind === 'person' ? command.actor.personId : undefined, command.variables.starter);
  emit(step, {
    type: 'process.started',
    processId: command.processId,
    key: ROOT_KEY,
    instanceId: command.instanceId,
    startElementId: startEvent.id,
    variables: command.variables,
    ...(starter === undefined ? {} : { starter }),
    ...(command.submission === undefined ? {} : { submission: command.submission }),
    ...(command.calledBy === undefined ? {} : { calledBy: command.calledBy }),
  });
  enter(step, startEvent, { scopeKey: ROOT_KEY, trigger: { variables: {} } });
  return undefined;
};

/** `bihuan:starters` names who may start here; a system starts whatever it was told to. An expression that fails lets nobody in. */
function mayStart({ starters }: StartEvent, { actor, variables, at, zone }: Extract<Command, { type: 'start' }>): boolean {
  if (starters === undefined || actor.kind === 'system') return true;
  const result = evaluateFeel(starters, variables, { at, zone });
  return result.ok && Array.isArray(result.value) && result.value.some((principal) => actor.principals.some((held) => held === principal));
}

/** The start event that is asked for; else the one without a trigger; else the only one. */
export function startEventOf(graph: ProcessGraph, processId: string, startElementId?: string): StartEvent | null {
  const starts = (graph.processes[processId]?.elementIds ?? [])
    .map((id) => graph.elements[id])
    .filter((element) => element?.elementType === 'startEvent');
  if (startElementId !== undefined) return starts.find(({ id }) => id === startElementId) ?? null;
  return starts.find(({ event }) => event.kind === 'none') ?? (starts.length === 1 ? (starts[0] ?? null) : null);
}

const starterOf = (actorId: string | undefined, starter: Json | undefined): string | undefined => {
  const named = isObject(starter) ? starter.person : undefined;
  return typeof named === 'string' ? named : actorId;
};

const cancel: Rule<'instance.cancel'> = (step, { reason }) => {
  if (reason.length > REASON_LENGTH_MAX) return { code: 'too-long', data: { field: 'reason', max: REASON_LENGTH_MAX } };
  endProcess(step, { result: 'aborted', reason });
  return undefined;
};

export const REASON_LENGTH_MAX = 2_000;

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
