/**
 * Where a token can come to from each element, over the borders of scopes: into a sub-process, out at its end, away by boundary events and
 * links. Compensation handlers and event sub-processes, which nothing leads to, may begin whenever their scope lives.
 */
import { boundariesOf, linkedFrom } from '#core/bpmn/check/walk.ts';
import { type GraphElement, isScope, type ProcessGraph } from '#core/bpmn/graph.ts';
import { mayReturn } from '../return.ts';
import { comesAfter } from '../undone-region.ts';

export interface FlowNet {
  /** Element ids, and for a scope the node of its end. */
  readonly next: (node: string) => readonly string[];
  /** Everything that can be reached from a node, itself only over a loop. */
  readonly reach: (node: string) => ReadonlySet<string>;
  /** Steps to which whoever works at an element may return it. */
  readonly returns: (elementId: string) => readonly string[];
}

export const endOf = (scopeId: string): string => `${scopeId}/end`;

/** The element of a node. */
export const elementOfNode = (node: string): string => node.replace(/\/end$/, '');

/** What begins by itself or by an event while the scope lives: nothing leads to it. */
export const entriesOf = (graph: ProcessGraph, ids: readonly string[]): readonly string[] =>
  ids.filter((id) => {
    const element = graph.elements[id];
    return element?.incoming.length === 0 && element.elementType !== 'boundaryEvent' && !isLinkTarget(element);
  });

const isLinkTarget = (element: GraphElement): boolean => 'event' in element && element.event.kind === 'link';

export function flowNet(graph: ProcessGraph): FlowNet {
  const nextOf = new Map<string, readonly string[]>();
  for (const element of Object.values(graph.elements)) {
    const onward = onwardOf(graph, element);
    const aside = [...boundariesOf(graph, element).map(({ id }) => id), ...handlerOf(element)];
    if (isScope(element)) {
      nextOf.set(element.id, [...entriesOf(graph, element.elementIds), ...aside]);
      nextOf.set(endOf(element.id), onward);
    } else nextOf.set(element.id, [...onward, ...aside]);
  }
  const next = (node: string): readonly string[] => nextOf.get(node) ?? [];
  const reached = new Map<string, ReadonlySet<string>>();
  const returnsOf = returnsIn(graph);
  return {
    next,
    returns: (elementId) => returnsOf.get(elementId) ?? [],
    reach: (node) => {
      const found = reached.get(node) ?? closureOf(next, next(node));
      reached.set(node, found);
      return found;
    },
  };
}

function returnsIn(graph: ProcessGraph): ReadonlyMap<string, readonly string[]> {
  const tasks = Object.values(graph.elements).filter(({ elementType }) => elementType === 'userTask');
  return new Map(
    tasks.map(({ id }) => [
      id,
      tasks.map((other) => other.id).filter((other) => mayReturn(graph, id, other) && comesAfter(graph, id, other)),
    ]),
  );
}

function onwardOf(graph: ProcessGraph, element: GraphElement): readonly string[] {
  const targets = [
    ...element.outgoing.flatMap((flowId) => graph.flows[flowId]?.targetId ?? []),
    ...linkedFrom(graph, element).map(({ id }) => id),
  ];
  if (targets.length > 0 || element.parentId === null) return targets;
  return [endOf(element.parentId)];
}

const handlerOf = (element: GraphElement): readonly string[] =>
  'handlerId' in element && typeof element.handlerId === 'string' ? [element.handlerId] : [];

export function closureOf(next: (node: string) => readonly string[], from: readonly string[]): ReadonlySet<string> {
  const reached = new Set(from);
  const open = [...from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const node of next(at)) {
      if (reached.has(node)) continue;
      reached.add(node);
      open.push(node);
    }
  }
  return reached;
}
