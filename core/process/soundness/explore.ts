/**
 * The states that a process can come to, breadth first, so that the way to each is a shortest one. The interpreter makes every step; what data
 * would decide is chosen freely, but the same variable never has two values at once.
 */
import type { GraphElement, ProcessDefinition, ProcessGraph } from '#core/bpmn/graph.ts';
import type { ProcessState } from '../state.ts';
import { type Acting, actsIn } from './acts.ts';
import { applyMove, type Running, type Stepped } from './apply-move.ts';
import { type Choosing, choicesIn } from './choices.ts';
import { crowdIn, doubledIn, isMultiplied } from './doubled.ts';
import type { Independence } from './independence.ts';
import type { Liveness } from './liveness.ts';
import type { Act, Choice, Move } from './move.ts';
import { stateKey } from './state-key.ts';
import { UNKNOWN } from './values.ts';

export interface Exploring {
  readonly running: Running;
  readonly acting: Acting;
  readonly choosing: Choosing;
  readonly liveness: Liveness;
  readonly independence: Independence;
  /** Elements at which it may start, or the process itself where it begins by itself. */
  readonly starts: readonly (GraphElement | ProcessDefinition)[];
  /** Instead of its starts, where a running instance stands. */
  readonly from?: ProcessState;
  readonly statesMax: number;
}

export interface Node {
  readonly state: ProcessState;
  readonly parent: number | null;
  readonly move: Move;
  /** Variables that became unknown in the step that led here. */
  readonly wrote: readonly string[];
  next: readonly number[];
  /** What data decides there, before anything else can happen; null where it rests. */
  choices: readonly Choice[] | null;
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
}

/** Tokens of one element beyond this tell nothing new. */
const CROWD_MAX = 2;

/** Turns are short, so that whoever has other things to do can do them in between. */
const STATES_A_TURN = 20;

export function* explore(exploring: Exploring): Generator<void, Exploration> {
  const { running, liveness, statesMax, starts, acting, from } = exploring;
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
    const index =
      found ?? nodes.push({ state: stepped.state, parent, move, wrote: writtenBy(stepped), next: [], choices: null, stop: null }) - 1;
    known.set(key, index);
    const before = parent === null ? null : (nodes[parent]?.state ?? null);
    if (isMeant) return index;
    for (const elementId of doubledIn(running.graph, before, stepped.events, stepped.state)) {
      if (!doubled.has(elementId) && !isRepetition(running.graph, nodes, parent, move)) doubled.set(elementId, index);
    }
    return index;
  };

  for (const start of starts) {
    const move: Act = { kind: 'start', elementId: start.id, variables: acting.sources.atStart(start) };
    const stepped = from ? { state: from, events: [] } : applyMove(running, null, move);
    if (stepped) visit(stepped, move, null);
  }
  for (let index = 0; index < nodes.length; index += 1) {
    const node = nodes[index];
    if (!node) continue;
    if (index % STATES_A_TURN === STATES_A_TURN - 1) yield;
    node.choices = choicesIn(exploring.choosing, node.state);
    node.stop = index >= statesMax ? 'unexplored' : stopOf(exploring, node);
    if (node.stop !== null) continue;
    const next = new Set<number>();
    for (const move of movesIn(exploring, node)) {
      const stepped = applyMove(running, node.state, move);
      if (stepped) next.add(visit(stepped, move, index));
    }
    node.next = [...next];
  }
  const cutShort = new Set([...terminated].filter((id) => !completed.has(id)));
  return { nodes, happened, cutShort, doubled, isComplete: nodes.length <= statesMax };
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

function movesIn({ acting, independence, running }: Exploring, { state, choices }: Node): readonly Move[] {
  if (choices) return choices;
  const acts = actsIn(acting, state).filter((act) => !wouldCrowd(running.graph, state, act));
  return independence(state, acts);
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

/** The same event happened twice on the way here: then it is meant that things are doubled. */
function isRepetition(graph: ProcessGraph, nodes: readonly Node[], parent: number | null, move: Move): boolean {
  const seen = new Set<string>();
  let at: { readonly move: Move; readonly parent: number | null } | undefined = { move, parent };
  while (at) {
    const { elementId } = at.move;
    if (isRepeatable(graph, elementId) && seen.has(elementId)) return true;
    seen.add(elementId);
    at = at.parent === null ? undefined : nodes[at.parent];
  }
  return false;
}

function writtenBy({ events }: Stepped): readonly string[] {
  return events.flatMap((event) =>
    event.type === 'variables.set'
      ? Object.entries(event.values)
          .filter(([, value]) => value === UNKNOWN || typeof value === 'object')
          .map(([name]) => name)
      : [],
  );
}
