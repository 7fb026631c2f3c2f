/** What the explored states say about a definition, as findings: each of them once, at the element where it shows first. */
import type { Finding } from '#core/bpmn/finding.ts';
import type { GraphElement, ProcessGraph } from '#core/bpmn/graph.ts';
import type { Words } from '#core/bpmn/report.ts';
import type { ProcessState } from '../state.ts';
import { counterExample } from './counter-example.ts';
import type { Exploration } from './explore.ts';
import type { FlowNet } from './flow-net.ts';
import { isAct } from './move.ts';
import { completionOf } from './stuck.ts';
import * as words from './words.ts';

export interface Explored {
  readonly graph: ProcessGraph;
  readonly net: FlowNet;
  readonly processId: string;
  readonly exploration: Exploration;
  readonly statesMax: number;
}

export function problemsIn(explored: Explored): readonly Finding[] {
  const stuck = deadlocks(explored);
  const blamed = new Set(stuck.map(({ elementId }) => elementId));
  const lost = lostTokens(explored).filter(({ elementId }) => !blamed.has(elementId));
  const turning = endless(explored);
  const found = [...stuck, ...lost, ...turning, ...uncaught(explored), ...doubled(explored, turning)];
  return [...found, ...neverHappening(explored, new Set(found.map(({ elementId }) => elementId))), ...bounded(explored)];
}

function found(
  { graph, processId, exploration }: Explored,
  at: { readonly elementId: string; readonly rule: string; readonly node: number; readonly severity: Finding['severity'] },
  { en, zh }: Words,
): Finding {
  const { steps, isCertain } = exploration.wayTo(at.node);
  // Where a condition that is not understood decides, it may be that it never comes out this way.
  const isGuess = !isCertain || steps.some(({ move }) => !isAct(move) && move.isGuess);
  const { elementId, rule } = at;
  return {
    elementId,
    rule,
    severity: isGuess ? 'warning' : at.severity,
    message: en,
    messageZh: zh,
    counterExample: counterExample(graph, processId, steps),
  };
}

function deadlocks(explored: Explored): readonly Finding[] {
  const { exploration, graph } = explored;
  const { dead, circles, canComplete } = completionOf(exploration);
  const blamed = new Map<string, Finding>();
  // What could still happen beside it does not help a token that waits in vain.
  const nearest = (elementId: string, node: number): number => {
    const first = exploration.nodes.findIndex(({ state }, index) => !canComplete(index) && forsakenIn(graph, state).includes(elementId));
    return first < 0 ? node : first;
  };
  for (const dying of dead) {
    const state = exploration.nodes[dying]?.state;
    for (const elementId of state ? waitingPlaces(graph, state) : []) {
      if (blamed.has(elementId)) continue;
      const node = nearest(elementId, dying);
      blamed.set(elementId, found(explored, { elementId, rule: 'deadlock', node, severity: 'error' }, words.deadlock));
    }
  }
  for (const circle of circles) {
    const [node = 0] = circle;
    const state = exploration.nodes[node]?.state;
    const isWaiting = circle.some((at) => Object.keys(exploration.nodes[at]?.state.incidents ?? {}).length === 0);
    const [elementId] = state ? innermost(state) : [];
    if (elementId === undefined || blamed.has(elementId)) continue;
    const at = { elementId, rule: isWaiting ? 'deadlock' : 'endless-loop', node, severity: 'error' } as const;
    blamed.set(elementId, found(explored, at, isWaiting ? words.circle : words.endless));
  }
  return [...blamed.values()];
}

/** Joins before which tokens wait; else whatever lives. */
export function waitingPlaces(graph: ProcessGraph, state: ProcessState): readonly string[] {
  const joins = Object.values(state.elements).flatMap(({ tokens }) =>
    Object.keys(tokens).flatMap((flowId) => graph.flows[flowId]?.targetId ?? []),
  );
  return joins.length > 0 ? [...new Set(joins)] : innermost(state).slice(0, 1);
}

function innermost(state: ProcessState): readonly string[] {
  const living = Object.values(state.elements);
  const holding = new Set(living.map(({ scopeKey }) => scopeKey));
  const inner = living.filter(({ key }) => !holding.has(key));
  const stopped = new Set(Object.values(state.incidents).map(({ key }) => key));
  return [...inner.filter(({ key }) => stopped.has(key)), ...inner.filter(({ key }) => !stopped.has(key))].map(
    ({ elementId }) => elementId,
  );
}

/** A scope in which nothing lives but tokens before joins ends only when it is interrupted. */
function lostTokens(explored: Explored): readonly Finding[] {
  const { exploration, graph } = explored;
  const { canComplete } = completionOf(exploration);
  const lost = new Map<string, Finding>();
  for (const [node, { state, stop }] of exploration.nodes.entries()) {
    if (stop !== null || !canComplete(node)) continue;
    for (const elementId of forsakenIn(graph, state)) {
      if (!lost.has(elementId))
        lost.set(elementId, found(explored, { elementId, rule: 'token-lost', node, severity: 'error' }, words.lost));
    }
  }
  return [...lost.values()];
}

/** Joins before which tokens wait in a scope where nothing else lives. */
function forsakenIn(graph: ProcessGraph, state: ProcessState): readonly string[] {
  const holding = new Set(Object.values(state.elements).map(({ scopeKey }) => scopeKey));
  return Object.values(state.elements)
    .filter(({ key }) => !holding.has(key))
    .flatMap(({ tokens }) => Object.keys(tokens).map((flowId) => graph.flows[flowId]?.targetId ?? flowId));
}

/** A step that never comes to rest by itself: the interpreter gave it up. */
function endless(explored: Explored): readonly Finding[] {
  const { graph, exploration } = explored;
  for (const [node, { state }] of exploration.nodes.entries()) {
    if (!Object.values(state.incidents).some(({ code }) => code === 'step-budget-exceeded')) continue;
    const [elementId] = waitingPlaces(graph, state);
    if (elementId !== undefined) return [found(explored, { elementId, rule: 'endless-loop', node, severity: 'error' }, words.endless)];
  }
  return [];
}

function uncaught(explored: Explored): readonly Finding[] {
  const told = new Map<string, Finding>();
  for (const [node, { state }] of explored.exploration.nodes.entries()) {
    for (const { elementId, code } of Object.values(state.incidents)) {
      if (code !== 'error-uncaught' || told.has(elementId)) continue;
      told.set(elementId, found(explored, { elementId, rule: 'error-uncaught', node, severity: 'warning' }, words.uncaught));
    }
  }
  return [...told.values()];
}

/** What follows something doubled is doubled with it: only the first is told. */
function doubled(explored: Explored, turning: readonly Finding[]): readonly Finding[] {
  const { net, exploration } = explored;
  const told: Finding[] = [];
  const first = [...exploration.doubled].sort(([, a], [, b]) => a - b);
  for (const [elementId, node] of first) {
    if ([...turning, ...told].some((finding) => finding.elementId === elementId || net.reach(finding.elementId).has(elementId))) continue;
    told.push(found(explored, { elementId, rule: 'token-doubled', node, severity: 'warning' }, words.doubled));
  }
  return told;
}

/** The first of each stretch that is never reached, unless something else found explains it. */
function neverHappening({ graph, net, processId, exploration }: Explored, explained: ReadonlySet<string>): readonly Finding[] {
  if (!exploration.isComplete || exploration.nodes.some(({ stop }) => stop === 'crowded' || stop === 'incident')) return [];
  const { happened, nodes } = exploration;
  const resting = nodes.filter(({ state }) => Object.keys(state.incidents).length === 0);
  const rested = new Set(resting.flatMap(({ state }) => Object.values(state.elements).map(({ elementId }) => elementId)));
  const never = Object.values(graph.elements).filter(
    (element) => element.processId === processId && !happened.has(element.id) && !isCompensating(graph, element),
  );
  return never.flatMap((element) => {
    const before = Object.values(graph.elements).filter((other) => net.next(other.id).includes(element.id) && happened.has(other.id));
    // Nobody knows whether a race that the interpreter decides by its order would always end so.
    const isRaced = [...exploration.cutShort].some((id) => id === element.id || net.reach(id).has(element.id));
    const isBoundary = element.elementType === 'boundaryEvent';
    const couldHappen = isBoundary ? rested.has(element.attachedToId) : before.length > 0;
    if (!couldHappen || isRaced || explained.has(element.id) || [...explained].some((id) => net.reach(id).has(element.id))) return [];
    return [
      { elementId: element.id, rule: 'never-happens', severity: 'warning' as const, message: words.never.en, messageZh: words.never.zh },
    ];
  });
}

/** Whether anything is ever undone does not decide whether it could be. */
function isCompensating(graph: ProcessGraph, element: GraphElement): boolean {
  if ('isForCompensation' in element && element.isForCompensation) return true;
  if (element.elementType === 'boundaryEvent' && element.event.kind === 'compensation') return true;
  const parent = element.parentId === null ? undefined : graph.elements[element.parentId];
  return parent !== undefined && isCompensating(graph, parent);
}

function bounded({ processId, exploration, statesMax }: Explored): readonly Finding[] {
  if (exploration.isComplete) return [];
  const { en, zh } = words.bounded(statesMax);
  return [{ elementId: processId, rule: 'soundness-bounded', severity: 'warning', message: en, messageZh: zh }];
}
