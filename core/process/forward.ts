/**
 * The order of a scope's elements, with its loops cut where they go back: a flow leads back when its target stands on every way to its source
 * (a dominator). What comes after an element in the same round is thereby told from what comes in the next.
 */
import { successors } from '#core/bpmn/check/walk.ts';
import { type GraphElement, insideOf, type ProcessGraph } from '#core/bpmn/graph.ts';

interface Order {
  /** Element → what can come directly after it. */
  readonly next: ReadonlyMap<string, readonly string[]>;
  /** Element → itself and what stands on every way to it. */
  readonly dominators: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Graphs are immutable, so what was found for one is kept with it. */
const known = new WeakMap<ProcessGraph, Map<string, Order>>();

/** Everything in the same scope that comes after an element without going back, the element included. */
export function forwardFrom(graph: ProcessGraph, elementId: string): ReadonlySet<string> {
  const { next } = orderOf(graph, scopeIdOf(graph, elementId));
  const reached = new Set<string>();
  const open = [elementId];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (reached.has(at)) continue;
    reached.add(at);
    open.push(...(next.get(at) ?? []));
  }
  return reached;
}

/** What was passed for certain before an element began, itself included. */
export const dominatorsOf = (graph: ProcessGraph, elementId: string): ReadonlySet<string> =>
  orderOf(graph, scopeIdOf(graph, elementId)).dominators.get(elementId) ?? new Set([elementId]);

function scopeIdOf(graph: ProcessGraph, elementId: string): string {
  const element = graph.elements[elementId];
  if (!element) throw new Error(`The graph of ${graph.key} has no element ${elementId}.`);
  return element.parentId ?? element.processId;
}

function orderOf(graph: ProcessGraph, scopeId: string): Order {
  const ofGraph = known.get(graph) ?? new Map<string, Order>();
  known.set(graph, ofGraph);
  const found = ofGraph.get(scopeId);
  if (found) return found;
  const order = orderIn(graph, insideOf(graph, scopeId));
  ofGraph.set(scopeId, order);
  return order;
}

function orderIn(graph: ProcessGraph, elements: readonly GraphElement[]): Order {
  const after = new Map(elements.map((element) => [element.id, nextTo(graph, element)]));
  const dominators = dominatorsIn(after);
  const next = new Map([...after].map(([id, targets]) => [id, targets.filter((target) => !dominators.get(id)?.has(target))]));
  return { next, dominators };
}

const nextTo = (graph: ProcessGraph, element: GraphElement): readonly string[] => [
  ...new Set(successors(graph, element).map(({ id }) => id)),
];

/** By iteration until nothing changes (Aho, Lam, Sethi, Ullman: Compilers, 9.6.1). */
function dominatorsIn(after: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, ReadonlySet<string>> {
  const before = new Map<string, string[]>([...after.keys()].map((id) => [id, []]));
  for (const [id, targets] of after) for (const target of targets) before.get(target)?.push(id);
  const dominators = new Map<string, ReadonlySet<string>>();
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const [id, sources] of before) {
      const reached = sources.flatMap((source) => dominators.get(source) ?? []);
      if (sources.length > 0 && reached.length === 0) continue;
      const found = new Set([id, ...common(reached)]);
      if (dominators.get(id)?.size === found.size) continue;
      dominators.set(id, found);
      isChanged = true;
    }
  }
  return dominators;
}

function common(sets: readonly ReadonlySet<string>[]): readonly string[] {
  const [first, ...others] = sets;
  return first ? [...first].filter((id) => others.every((other) => other.has(id))) : [];
}
