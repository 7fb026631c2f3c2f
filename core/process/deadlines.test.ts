import { describe, expect, it } from 'vitest';
import { aGraph, element, extensions, flows, properties, timer, userTask } from '#test/support/process/a-graph.ts';
import { ANNA, Instance, SYSTEM } from '#test/support/process/an-instance.ts';
import { effects } from './effects.ts';
import type { NeedValues } from './need.ts';

const HOUR = 3_600_000;
const STARTER = { starter: { person: 'zhou', organisation: 'o1' } };
const START = { type: 'start', instanceId: 'i', processId: 'p', variables: STARTER } as const;
/** Nine to five in Beijing, on a Monday and a Tuesday. */
const OFFICE: NeedValues = {
  workingTime: {
    o1: [
      ['2026-01-05T01:00:00.000Z', '2026-01-05T09:00:00.000Z'],
      ['2026-01-06T01:00:00.000Z', '2026-01-06T09:00:00.000Z'],
    ],
  },
};

const OUTCOMES = JSON.stringify([
  { code: 'approve', name: { 'zh-CN': '通过' } },
  { code: 'ask', name: { 'zh-CN': '补充' }, formRequired: false },
]);

const reviewing = (pairs: Readonly<Record<string, string>>) =>
  aGraph([
    element('startEvent', 'start'),
    element('exclusiveGateway', 'again'),
    userTask('review', { outcomes: OUTCOMES, ...pairs }),
    element('exclusiveGateway', 'asked', { default: 'asked--end' }),
    userTask('answer'),
    element('endEvent', 'end'),
    flows('start again', 'again review', 'review asked', 'asked answer =outcome = "ask"', 'asked end', 'answer again'),
  ]);

describe('a deadline', () => {
  it('reminds at its shares, then is overdue and lets those act to whom it escalates', async () => {
    const graph = await reviewing({
      deadline: 'PT8H',
      remindAt: '50,80',
      escalateTo: '=["person:boss", "person:zhou"]',
      notSameAs: 'start',
    });
    const instance = new Instance(graph).start(STARTER);
    expect(effects(graph, instance.state).map((effect) => effect.kind === 'timer' && [effect.purpose, effect.due])).toEqual([
      ['reminder', '2026-01-05T05:00:00.000Z'],
      ['reminder', '2026-01-05T07:24:00.000Z'],
      ['deadline', '2026-01-05T09:00:00.000Z'],
    ]);
    instance.fireNext().fireNext().fireNext();
    expect(instance.events.slice(-3)).toMatchObject([
      { type: 'task.reminded', percent: 50 },
      { type: 'task.reminded', percent: 80 },
      // The applicant is excluded from the review, also when it escalates.
      { type: 'task.overdue', escalatedTo: ['person:boss'] },
    ]);
    expect(instance.task('review')).toMatchObject({ overdue: true, candidates: ['team:t', 'person:boss'] });
    expect(effects(graph, instance.state)).toEqual([]);
  });

  it('asks the door once for the working time of the organisation', async () => {
    const graph = await reviewing({ deadline: 'PT10H', deadlineClock: 'working', remindAt: '50' });
    const instance = new Instance(graph);
    expect(instance.send(START)).toEqual({
      kind: 'needs',
      needs: [{ kind: 'working-time', organisationId: 'o1', from: instance.at, minutes: 600 }],
    });
    // Too little is asked for again.
    expect(instance.send(START, SYSTEM, { workingTime: { o1: [] } }).kind).toBe('needs');
    instance.start(STARTER, SYSTEM, OFFICE);
    expect(instance.task('review').deadline).toMatchObject({
      due: '2026-01-06T03:00:00.000Z',
      clock: 'working',
      reminders: [{ at: '2026-01-05T06:00:00.000Z' }],
    });
  });

  it('pauses while an answer is awaited: the time spent is carried over', async () => {
    const graph = await reviewing({ deadline: 'PT8H', remindAt: '50,80', carryOutcomes: 'ask' });
    const instance = new Instance(graph)
      .start(STARTER)
      .later(5 * HOUR)
      .complete('review', { outcome: 'ask' }, ANNA);
    expect(instance.state.carriedMs).toEqual({ review: 5 * HOUR });
    instance.later(48 * HOUR).complete('answer');
    // Three hours are left; the reminder at half time has been given, the one at 80 % comes after 1.4 hours.
    expect(instance.task('review').deadline).toMatchObject({
      due: '2026-01-07T09:00:00.000Z',
      budgetMs: 3 * HOUR,
      reminders: [{ percent: 80, at: '2026-01-07T07:24:00.000Z' }],
    });
    instance.complete('review', { outcome: 'approve' }, ANNA);
    expect(instance.state.carriedMs).toEqual({});
  });

  it('carries working time as it was worked', async () => {
    const graph = await reviewing({ deadline: 'PT10H', deadlineClock: 'working', carryOutcomes: 'ask' });
    const instance = new Instance(graph)
      .start(STARTER, SYSTEM, OFFICE)
      .claim('review')
      .later(24 * HOUR);
    const complete = { type: 'task.complete', taskId: instance.task('review').taskId, facts: {}, outcome: 'ask' } as const;
    expect(instance.send(complete, ANNA)).toEqual({
      kind: 'needs',
      needs: [{ kind: 'worked-time', organisationId: 'o1', from: '2026-01-05T01:00:00.000Z', to: '2026-01-06T01:00:00.000Z' }],
    });
    instance.do(complete, ANNA, OFFICE);
    expect(instance.state.carriedMs).toEqual({ review: 8 * HOUR });
  });

  it('is an incident when it is no duration, and comes right after a retry', async () => {
    const graph = await reviewing({ deadline: '=limit' });
    const instance = new Instance(graph).start({ limit: 'soon' });
    expect(instance.incident()).toMatchObject({ code: 'timer-invalid', elementId: 'review' });
    instance.do({ type: 'incident.retry', incidentId: instance.incident().incidentId, variables: { limit: 'PT1H' } });
    expect(instance.task('review').deadline?.due).toBe('2026-01-05T02:00:00.000Z');
  });
});

describe('a timer', () => {
  it('that is no longer wanted is refused', async () => {
    const graph = await aGraph([
      element('startEvent', 'start'),
      userTask('work'),
      element('boundaryEvent', 'late', { attachedToRef: 'work' }, timer('Duration', 'P1M')),
      element('endEvent', 'end'),
      element('endEvent', 'gone'),
      flows('start work', 'work end', 'late gone'),
    ]);
    const instance = new Instance(graph).start();
    const [effect] = effects(graph, instance.state);
    // A month has the length that the calendar gives it.
    expect(effect).toMatchObject({ kind: 'timer', due: '2026-02-05T01:00:00.000Z', elementId: 'late' });
    expect(instance.refused({ type: 'timer.fire', effectId: '1:99' })).toBe('unknown-effect');
    instance.complete('work');
    expect(instance.refused({ type: 'timer.fire', effectId: effect?.id ?? '' })).toBe('instance-ended');
  });

  it('counts working time of the organisation that the element names', async () => {
    const graph = await aGraph([
      element('startEvent', 'start'),
      element(
        'intermediateCatchEvent',
        'pause',
        {},
        extensions(properties({ clock: 'working', calendarOf: '=lead' })) + timer('Duration', 'PT9H'),
      ),
      element('endEvent', 'end'),
      flows('start pause', 'pause end'),
    ]);
    const instance = new Instance(graph).start({ lead: 'o1' }, SYSTEM, OFFICE);
    expect(Object.values(instance.state.timers)).toMatchObject([{ due: '2026-01-06T02:00:00.000Z' }]);
  });
});
