/**
 * A running instance goes on in another published version of its flow. What lives keeps its key, its variables, its open task and whoever holds
 * it, its running jobs and called processes. What it listens for is kept where it is defined as before, armed anew where its definition changed,
 * ended where it is gone, begun where it is new. Decided against the other version's graph, which the step carries by its hash.
 */
import type { GraphElement, ProcessGraph } from '#core/bpmn/graph.ts';
import { canonicalJson } from '#core/journal/canonical.ts';
import { canEnd, lostLinks, starvedJoins } from './ahead.ts';
import type { Command } from './command.ts';
import { isBody } from './compensable.ts';
import type { ElementKey } from './event.ts';
import { attempt } from './failure.ts';
import { violations } from './invariants.ts';
import { isTooLong, REASON_LENGTH_MAX, tooLong } from './lengths.ts';
import { listenersOf, type Migrating, mapped, mappedFlow, refuseMapping } from './migration.ts';
import type { Refusal } from './refusal.ts';
import type { ElementInstance, ProcessState } from './state.ts';
import { emit, type Step } from './step.ts';
import { personOf } from './tasks.ts';
import { endWait, type Wait } from './terminate.ts';
import { awaited, subscribing } from './waits.ts';

export function migrate(step: Step, from: ProcessGraph, command: Extract<Command, { type: 'instance.migrate' }>): Refusal | undefined {
  const { reason, graphHash, fromGraphHash, version, mapping, actor } = command;
  if (reason.trim() === '') return { code: 'reason-required' };
  if (isTooLong(reason)) return tooLong('reason', REASON_LENGTH_MAX);
  if (graphHash === fromGraphHash) return { code: 'nothing-asked' };
  const migrating: Migrating = { from, to: step.graph, mapping };
  const { draft } = step;
  const refusal = refuseMapping(migrating, draft) ?? refuseWaits(migrating, draft);
  if (refusal) return refusal;
  const waits = [...Object.values(draft.timers), ...Object.values(draft.subscriptions)];
  const changes = waits.map((wait) => ({ wait, change: changeOf(migrating, wait) }));
  const fresh = Object.values(draft.elements).flatMap((instance) =>
    freshOf(migrating, instance).map((targetId) => ({ instance, targetId })),
  );
  for (const { wait, change } of changes) if (change === 'ended' || change === 'armed-anew') endWait(step, wait);
  emit(step, {
    type: 'instance.migrated',
    by: personOf(actor).personId,
    reason,
    fromGraphHash,
    graphHash,
    version,
    elements: mapping,
    flows: flowsOf(migrating, draft),
  });
  for (const [key, targetId] of anew(migrating, changes)) listen(step, key, targetId);
  for (const { instance, targetId } of fresh) listen(step, instance.key, targetId);
  return undefined;
}

/** Once everything has come to rest: what does not hold in the new version although it could have. */
export function brokenByMigration({ from, to }: Pick<Migrating, 'from' | 'to'>, before: ProcessState, after: ProcessState): Refusal | null {
  if (violations(to, after).length > 0) return { code: 'invariant-broken' };
  if (after.status !== 'active') return null;
  const [starved] = starvedJoins(to, after);
  if (starved !== undefined && starvedJoins(from, before).length === 0) return { code: 'join-starved', data: { elementIds: [starved] } };
  if (!canEnd(to, after)) return { code: 'end-unreachable' };
  const lost = lostLinks(to, after);
  return lost.length > 0 && lostLinks(from, before).length === 0 ? { code: 'loop-broken', data: { links: lost } } : null;
}

type WaitChange = 'kept' | 'armed-anew' | 'ended';

/** What an element itself waits for must be waited for there too, as the same kind. */
function refuseWaits({ from, to, mapping }: Migrating, state: Pick<ProcessState, 'timers' | 'subscriptions'>): Refusal | null {
  for (const { elementId, targetId } of [...Object.values(state.timers), ...Object.values(state.subscriptions)]) {
    if (targetId !== elementId) continue;
    const [element, target] = [from.elements[targetId], to.elements[mapped(mapping, targetId)]];
    if (!element || !target || awaited(element).kind !== awaited(target).kind) return { code: 'element-changed', data: { elementId } };
  }
  return null;
}

function changeOf({ from, to, mapping }: Migrating, { elementId, targetId, definition }: Wait): WaitChange {
  const [element, target] = [from.elements[targetId], to.elements[mapped(mapping, targetId)]];
  if (!element || !target || element.elementType !== target.elementType) return 'ended';
  if (targetId !== elementId) {
    const holderId = mapped(mapping, elementId);
    const scopeId = to.processes[elementId] ? elementId : holderId;
    if (!listenersOf(to, to.elements[holderId], scopeId).includes(target.id)) return 'ended';
  }
  return definedAs(element, definition) === definedAs(target, definition) ? 'kept' : 'armed-anew';
}

/** What a wait is made of: another condition, message, time or set of senders is another wait. */
function definedAs(element: GraphElement, definition: number | undefined): string {
  const event = awaited(element);
  const one = event.kind === 'multiple' ? (event.definitions[definition ?? 0] ?? null) : event;
  const action = 'action' in element && element.action ? { code: element.action.code, senders: element.action.senders } : null;
  return canonicalJson({ event: one, action });
}

/** Listeners of living elements that the version begun with does not have. */
function freshOf({ from, to, mapping }: Migrating, { elementId, scopeKey, loopIndex, ...instance }: ElementInstance): readonly string[] {
  const isRoot = scopeKey === null;
  const here = isRoot ? undefined : from.elements[elementId];
  const there = isRoot ? undefined : to.elements[mapped(mapping, elementId)];
  const known = new Set(listenersOf(from, here, elementId).map((id) => mapped(mapping, id)));
  return listenersOf(to, there, isRoot ? elementId : (there?.id ?? '')).filter((id) => {
    if (known.has(id)) return false;
    const target = to.elements[id];
    // Boundary events belong to the body of a loop, event sub-processes to its instances.
    return target?.elementType === 'boundaryEvent' ? loopIndex === undefined : !isBody(instance);
  });
}

/** One new subscription for each target, however many definitions of it were waited for. */
function anew(
  { mapping }: Migrating,
  changes: readonly { readonly wait: Wait; readonly change: WaitChange }[],
): readonly (readonly [ElementKey, string])[] {
  const targets = changes.flatMap(({ wait, change }) =>
    change === 'armed-anew' ? [[wait.key, mapped(mapping, wait.targetId)] as const] : [],
  );
  return [...new Map(targets.map((pair) => [pair.join(' '), pair])).values()];
}

function listen(step: Step, key: ElementKey, targetId: string): void {
  const target = step.graph.elements[targetId];
  if (target) attempt(step, key, 'listen', () => subscribing(step, key, target)());
}

function flowsOf({ from, to, mapping }: Migrating, { elements }: Pick<ProcessState, 'elements'>): Readonly<Record<string, string>> {
  const flowIds = Object.values(elements).flatMap((scope) => Object.keys(scope.tokens));
  return Object.fromEntries(
    flowIds.flatMap((flowId) => {
      const flow = mappedFlow(from, to, mapping, flowId);
      return flow === null || flow === flowId ? [] : [[flowId, flow]];
    }),
  );
}
