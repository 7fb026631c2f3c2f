/** The invariants, asked of random diagrams under random commands. `Instance` checks them after every step. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { canonicalJson } from '#core/journal/canonical.ts';
import type { JsonObject } from '#core/json.ts';
import { aGraph } from '#test/support/process/a-graph.ts';
import { ANNA, BEN, Instance, SYSTEM } from '#test/support/process/an-instance.ts';
import { blockDiagram, peopledDiagram } from '#test/support/process/random-diagram.ts';
import { ROOTS } from '#test/support/process/random-roots.ts';
import { tangle } from '#test/support/process/random-tangle.ts';
import { withReturns } from '#test/support/process/with-returns.ts';
import type { Actor, CommandBody } from './command.ts';
import { decide } from './decide.ts';
import { effects } from './effects.ts';
import { evolve } from './evolve.ts';
import { returnTargets } from './plan-return.ts';
import type { ProcessState } from './state.ts';

const RUNS = { numRuns: 400, interruptAfterTimeLimit: 40_000 };

/** A choice among what is possible, made when the state is known. */
const choices = fc.array(fc.nat(1_000), { maxLength: 25 });
const variables: fc.Arbitrary<JsonObject> = fc.record({ c1: fc.boolean(), c2: fc.boolean() });

interface Move {
  readonly body: CommandBody;
  readonly actor: Actor;
}

/** Everything that could happen next, sensible or not. */
function moves(graph: ProcessGraph, state: ProcessState): readonly Move[] {
  const found: Move[] = [
    { body: { type: 'comment', text: 'hm', mentions: [], fileIds: [] }, actor: ANNA },
    { body: { type: 'message.deliver', messageName: 'news', variables: { told: true } }, actor: SYSTEM },
    { body: { type: 'signal.deliver', signalName: 'alarm', variables: {} }, actor: SYSTEM },
    { body: { type: 'action.send', code: 'stop', facts: {} }, actor: ANNA },
    { body: { type: 'job.complete', effectId: '1:0', variables: {} }, actor: SYSTEM },
    { body: { type: 'timer.fire', effectId: '1:1' }, actor: SYSTEM },
    ...Object.values(state.elements).flatMap(({ key, adHoc, elementId }): readonly Move[] =>
      adHoc ? [{ body: { type: 'adHoc.activate', scopeKey: key, elementIds: [`${elementId}_a`] }, actor: SYSTEM }] : [],
    ),
  ];
  for (const { taskId } of Object.values(state.tasks)) {
    for (const actor of [ANNA, BEN]) {
      found.push({ body: { type: 'task.claim', taskId }, actor }, { body: { type: 'task.release', taskId }, actor });
      found.push({ body: { type: 'task.complete', taskId, facts: { seen: taskId } }, actor });
    }
    found.push({ body: { type: 'task.complete', taskId, facts: {} }, actor: SYSTEM });
  }
  for (const effect of effects(graph, state)) {
    const effectId = effect.id;
    if (effect.kind === 'timer') found.push({ body: { type: 'timer.fire', effectId }, actor: SYSTEM });
    if (effect.kind === 'job') {
      found.push({ body: { type: 'job.complete', effectId, variables: { n: 1 } }, actor: SYSTEM });
      found.push({ body: { type: 'job.fail', effectId, message: 'no', retriesLeft: 0 }, actor: SYSTEM });
      found.push({ body: { type: 'job.throwError', effectId, errorCode: 'FAULT', variables: {} }, actor: SYSTEM });
    }
    if (effect.kind === 'child') {
      found.push({ body: { type: 'child.complete', effectId, variables: {} }, actor: SYSTEM });
      found.push({ body: { type: 'child.fail', effectId, message: 'no' }, actor: SYSTEM });
    }
  }
  for (const { incidentId } of Object.values(state.incidents)) found.push({ body: { type: 'incident.retry', incidentId }, actor: SYSTEM });
  return found;
}

function wander(instance: Instance, picks: readonly number[]): void {
  for (const pick of picks) {
    const possible = moves(instance.graph, instance.state);
    const move = possible[pick % possible.length];
    if (move) instance.later(1_000).send(move.body, move.actor);
  }
}

/** Does what is open, in an order that the picks give, until nothing is. */
function finish(instance: Instance, picks: readonly number[]): void {
  for (let round = 0; round < 400 && instance.state.status === 'active'; round += 1) {
    const { tasks, incidents, subscriptions } = instance.state;
    const wanted = effects(instance.graph, instance.state);
    const open: readonly CommandBody[] = [
      ...Object.values(incidents).map(({ incidentId }): CommandBody => ({ type: 'incident.retry', incidentId })),
      ...Object.values(tasks).map(({ taskId }): CommandBody => ({ type: 'task.complete', taskId, facts: {} })),
      ...wanted.flatMap(({ kind, id }): readonly CommandBody[] => {
        if (kind === 'job') return [{ type: 'job.complete', effectId: id, variables: {} }];
        return kind === 'child' ? [{ type: 'child.complete', effectId: id, variables: {} }] : [];
      }),
      ...Object.values(subscriptions)
        .filter(({ targetId, elementId }) => targetId === elementId)
        .map(({ effectId }): CommandBody => ({ type: 'message.deliver', messageName: 'news', effectId, variables: {} })),
    ];
    const next = open[(picks[round % Math.max(picks.length, 1)] ?? 0) % Math.max(open.length, 1)];
    if (next) instance.do(next);
    else instance.fireNext();
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFreeze(member);
  }
  return value;
}

describe('whatever happens to a diagram of blocks', () => {
  it('every state is sound, and everything that was begun can be finished', async () => {
    await fc.assert(
      fc.asyncProperty(blockDiagram, variables, choices, async (inner, given, picks) => {
        const instance = new Instance(await aGraph(inner, ROOTS)).start(given);
        wander(instance, picks);
        finish(instance, picks);
        expect(instance.state.status).toBe('completed');
        // A token is never doubled: what has one way in and one way out is left once.
        expect(instance.events.filter((event) => event.type === 'element.activated' && event.elementId === 'end')).toHaveLength(1);
      }),
      RUNS,
    );
  }, 90_000);

  it('the same command on the same state gives the same events, changes no input, and the events folded anew give the same state', async () => {
    await fc.assert(
      fc.asyncProperty(blockDiagram, variables, choices, async (inner, given, picks) => {
        const graph = deepFreeze(await aGraph(inner, ROOTS));
        let state: ProcessState | null = null;
        let at = Date.parse('2026-01-05T01:00:00.000Z');
        const start: Move = { body: { type: 'start', instanceId: 'i', processId: 'p', variables: given }, actor: SYSTEM };
        const steps: { seq: number; at: string; events: Parameters<typeof evolve>[2]['events'] }[] = [];
        for (const pick of [0, ...picks]) {
          const possible: readonly Move[] = state ? moves(graph, state) : [start];
          const move = possible[pick % possible.length] ?? start;
          at += 1_000;
          const command = { ...move.body, id: String(at), at: new Date(at).toISOString(), zone: 'UTC', actor: move.actor };
          const answer = decide(graph, state, command);
          expect(decide(graph, state, command)).toEqual(answer);
          if (answer.kind !== 'accepted') continue;
          const step = { seq: steps.length + 1, at: command.at, events: answer.events };
          steps.push(step);
          state = deepFreeze(evolve(graph, state, step));
        }
        const folded = steps.reduce<ProcessState | null>((before, step) => evolve(graph, before, JSON.parse(JSON.stringify(step))), null);
        expect(canonicalJson(folded)).toBe(canonicalJson(state));
      }),
      RUNS,
    );
  }, 90_000);

  it('no id of an effect is ever used twice', async () => {
    await fc.assert(
      fc.asyncProperty(blockDiagram, variables, choices, async (inner, given, picks) => {
        const instance = new Instance(await aGraph(inner, ROOTS)).start(given);
        wander(instance, picks);
        const wanted = instance.events.flatMap((event) =>
          event.type === 'timer.scheduled' ||
          event.type === 'job.created' ||
          event.type === 'child.wanted' ||
          event.type === 'message.subscribed' ||
          event.type === 'signal.subscribed' ||
          event.type === 'condition.subscribed' ||
          event.type === 'compensation.thrown'
            ? [event.effectId]
            : [],
        );
        expect(new Set(wanted).size).toBe(wanted.length);
      }),
      { ...RUNS, numRuns: 60 },
    );
  }, 90_000);
});

const manyChoices = fc.array(fc.nat(1_000), { minLength: 10, maxLength: 60 });

/** People do what is open, and return it wherever that is offered and the picks say so. The number of returns. */
function wanderBack(instance: Instance, picks: readonly number[]): number {
  let returns = 0;
  for (const pick of picks) {
    const tasks = Object.values(instance.state.tasks);
    const task = tasks[Math.floor(pick / 2) % Math.max(tasks.length, 1)];
    const targets = task && pick % 2 === 0 ? returnTargets(instance.graph, instance.state, task.taskId) : [];
    const toElementId = targets[Math.floor(pick / 8) % Math.max(targets.length, 1)];
    if (!task || toElementId === undefined) {
      wanderOn(instance, pick);
      continue;
    }
    const { taskId, assignee } = task;
    const by = assignee === 'ben' ? BEN : ANNA;
    if (assignee === undefined) instance.do({ type: 'task.claim', taskId }, by);
    instance.do({ type: 'task.return', taskId, toElementId, reason: 'again' }, by);
    expect(instance.state.tasks[taskId]).toBeUndefined();
    returns += 1;
  }
  return returns;
}

function wanderOn(instance: Instance, pick: number): void {
  const tasks = Object.values(instance.state.tasks);
  const task = tasks[pick % Math.max(tasks.length, 1)];
  if (!task || pick % 11 === 0) {
    wander(instance, [pick]);
    return;
  }
  const { taskId, assignee } = task;
  const by = assignee === 'ben' ? BEN : ANNA;
  if (assignee === undefined) instance.do({ type: 'task.claim', taskId }, by);
  instance.do({ type: 'task.complete', taskId, facts: {} }, by);
}

describe('whatever is returned', () => {
  it('every offered return leaves a sound state, and the instance can still be finished, at its end once', async () => {
    let returns = 0;
    await fc.assert(
      fc.asyncProperty(peopledDiagram, variables, manyChoices, async (inner, given, picks) => {
        const instance = new Instance(withReturns(await aGraph(inner, ROOTS))).start(given);
        returns += wanderBack(instance, picks);
        finish(instance, picks);
        expect(instance.state.status).toBe('completed');
        // A branch that a discriminator did not wait for may have been returned when the end had been passed: that was undone with the rest.
        const undone = instance.events.findLastIndex((event) => event.type === 'task.returned' && event.scopeKey === 1);
        const since = instance.events.slice(undone + 1);
        expect(since.filter((event) => event.type === 'element.activated' && event.elementId === 'end')).toHaveLength(1);
      }),
      RUNS,
    );
    expect(returns).toBeGreaterThan(100);
  }, 90_000);

  it('every offered return of a tangle leaves a sound state', async () => {
    await fc.assert(
      fc.asyncProperty(tangle, choices, async (inner, picks) => {
        const flags = Object.fromEntries(
          ['t0', 't1', 't2', 't3', 't4', 't5', 't6', 'end'].map((name, index) => [name, (picks[index] ?? 0) % 2 === 0]),
        );
        const instance = new Instance(withReturns(await aGraph(inner, ROOTS))).start(flags);
        wanderBack(instance, picks.slice(0, 10));
        expect(['active', 'completed']).toContain(instance.state.status);
      }),
      { ...RUNS, numRuns: 100 },
    );
  }, 90_000);
});

describe('whatever happens to a tangle', () => {
  it('every state is sound', async () => {
    await fc.assert(
      fc.asyncProperty(tangle, choices, async (inner, picks) => {
        const flags = Object.fromEntries(
          ['t0', 't1', 't2', 't3', 't4', 't5', 't6', 'end'].map((name, index) => [name, (picks[index] ?? 0) % 2 === 0]),
        );
        const instance = new Instance(await aGraph(inner, ROOTS)).start(flags);
        wander(instance, picks.slice(0, 10));
        expect(['active', 'completed']).toContain(instance.state.status);
      }),
      RUNS,
    );
  }, 90_000);
});
