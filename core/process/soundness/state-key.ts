/**
 * Two states are one for the exploration when the same things can happen from them: keys, effect ids, ages and the order of instances do not
 * matter, and of the variables only what conditions ahead will ask for.
 */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { Json } from '#core/json.ts';
import type { ElementKey } from '../event.ts';
import type { Compensable, ElementInstance, ProcessState } from '../state.ts';
import type { Live, Liveness } from './liveness.ts';
import { isObject, UNKNOWN, valueAt } from './values.ts';

export function stateKey(graph: ProcessGraph, state: ProcessState, liveness: Liveness): string {
  if (state.status !== 'active') return state.status;
  const inside = new Map<ElementKey | null, ElementInstance[]>();
  for (const instance of Object.values(state.elements)) {
    const siblings = inside.get(instance.scopeKey);
    if (siblings) siblings.push(instance);
    else inside.set(instance.scopeKey, [instance]);
  }
  const waits = waitsOf(state);
  const live = liveIn(graph, state, liveness);
  const describe = (instance: ElementInstance): string => {
    const { key, elementId, variables, tokens, multiInstance } = instance;
    const left = `${multiInstance ? `#${multiInstance.items.length - multiInstance.started}` : ''}${aside(instance)}`;
    const lying = Object.entries(tokens).map(([flowId, count]) => `${flowId}*${count}`);
    const children = (inside.get(key) ?? []).map(describe).sort();
    return `${elementId}${left}{${valuesOf(variables, live)}}[${lying.sort().join()}](${(waits.get(key) ?? []).sort().join()})<${children.join()}>`;
  };
  return (inside.get(null) ?? []).map(describe).join();
}

/** What only few elements keep: the plan of ad-hoc work, activated gateways, and what can be, or is being, undone. */
function aside({ adHoc, activatedGateways, compensable, compensations, compensates, rounds }: ElementInstance): string {
  if (!adHoc && !activatedGateways && !compensable && !compensations && compensates === undefined && rounds === undefined) return '';
  const pending = compensations?.map((each) => [each.pending.map(undoing), each.activeKey !== undefined, each.throwerKey !== undefined]);
  // Done twice, a thing is undone twice: that tells no more than once.
  const undoable = [...new Set(compensable?.map(undoing))];
  return JSON.stringify([
    adHoc,
    activatedGateways,
    undoable,
    pending,
    compensates !== undefined,
    rounds === undefined ? 0 : Math.min(rounds, 1),
  ]);
}

const undoing = ({ elementId, inner }: Compensable): string => `${elementId}(${[...new Set(inner?.map(undoing))].join()})`;

function waitsOf(state: ProcessState): ReadonlyMap<ElementKey, string[]> {
  const waits = new Map<ElementKey, string[]>();
  const add = (key: ElementKey, what: string): void => {
    const known = waits.get(key);
    if (known) known.push(what);
    else waits.set(key, [what]);
  };
  for (const { key } of Object.values(state.tasks)) add(key, 'task');
  for (const { key } of Object.values(state.jobs)) add(key, 'job');
  for (const { key } of Object.values(state.children)) add(key, 'child');
  for (const { key, targetId } of Object.values(state.timers)) add(key, targetId);
  for (const { key, targetId } of Object.values(state.subscriptions)) add(key, targetId);
  for (const { key, code, stage } of Object.values(state.incidents)) add(key, `${code} ${stage}`);
  return waits;
}

/** Instances of the same element keep the same things in mind, so that they are interchangeable. */
export function liveIn(graph: ProcessGraph, state: ProcessState, liveness: Liveness): Live {
  const places = new Set<string>();
  for (const { elementId, tokens } of Object.values(state.elements)) {
    if (graph.elements[elementId]) places.add(elementId);
    for (const flowId in tokens) places.add(graph.flows[flowId]?.targetId ?? '');
  }
  return liveness.atAll([...places].sort());
}

function valuesOf(variables: ElementInstance['variables'], live: Live): string {
  let known = '';
  for (const [path, { names, constants }] of live) {
    if (names[0] !== undefined && names[0] in variables) known += `${path}=${classOf(valueAt(variables, names), constants)},`;
  }
  return known;
}

/** Values that the constants do not tell apart are one class. */
function classOf(value: Json, constants: ReadonlySet<Json>): string {
  if (value === UNKNOWN) return '?';
  if (isObject(value) || Array.isArray(value)) return 'given';
  if (constants.has(value)) return JSON.stringify(value);
  const numbers = [...constants].filter((constant) => typeof constant === 'number');
  if (typeof value === 'number') return `>${numbers.filter((constant) => constant < value).length}`;
  if (value === null) return numbers.length > 0 || constants.has(true) ? 'null' : 'other';
  return 'other';
}
