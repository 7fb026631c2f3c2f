/**
 * Partial-order reduction: where something that is open has nothing to do with anything else that is open, it is finished first, and the
 * other orders are left out, because they come to the same states. A branch has nothing to do with the others when none of them can ever come
 * where it is, when it ends no other by an error, an escalation or a terminate event, and when neither asks for variables that the other sets.
 */

import { boundariesOf } from '#core/bpmn/check/walk.ts';
import { type GraphElement, insideOf, isEventSubProcess, isScope, type ProcessGraph } from '#core/bpmn/graph.ts';
import { predicateOf } from '#core/bpmn/predicate.ts';
import type { ElementKey } from '../event.ts';
import type { ElementInstance, ProcessState } from '../state.ts';
import { contextOf } from '../variables.ts';
import { closureOf, elementOfNode, endOf, type FlowNet } from './flow-net.ts';
import type { Act } from './move.ts';
import { rootOf, type Sources } from './sources.ts';

export type KeyedAct = Act & { readonly key: ElementKey };

/** Of everything that may happen, what has to be looked at. */
export type Independence = (state: ProcessState, acts: readonly KeyedAct[]) => readonly KeyedAct[];

export function independenceIn(graph: ProcessGraph, net: FlowNet, sources: Sources): Independence {
  const regionOf = remembered((elementId, stopAt) => measure(graph, net, sources, { elementId, stopAt }));
  const footprintOf = remembered((place) => footprint(graph, sources, onwardFrom(graph, net, place)));
  const tried = new Set<string>();

  const isAlone = (region: Footprint | null, others: readonly string[] | null): boolean =>
    region !== null && others !== null && others.length > 0 && others.every((place) => isApart(region, footprintOf(place)));

  /** A side branch that has nothing to do with anything else is the same from wherever it begins. */
  const isTried = (state: ProcessState, { elementId, key }: KeyedAct): boolean => {
    const attached = state.elements[key];
    const element = graph.elements[elementId];
    if (!attached || !element || !isSide(element) || isInLoop(state, attached)) return false;
    const region = regionOf(elementId, element.parentId ?? '');
    if (!region || !isAlone(region, placesBeside(graph, state, null))) return false;
    const context = contextOf(state.elements, key);
    const place = JSON.stringify([elementId, ...[...region.reads].map((root) => context[root] ?? null)]);
    const isKnown = tried.has(place);
    tried.add(place);
    return isKnown;
  };

  return (state, acts) => {
    for (const key of new Set(acts.map((act) => act.key))) {
      const instance = state.elements[key];
      if (!instance || !isPlain(instance) || isInLoop(state, instance)) continue;
      const shared = sharedScope(state, instance);
      const beside = placesBeside(graph, state, instance);
      // What listens around it may end with it, so it is looked at together with it.
      const own = new Set(ownScopes(state, instance, shared).map((scope) => scope.key));
      const together = acts.filter((act) => own.has(act.key));
      const places = new Set([instance.elementId, ...together.filter((act) => act.key !== key).map((act) => act.elementId)]);
      if ([...places].every((place) => isAlone(regionOf(place, shared), beside))) return together;
    }
    return acts.filter((act) => !isTried(state, act));
  };
}

function remembered<T>(make: (...names: readonly [string, ...string[]]) => T): (...names: readonly [string, ...string[]]) => T {
  const known = new Map<string, { readonly value: T }>();
  return (...names) => {
    const key = names.join(' ');
    const found = known.get(key) ?? { value: make(...names) };
    known.set(key, found);
    return found.value;
  };
}

const isPlain = ({ elementType }: ElementInstance): boolean => !/(process|body|transaction)$/i.test(elementType);

/** Instances of a loop share its elements, and may end each other. */
function isInLoop(state: ProcessState, instance: ElementInstance): boolean {
  return scopesAround(state, instance).some(({ multiInstance, loopIndex }) => multiInstance !== undefined || loopIndex !== undefined);
}

function scopesAround(state: ProcessState, instance: ElementInstance): readonly ElementInstance[] {
  const around: ElementInstance[] = [];
  for (let at: ElementInstance | undefined = instance; at; at = at.scopeKey === null ? undefined : state.elements[at.scopeKey])
    around.push(at);
  return around;
}

/** It and the scopes around it that hold nothing else. */
function ownScopes(state: ProcessState, instance: ElementInstance, shared: string): readonly ElementInstance[] {
  const around = scopesAround(state, instance);
  const end = around.findIndex((scope, index) => index > 0 && scope.elementId === shared);
  return end < 0 ? around : around.slice(0, end);
}

/** The nearest scope in which something else lives too: it does not end with this. Empty where there is none. */
function sharedScope(state: ProcessState, instance: ElementInstance): string {
  const living = Object.values(state.elements);
  for (const { scopeKey, key } of scopesAround(state, instance)) {
    const scope = scopeKey === null ? undefined : state.elements[scopeKey];
    const isShared =
      living.some((other) => other.scopeKey === scopeKey && other.key !== key) || Object.keys(scope?.tokens ?? {}).length > 0;
    if (scope && isShared) return scope.elementId;
  }
  return '';
}

/** Everything else that lives and does not hold it, and the flows on which tokens wait. */
function placesBeside(graph: ProcessGraph, state: ProcessState, instance: ElementInstance | null): readonly string[] {
  const living = Object.values(state.elements);
  const around = new Set(instance ? scopesAround(state, instance).map(({ key }) => key) : []);
  const others = living.filter(({ key, scopeKey }) => !around.has(key) && scopeKey !== null).map(({ elementId }) => elementId);
  const waiting = living.flatMap(({ tokens }) => Object.keys(tokens));
  const triggered = insideOf(graph, state.processId).filter(isEventSubProcess);
  return [...others, ...triggered.map(({ id }) => id), ...waiting.map((flowId) => `${flowId}>`)];
}

interface Footprint {
  readonly nodes: ReadonlySet<string>;
  readonly reads: ReadonlySet<string>;
  readonly writes: ReadonlySet<string>;
}

function isApart(region: Footprint, other: Footprint): boolean {
  return (
    !meets(region.nodes, other.nodes) &&
    !meets(region.writes, other.reads) &&
    !meets(region.writes, other.writes) &&
    !meets(region.reads, other.writes)
  );
}

function meets(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  for (const each of left) if (right.has(each)) return true;
  return false;
}

/** From an element up to the joins behind it and the end of the scope that it shares; null where something in there ends others. */
function measure(
  graph: ProcessGraph,
  net: FlowNet,
  sources: Sources,
  { elementId, stopAt = '' }: { readonly elementId: string; readonly stopAt: string | undefined },
): Footprint | null {
  const isBorder = (node: string): boolean => node === endOf(stopAt) || isJoin(graph.elements[node]);
  const next = (node: string): readonly string[] => [...net.next(node), ...net.returns(node)].filter((other) => !isBorder(other));
  const nodes = new Set([elementId, ...closureOf(next, next(elementId))]);
  if ([...nodes].some((node) => endsOthers(graph.elements[node]))) return null;
  const own = footprint(graph, sources, nodes);
  // What interrupts the scopes around it may ask for what it has set.
  return meets(own.writes, footprint(graph, sources, interruptsAround(graph, net, elementId)).reads) ? null : own;
}

const isJoin = (element: GraphElement | undefined): boolean =>
  element !== undefined && /^(parallel|inclusive|complex)Gateway$/.test(element.elementType) && element.incoming.length > 1;

const PLAIN_EVENTS = /^(none|timer|message|signal|conditional|link|multiple)$/;
const PLAIN_ELEMENTS = /Task$|^task$|Event$|^(exclusive|parallel|eventBased)Gateway$|^(subProcess|callActivity)$/;

/** Errors, escalations, terminate events and whatever else is not confined to its own token. */
function endsOthers(element: GraphElement | undefined): boolean {
  if (!element) return false;
  const isConfined = PLAIN_ELEMENTS.test(element.elementType) || /^inclusiveGateway$/.test(element.elementType);
  if (!isConfined) return true;
  if (element.elementType === 'boundaryEvent') return false;
  return 'event' in element && !PLAIN_EVENTS.test(element.event.kind);
}

function interruptsAround(graph: ProcessGraph, net: FlowNet, elementId: string): ReadonlySet<string> {
  const boundaries: string[] = [];
  for (let at = graph.elements[elementId]?.parentId ?? null; at !== null; at = graph.elements[at]?.parentId ?? null) {
    const scope = graph.elements[at];
    if (scope) boundaries.push(...boundariesOf(graph, scope).map(({ id }) => id));
    boundaries.push(
      ...insideOf(graph, at)
        .filter(isEventSubProcess)
        .map(({ id }) => id),
    );
  }
  const processId = graph.elements[elementId]?.processId ?? '';
  boundaries.push(
    ...insideOf(graph, processId)
      .filter(isEventSubProcess)
      .map(({ id }) => id),
  );
  return closureOf(net.next, boundaries);
}

/** Everything to which an element, or a token on a flow (`flow>`), can lead. A side event that may happen again leads to its own side only. */
function onwardFrom(graph: ProcessGraph, net: FlowNet, place: string): ReadonlySet<string> {
  const withReturns = (node: string): readonly string[] => [...net.next(node), ...net.returns(node)];
  if (place.endsWith('>')) {
    const target = graph.flows[place.slice(0, -1)]?.targetId;
    // The token lies before its join; what the join leads to follows only when all have come.
    return new Set(target === undefined ? [] : closureOf(withReturns, withReturns(target)));
  }
  const next = (node: string): readonly string[] => withReturns(node).filter((id) => !isSide(graph.elements[id]));
  return new Set([place, ...closureOf(next, next(place)), ...(isScope(graph.elements[place]) ? closureOf(next, next(endOf(place))) : [])]);
}

const isSide = (element: GraphElement | undefined): boolean => element?.elementType === 'boundaryEvent' && !element.isInterrupting;

function footprint(graph: ProcessGraph, sources: Sources, nodes: ReadonlySet<string>): Footprint {
  const reads = new Set<string>();
  const writes = new Set<string>();
  for (const node of nodes) {
    const element = graph.elements[elementOfNode(node)];
    if (!element) continue;
    for (const flowId of element.outgoing) {
      const { condition } = graph.flows[flowId] ?? {};
      for (const path of condition === undefined ? [] : predicateOf(condition).paths) reads.add(rootOf(path));
    }
    for (const name of sources.namesFrom(element)) writes.add(name);
  }
  return { nodes, reads, writes };
}
