/**
 * A way through the states as something that can be repeated: the variables to start with, and what each piece of open work gives and when, as a
 * script for the simulation. Values that were chosen at a gateway are given by whoever brought the variable.
 */
import { isCopy, representatives } from '#core/bpmn/domain.ts';
import type { CounterExample } from '#core/bpmn/finding.ts';
import type { GraphElement, ProcessGraph, ReasonRule, TimerDefinition } from '#core/bpmn/graph.ts';
import { holds, predicateOf } from '#core/bpmn/predicate.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { readDuration, readRepetition } from '../time.ts';
import { AGAIN, ITEMS } from './abstract-graph.ts';
import { type Act, type Choice, isAct, type Move } from './move.ts';
import { rootOf } from './sources.ts';
import { settled, UNKNOWN } from './values.ts';
import type { WayStep } from './way.ts';

export function counterExample(graph: ProcessGraph, processId: string, way: readonly WayStep[]): CounterExample {
  const given = givenOn(graph, way);
  return {
    processId,
    variables: { ...contextFor(graph), ...given.get(0) },
    script: scriptOf(graph, way, given),
    steps: way.flatMap(({ move }) => stepOf(move)),
  };
}

/** Place on the way → the variables that are given there; place 0 is the start. */
function givenOn(graph: ProcessGraph, way: readonly WayStep[]): ReadonlyMap<number, JsonObject> {
  const given = new Map<number, JsonObject>([[0, {}]]);
  for (const [place, { move }] of way.entries()) {
    if (isAct(move)) continue;
    for (const [path, value] of Object.entries({ ...move.known, ...listFor(graph, move), ...roundFor(graph, move) })) {
      const giver = giverOf(graph, way, place, rootOf(path));
      if (giver !== null) given.set(giver, settled(given.get(giver) ?? {}, path.split('.'), value) as JsonObject);
    }
  }
  return given;
}

/** The list that makes a loop have so many instances, where it is a variable. */
function listFor(graph: ProcessGraph, { kind, elementId, answers }: Choice): JsonObject {
  const element = graph.elements[elementId];
  const collection = element && 'multiInstance' in element ? element.multiInstance?.inputCollection : undefined;
  if (kind !== 'instances' || collection === undefined || !isCopy(collection)) return {};
  return { [collection]: Array.isArray(answers[ITEMS]) ? answers[ITEMS].map((_, index) => index + 1) : [] };
}

/** The value that makes a standard loop go on, or end, where its condition asks for one variable. */
function roundFor(graph: ProcessGraph, { elementId, answers }: Choice): JsonObject {
  const element = graph.elements[elementId];
  const condition = element && 'loop' in element ? element.loop?.condition : undefined;
  if (condition === undefined || !(AGAIN in answers)) return {};
  const predicate = predicateOf(condition);
  const [path, ...more] = predicate.paths;
  if (path === undefined || more.length > 0 || predicate.opaque.length > 0 || path === 'loopCounter') return {};
  const value = representatives(predicate.constants[path] ?? []).find((each) => holds(predicate, () => each) === answers[AGAIN]);
  return value === undefined ? {} : { [path]: value };
}

/** Who brought the variable last; null where the diagram computed it, so that nobody can give it. */
function giverOf(graph: ProcessGraph, way: readonly WayStep[], before: number, root: string): number | null {
  for (let place = before - 1; place > 0; place -= 1) {
    const node = way[place];
    if (!node) continue;
    if (isAct(node.move) && brings(graph, node.move, root)) return place;
    if (node.wrote.includes(root)) return null;
  }
  return 0;
}

function brings(graph: ProcessGraph, move: Act, root: string): boolean {
  const element = graph.elements[move.elementId];
  const variable = element && 'resultVariable' in element ? element.resultVariable : undefined;
  if (variable !== undefined) return variable === root;
  return 'results' in move && move.results[root] === UNKNOWN;
}

/** What the door gives to every instance, where the diagram asks for it. */
function contextFor(graph: ProcessGraph): JsonObject {
  const text = JSON.stringify([graph.elements, graph.flows]);
  const context: JsonObject = { starter: { person: 'p', organisation: 'o', tier: 'primary' }, platform: 'o', zone: 'Asia/Shanghai' };
  return Object.fromEntries(Object.entries(context).filter(([name]) => new RegExp(`\\b${name}\\b`).test(text)));
}

interface Wait {
  readonly elementId: string;
  /** The how-manieth one of its element. */
  readonly index: number;
  readonly since: number;
  /** It would be done at once without a word in the script. */
  readonly isWork: boolean;
}

function scriptOf(graph: ProcessGraph, way: readonly WayStep[], given: ReadonlyMap<number, JsonObject>): JsonObject {
  const waits = new Map<string, Wait>();
  const entries = new Map<string, (JsonObject | undefined)[]>();
  let seconds = 0;
  // Only to what a person did something can be returned.
  const isReturning = way.some(({ move }) => move.kind === 'return');
  for (const [place, { move, state }] of way.entries()) {
    const wait = isAct(move) ? waitOf(waits, move) : undefined;
    if (wait && isAct(move)) {
      if (move.kind === 'timer') seconds = Math.max(seconds, wait.since + secondsOf(graph.elements[move.elementId]));
      else {
        seconds += 1;
        const list = entries.get(wait.elementId) ?? [];
        const by: JsonObject = isReturning && 'taskId' in move ? { $by: `somebody at ${move.elementId}` } : {};
        list[wait.index] = { ...entryFor(graph, move, given.get(place) ?? {}), ...by, $after: `PT${seconds - wait.since}S` };
        entries.set(wait.elementId, list);
      }
    }
    noteWaits(waits, state, seconds);
  }
  for (const { elementId, index, isWork } of waits.values()) {
    const list = entries.get(elementId) ?? [];
    if (!isWork && list.length === 0) continue;
    list[index] ??= { $wait: true };
    entries.set(elementId, list);
  }
  return Object.fromEntries(
    [...entries].map(([elementId, list]) => [elementId, shortened(Array.from(list, (entry) => entry ?? { $wait: true }))]),
  );
}

function waitOf(waits: ReadonlyMap<string, Wait>, move: Act): Wait | undefined {
  if (move.kind === 'cancel') return { elementId: move.elementId, index: 0, since: 0, isWork: false };
  if ('effectId' in move) return waits.get(move.effectId);
  return 'taskId' in move ? waits.get(`task ${move.taskId}`) : undefined;
}

/** The last entry repeats by itself. */
function shortened(list: readonly JsonObject[]): readonly JsonObject[] {
  const isOpen = (entry: JsonObject | undefined): boolean => entry?.$wait === true;
  const worked = list.findLastIndex((entry) => !isOpen(entry));
  return list.slice(0, worked + 2);
}

function noteWaits(waits: Map<string, Wait>, state: WayStep['state'], seconds: number): void {
  const count = (elementId: string): number => [...waits.values()].filter((wait) => wait.elementId === elementId).length;
  const add = (id: string, elementId: string, isWork: boolean): void => {
    if (!waits.has(id)) waits.set(id, { elementId, index: count(elementId), since: seconds, isWork });
  };
  for (const { taskId, elementId } of Object.values(state.tasks)) add(`task ${taskId}`, elementId, true);
  for (const { effectId, elementId } of Object.values(state.jobs)) add(effectId, elementId, true);
  for (const { effectId, elementId } of Object.values(state.children)) add(effectId, elementId, false);
  for (const { effectId, targetId } of Object.values(state.subscriptions)) add(effectId, targetId, false);
  for (const { effectId, targetId } of Object.values(state.timers)) add(effectId, targetId, false);
}

/** How long a timer takes whose time stands in the diagram. */
function secondsOf(element: GraphElement | undefined): number {
  const timer: TimerDefinition | undefined =
    element && 'event' in element && element.event.kind === 'timer' ? element.event.timer : undefined;
  const text = /^"([^"]*)"$/.exec(timer?.value ?? '')?.[1] ?? '';
  const duration = timer?.kind === 'cycle' ? readRepetition(text)?.interval : text;
  return Math.ceil((readDuration(duration ?? '')?.ms ?? 0) / 1_000);
}

function entryFor(graph: ProcessGraph, move: Act, variables: JsonObject): JsonObject {
  const element = graph.elements[move.elementId];
  const variable = element && 'resultVariable' in element ? element.resultVariable : undefined;
  const facts = variable === undefined ? variables : membersOf(variables[variable]);
  switch (move.kind) {
    case 'task': {
      const outcome = element?.elementType === 'userTask' ? element.outcomes.find(({ code }) => code === move.outcome) : undefined;
      const { outcome: _outcome, ...others } = facts;
      return { ...others, ...(outcome ? { $outcome: outcome.code, ...reasonFor(outcome.reason) } : {}) };
    }
    case 'message': {
      const action = element && 'action' in element ? element.action : undefined;
      if (!action) return variables;
      const { code: _code, ...others } = facts;
      return { ...others, $by: 'p', ...reasonFor(action.reason) };
    }
    case 'return':
      return { $return: move.toElementId };
    case 'cancel':
      return { $cancel: true };
    case 'jobError':
      return { $error: move.errorCode };
    default:
      return variables;
  }
}

const membersOf = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

function reasonFor(rule: ReasonRule): JsonObject {
  if (rule.kind === 'required') return { $reason: '-' };
  return rule.kind === 'coded' ? { $reasonCode: rule.codes[0]?.code ?? '' } : {};
}

function stepOf(move: Move): readonly string[] {
  if (!isAct(move)) return move.kind === 'probe' ? [] : [choiceWords(move)];
  if (move.kind === 'return') return [`${move.elementId} ↩ ${move.toElementId}`];
  if (move.kind === 'cancel') return [`${move.elementId} ✕`];
  const more =
    'outcome' in move ? move.outcome : 'errorCode' in move ? move.errorCode : 'escalationCode' in move ? move.escalationCode : undefined;
  return [more === undefined ? move.elementId : `${move.elementId}: ${more}`];
}

function choiceWords({ kind, elementId, flowIds, answers, known }: Choice): string {
  const values = Object.entries(known).map(([path, value]) => `${path} = ${JSON.stringify(value)}`);
  if (kind === 'instances') return `${elementId} × ${Array.isArray(answers[ITEMS]) ? answers[ITEMS].length : 0}`;
  if (kind === 'enough') return `${elementId} ${Object.values(answers)[0] === true ? '✓' : '…'}`;
  return [`${elementId} → ${flowIds.join(', ')}`, ...values].join(' · ');
}
