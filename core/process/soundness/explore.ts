/**
 * The states that a process can come to, breadth first, so that the way to each is a shortest one. The interpreter makes every step; what data
 * would decide is chosen freely, but the same variable never has two values at once. From each state everything is taken back that can be, once
 * on a way: a second return is looked at only where the first came back to a state that is also reached without one.
 */
import type { GraphElement, ProcessDefinition, ProcessGraph } from '#core/bpmn/graph.ts';
import type { Json } from '#core/json.ts';
import type { ElementInstance, ProcessState } from '../state.ts';
import { type Acting, actsIn, retreatsIn } from './acts.ts';
import { applyMove, type Running, type Stepped } from './apply-move.ts';
import { type Choosing, choicesIn } from './choices.ts';
import { crowdIn, doubledIn, isMultiplied } from './doubled.ts';
import type { Independence } from './independence.ts';
import type { Liveness } from './liveness.ts';
import type { Act, Choice, Move } from './move.ts';
import { rootOf } from './sources.ts';
import { liveIn, stateKey } from './state-key.ts';
import { UNKNOWN } from './values.ts';
import { type Way, type WayStep, wayTo, writtenBy } from './way.ts';

export interface Exploring {
  readonly running: Running;
  readonly acting: Acting;
  readonly choosing: Choosing;
  readonly liveness: Liveness;
  /** As long as something may still be taken back. */
  readonly independence: Independence;
  readonly independenceAfterwards: Independence;
  /** Elements at which it may start, or the process itself where it begins by itself. */
  readonly starts: readonly (GraphElement | ProcessDefinition)[];
  /** Instead of its starts, where a running instance stands. */
  readonly from?: ProcessState;
  readonly statesMax: number;
  readonly takesBack: boolean;
}

export interface Edge {
  readonly move: Move;
  readonly to: number;
}

export interface Node extends WayStep {
  readonly parent: number | null;
  /** What leads on. What takes back is not among it: nobody has to do that, so no end may depend on it. */
  edges: readonly Edge[];
  /** What data decides there, before anything else can happen; null where it rests. */
  choices: readonly Choice[] | null;
  /** Something happened in this step that may happen again and again, by itself or because it was thrown. */
  readonly isRepeated: boolean;
  /** Why nothing was looked for beyond it, where nothing was. */
  stop: 'ended' | 'incident' | 'crowded' | 'unexplored' | null;
}

export interface Exploration {
  readonly nodes: readonly Node[];
  readonly happened: ReadonlySet<string>;
  /** Elements that were ended whenever they began. */
  readonly cutShort: ReadonlySet<string>;
  /** Element → the first state in which it lived twice. */
  readonly doubled: ReadonlyMap<string, number>;
  readonly isComplete: boolean;
  readonly wayTo: (index: number) => Way;
}

/** Tokens of one element beyond this tell nothing new. */
const CROWD_MAX = 2;

/** Turns are short, so that whoever has other things to do can do them in between. */
const STATES_A_TURN = 20;

export function* explore(exploring: Exploring): Generator<void, Exploration> {
  const { running, liveness, independence, independenceAfterwards, statesMax, starts, acting, from } = exploring;
  const nodes: Node[] = [];
  const known = new Map<string, number>();
  const happened = new Set<string>();
  const completed = new Set<string>();
  const terminated = new Set<string>();
  const doubled = new Map<string, number>();
  const isMeant = isMultiplied(running.graph);

  const visit = (stepped: Stepped, move: Move, parent: number | null): number => {
    for (const event of stepped.events) {
      if (event.type === 'element.activated') happened.add(event.elementId);
      else if (event.type === 'element.completed') completed.add(event.elementId);
      else if (event.type === 'element.terminated') terminated.add(event.elementId);
    }
    const key = stateKey(running.graph, stepped.state, liveness);
    const found = known.get(key);
    const isRepeated = stepped.events.some((event) => event.type === 'element.activated' && isRepeatable(running.graph, event.elementId));
    const step = { state: stepped.state, parent, move, wrote: writtenBy(stepped), isRepeated };
    const index = found ?? nodes.push({ ...step, edges: [], choices: null, stop: null }) - 1;
    known.set(key, index);
    const before = parent === null ? null : (nodes[parent]?.state ?? null);
    if (isMeant) return index;
    for (const elementId of doubledIn(running.graph, before, stepped.events, stepped.state)) {
      if (!doubled.has(elementId) && !isRepetition(nodes, { parent, isRepeated })) doubled.set(elementId, index);
    }
    return index;
  };

  for (const start of starts) {
    const move: Act = { kind: 'start', elementId: start.id, variables: acting.sources.atStart(start) };
    const stepped = from ? { state: from, events: [] } : applyMove(running, null, move);
    if (stepped) visit(stepped, move, null);
  }
  yield* expand(0, independence);
  if (exploring.takesBack && nodes.length <= statesMax) {
    const first = nodes.length;
    for (const [index, done] of stepsDoneAt(nodes).entries()) {
      if (index % STATES_A_TURN === STATES_A_TURN - 1) yield;
      const { state, stop, choices } = nodes[index] as Node;
      if (stop !== null || choices) continue;
      const asDone = { ...state, completers: done };
      for (const move of retreatsIn(acting, asDone)) {
        const stepped = applyMove(running, asDone, move);
        if (stepped) visit(widened(running.graph, state, stepped, liveness), move, index);
      }
    }
    yield* expand(first, independenceAfterwards);
  }
  const cutShort = new Set([...terminated].filter((id) => !completed.has(id)));
  return {
    nodes,
    happened,
    cutShort,
    doubled,
    isComplete: nodes.length <= statesMax,
    wayTo: (index) => wayTo(exploring, nodes, index),
  };

  function* expand(first: number, reduced: Independence): Generator<void> {
    for (let index = first; index < nodes.length; index += 1) {
      const node = nodes[index];
      if (!node) continue;
      if (index % STATES_A_TURN === STATES_A_TURN - 1) yield;
      node.choices = choicesIn(exploring.choosing, node.state);
      node.stop = index >= statesMax ? 'unexplored' : stopOf(exploring, node);
      if (node.stop !== null) continue;
      const edges: Edge[] = [];
      for (const move of movesIn(exploring, reduced, node)) {
        const stepped = applyMove(running, node.state, move);
        if (stepped) edges.push({ move, to: visit(stepped, move, index) });
      }
      node.edges = edges;
    }
  }
}

/**
 * States are taken for one when they differ only in variables that nobody will ask for any more. What goes back is asked again: of these it
 * is not known which value they have.
 */
function widened(graph: ProcessGraph, before: ProcessState, { state, events }: Stepped, liveness: Liveness): Stepped {
  const kept = new Set([...liveIn(graph, before, liveness).keys()].map(rootOf));
  const set = new Set(events.flatMap((event) => (event.type === 'variables.set' ? Object.keys(event.values) : [])));
  const widen = ([name, value]: [string, Json]): [string, Json] => [name, kept.has(name) || set.has(name) ? value : UNKNOWN];
  const elements = Object.entries(state.elements).map(([key, instance]): [string, ElementInstance] => [
    key,
    { ...instance, variables: Object.fromEntries(Object.entries(instance.variables).map(widen)) },
  ]);
  return { state: { ...state, elements: Object.fromEntries(elements) }, events };
}

/** For each state the steps that people can have done on some way to it, as the state keeps them. */
function stepsDoneAt(nodes: readonly Node[]): readonly ProcessState['completers'][] {
  const done = nodes.map(({ state }) => state.completers);
  const open = [...nodes.keys()];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    for (const { to, move } of nodes[index]?.edges ?? []) {
      const before = { ...done[index], ...(move.kind === 'task' ? { [move.elementId]: [] } : {}) };
      const isNew = Object.keys(before).some((id) => !Object.hasOwn(done[to] ?? {}, id));
      if (!isNew) continue;
      done[to] = { ...before, ...done[to] };
      open.push(to);
    }
  }
  return done;
}

function stopOf({ running }: Exploring, { state, choices }: Node): Node['stop'] {
  if (state.status !== 'active') return 'ended';
  if (Object.keys(state.incidents).length > 0 && choices === null) return 'incident';
  return crowdIn(state) > CROWD_MAX * quantityIn(running.graph) ? 'crowded' : null;
}

/** The most tokens that one activity waits for or gives. */
const quantityIn = (graph: ProcessGraph): number =>
  Math.max(
    1,
    ...Object.values(graph.elements).map((element) =>
      'startQuantity' in element || 'completionQuantity' in element
        ? Math.max(element.startQuantity ?? 1, element.completionQuantity ?? 1)
        : 1,
    ),
  );

function movesIn({ acting, running }: Exploring, reduced: Independence, { state, choices }: Node): readonly Move[] {
  if (choices) return choices;
  const acts = actsIn(acting, state).filter((act) => !wouldCrowd(running.graph, state, act));
  return reduced(state, acts);
}

/** What may happen again and again beside an activity is not looked at while anything is doubled already: it would never come to an end. */
function wouldCrowd(graph: ProcessGraph, state: ProcessState, { elementId }: Act): boolean {
  return isRepeatable(graph, elementId) && crowdIn(state) >= CROWD_MAX;
}

/** Does it leave what it interrupts nothing of, so that it can happen again? */
export function isRepeatable(graph: ProcessGraph, elementId: string): boolean {
  const element = graph.elements[elementId];
  return element !== undefined && 'isInterrupting' in element && element.isInterrupting === false;
}

/** On the way here two things happened that may each happen again and again: then it is meant that what they lead to is doubled. */
function isRepetition(nodes: readonly Node[], last: Pick<Node, 'parent' | 'isRepeated'>): boolean {
  let repeatable = 0;
  let at: Pick<Node, 'parent' | 'isRepeated'> | undefined = last;
  while (at) {
    if (at.isRepeated) repeatable += 1;
    if (repeatable === 2) return true;
    at = at.parent === null ? undefined : nodes[at.parent];
  }
  return false;
}
