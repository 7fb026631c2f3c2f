import { beforeEach, describe, expect, it } from 'vitest';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { aGraph, element, flows, userTask } from '#test/support/process/a-graph.ts';
import { ANNA, BEN, Instance, person, SYSTEM } from '#test/support/process/an-instance.ts';

const OUTCOMES = JSON.stringify([
  { code: 'approve', name: { 'zh-CN': '通过' } },
  { code: 'return', name: { 'zh-CN': '退回' }, reason: 'required', formRequired: false },
  { code: 'reject', name: { 'zh-CN': '驳回' }, reason: { codes: [{ code: 'double', name: { 'zh-CN': '重复' } }] } },
]);

let graph: ProcessGraph;
let instance: Instance;
beforeEach(async () => {
  graph ??= await aGraph([
    element('startEvent', 'start'),
    userTask('review', { outcomes: OUTCOMES, result: 'review', notSameAs: 'start' }),
    userTask('check', { notSameAs: 'review' }),
    element('endEvent', 'end'),
    flows('start review', 'review check', 'check end'),
  ]);
  instance = new Instance(graph).start({ starter: { person: 'zhou', organisation: 'o1' } }, person('zhou', 'team:t'));
});

const review = () => instance.task('review').taskId;
const STRANGER = person('mallory', 'team:other');
const STARTER = person('zhou', 'team:t');

describe('claiming', () => {
  it('makes a candidate the holder', () => {
    instance.claim('review', ANNA);
    expect(instance.task('review')).toMatchObject({ assignee: 'anna', claimedAt: instance.at });
  });

  it.each([
    ['a stranger', STRANGER, 'not-candidate'],
    ['the person who applied', STARTER, 'excluded'],
    ['the system', SYSTEM, 'not-allowed'],
  ])('is refused to %s', (_who, actor, code) => {
    expect(instance.refused({ type: 'task.claim', taskId: review() }, actor)).toBe(code);
  });

  it('tells the slower one who was faster, and when', () => {
    instance.claim('review', ANNA).later(1_000);
    expect(instance.send({ type: 'task.claim', taskId: review() }, BEN)).toEqual({
      kind: 'refused',
      refusal: { code: 'claimed-by-other', data: { personId: 'anna', at: '2026-01-05T01:00:00.000Z' } },
    });
    expect(instance.refused({ type: 'task.claim', taskId: review() }, ANNA)).toBe('already-claimed');
  });

  it('can be given back by the holder only', () => {
    expect(instance.refused({ type: 'task.release', taskId: review() }, ANNA)).toBe('not-claimed');
    instance.claim('review', ANNA);
    expect(instance.refused({ type: 'task.release', taskId: review() }, BEN)).toBe('claimed-by-other');
    instance.do({ type: 'task.release', taskId: review() }, ANNA);
    expect(instance.task('review').assignee).toBeUndefined();
  });
});

describe('assigning', () => {
  it('gives the task to a person over another claim, but never to one who is excluded', () => {
    instance.claim('review', ANNA);
    instance.do({ type: 'task.assign', taskId: review(), personId: 'ben', reason: 'on leave' }, person('boss'));
    expect(instance.task('review').assignee).toBe('ben');
    expect(instance.refused({ type: 'task.assign', taskId: review(), personId: 'zhou' }, person('boss'))).toBe('excluded');
    expect(instance.refused({ type: 'task.assign', taskId: review(), personId: 'ben' }, person('boss'))).toBe('already-claimed');
  });
});

describe('completing', () => {
  const complete = (given: { outcome?: string; reason?: string; reasonCode?: string }) =>
    ({ type: 'task.complete', taskId: review(), facts: {}, ...given }) as const;

  it('needs the claim first', () => {
    expect(instance.refused(complete({ outcome: 'approve' }), ANNA)).toBe('not-claimed');
    instance.claim('review', BEN);
    expect(instance.refused(complete({ outcome: 'approve' }), ANNA)).toBe('claimed-by-other');
    expect(instance.refused(complete({ outcome: 'approve' }), STRANGER)).toBe('not-candidate');
    expect(instance.refused(complete({ outcome: 'approve' }), STARTER)).toBe('excluded');
  });

  it.each([
    ['no outcome', {}, 'outcome-required'],
    ['an outcome that is not offered', { outcome: 'burn' }, 'unknown-outcome'],
    ['no reason where one is required', { outcome: 'return' }, 'reason-required'],
    ['a blank reason', { outcome: 'return', reason: '  ' }, 'reason-required'],
    ['no coded reason', { outcome: 'reject', reason: 'because' }, 'reason-required'],
    ['a code that is not offered', { outcome: 'reject', reasonCode: 'mood' }, 'unknown-reason-code'],
    ['a code where none is asked', { outcome: 'approve', reasonCode: 'double' }, 'unknown-reason-code'],
    ['a reason that is too long', { outcome: 'return', reason: 'x'.repeat(2_001) }, 'too-long'],
  ])('is refused with %s', (_what, given, code) => {
    instance.claim('review', ANNA);
    expect(instance.refused(complete(given), ANNA)).toBe(code);
  });

  it('puts the outcome and the facts into the result variable, and free text nowhere', () => {
    instance.complete('review', { outcome: 'return', reason: 'page 2 is missing', facts: { score: 3 } }, ANNA);
    expect(instance.variables.review).toEqual({ score: 3, outcome: 'return', by: 'anna', at: instance.at, reasonCode: null });
    expect(JSON.stringify(instance.state)).not.toContain('page 2');
    expect(instance.openTasks()).toEqual(['check']);
  });

  it('excludes its completer from the element that must be done by another', () => {
    instance.complete('review', { outcome: 'approve' }, ANNA);
    expect(instance.task('check').excluded).toEqual(['anna']);
    expect(instance.refused({ type: 'task.claim', taskId: instance.task('check').taskId }, ANNA)).toBe('excluded');
    instance.complete('check', { facts: { seen: true } }, BEN);
    expect(instance.state.status).toBe('completed');
    expect(instance.variables.seen).toBe(true);
  });

  it('is told apart from a task that never was', () => {
    const taskId = review();
    instance.complete('review', { outcome: 'approve' }, ANNA);
    expect(instance.refused({ type: 'task.claim', taskId }, ANNA)).toBe('task-done');
    expect(instance.refused({ type: 'task.claim', taskId: '999' }, ANNA)).toBe('unknown-task');
  });
});

describe('urging', () => {
  it('is possible every half hour', () => {
    instance.do({ type: 'task.urge', taskId: review() }, STARTER);
    expect(instance.later(60_000).refused({ type: 'task.urge', taskId: review() }, STARTER)).toBe('urged-recently');
    instance.later(30 * 60_000).do({ type: 'task.urge', taskId: review() }, STARTER);
  });
});

describe('separation of duty', () => {
  it('binds a task that is already open when the other one is completed', async () => {
    const both = await aGraph([
      element('startEvent', 'start'),
      element('parallelGateway', 'fork'),
      userTask('one'),
      userTask('other', { notSameAs: 'one' }),
      element('endEvent', 'end'),
      flows('start fork', 'fork one', 'fork other', 'one end', 'other end'),
    ]);
    const running = new Instance(both).start().claim('other', ANNA).complete('one', {}, ANNA);
    expect(running.refused({ type: 'task.complete', taskId: running.task('other').taskId, facts: {} }, ANNA)).toBe('excluded');
    running.do({ type: 'task.assign', taskId: running.task('other').taskId, personId: 'ben' }, person('boss'));
    running.complete('other', {}, BEN);
    expect(running.state.status).toBe('completed');
  });
});
