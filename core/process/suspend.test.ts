import { describe, expect, it } from 'vitest';
import { aGraph, element, extensions, flows, properties, timer, userTask } from '#test/support/process/a-graph.ts';
import { ANNA, Instance, person } from '#test/support/process/an-instance.ts';
import { effects } from './effects.ts';
import type { NeedValues } from './need.ts';

const HOUR = 3_600_000;
const OPERATOR = person('olga');
const SUSPEND = { type: 'instance.suspend', reason: '核对' } as const;
const RESUME = { type: 'instance.resume' } as const;
const STARTER = { starter: { person: 'zhou', organisation: 'o1' } };
const WORKER = { kind: 'system', name: 'job' } as const;

const suspended = (instance: Instance): Instance => {
  instance.do(SUSPEND, OPERATOR);
  return instance;
};
const resumed = (instance: Instance, needs?: NeedValues): Instance => {
  instance.do(RESUME, OPERATOR, needs);
  return instance;
};

const plain = (pairs: Readonly<Record<string, string>> = {}) =>
  aGraph([element('startEvent', 'start'), userTask('work', pairs), element('endEvent', 'end'), flows('start work', 'work end')]);

const waiting = (kind: 'Duration' | 'Date' | 'Cycle', text: string, pairs: Readonly<Record<string, string>> = {}) =>
  aGraph([
    element('startEvent', 'start'),
    element('intermediateCatchEvent', 'wait', {}, extensions(properties(pairs)) + timer(kind, text)),
    element('endEvent', 'end'),
    flows('start wait', 'wait end'),
  ]);

const calling = () =>
  aGraph([
    element('startEvent', 'start'),
    element('serviceTask', 'call', {}, extensions('<zeebe:taskDefinition type="call" retries="3" />')),
    userTask('work'),
    element('endEvent', 'end'),
    flows('start call', 'call work', 'work end'),
  ]);

const dueOf = (instance: Instance) =>
  effects(instance.graph, instance.state).map((effect) => (effect.kind === 'timer' ? [effect.purpose, effect.due] : [effect.kind]));

describe('a suspended instance', () => {
  it('says who suspended it, when and why, until it is resumed', async () => {
    const instance = suspended(new Instance(await plain()).start());
    expect(instance.state.suspended).toEqual({ at: instance.at, by: 'olga', reason: '核对' });
    expect(resumed(instance.later(HOUR)).state.suspended).toBeUndefined();
  });

  it('with its caller is resumed with that, or by itself; one that was suspended by itself stays so', async () => {
    const together = new Instance(await plain()).start();
    together.do({ ...SUSPEND, withInstanceId: 'caller' }, OPERATOR);
    expect(together.state.suspended).toEqual({ at: together.at, by: 'olga', reason: '核对', withInstanceId: 'caller' });
    expect(together.refused({ ...RESUME, withInstanceId: 'another' }, OPERATOR)).toBe('not-suspended');
    together.do({ ...RESUME, withInstanceId: 'caller' }, OPERATOR);
    expect(together.state.suspended).toBeUndefined();
    const alone = suspended(new Instance(await plain()).start());
    expect(alone.refused({ ...SUSPEND, withInstanceId: 'caller' }, OPERATOR)).toBe('suspended');
    expect(alone.refused({ ...RESUME, withInstanceId: 'caller' }, OPERATOR)).toBe('not-suspended');
    expect(resumed(alone).state.suspended).toBeUndefined();
  });

  it('keeps its tasks open and takes nothing of them', async () => {
    const instance = suspended(new Instance(await plain()).start());
    const { taskId } = instance.task('work');
    for (const type of ['task.claim', 'task.release', 'task.urge'] as const)
      expect(instance.refused({ type, taskId }, ANNA)).toBe('suspended');
    expect(instance.refused({ type: 'task.complete', taskId, facts: {} }, ANNA)).toBe('suspended');
    expect(instance.refused({ type: 'task.assign', taskId, personId: 'ben' }, OPERATOR)).toBe('suspended');
    expect(instance.refused(SUSPEND, OPERATOR)).toBe('suspended');
    expect(instance.openTasks()).toEqual(['work']);
    expect(resumed(instance).complete('work', {}, ANNA).state.status).toBe('completed');
  });

  it('takes comments and copies, and can be cancelled', async () => {
    const instance = suspended(new Instance(await plain()).start());
    instance.do({ type: 'comment', text: '稍等', mentions: [], fileIds: [] }, ANNA);
    instance.do({ type: 'cc', personIds: ['ben'] }, ANNA);
    instance.do({ type: 'instance.cancel', reason: '不再需要' }, OPERATOR);
    expect([instance.state.status, instance.state.suspended]).toEqual(['terminated', undefined]);
  });

  it('wants nothing running', async () => {
    expect(effects(await plain({ deadline: 'PT8H' }), suspended(new Instance(await plain({ deadline: 'PT8H' })).start()).state)).toEqual(
      [],
    );
    expect(dueOf(suspended(new Instance(await calling()).start()))).toEqual([]);
  });

  it('is suspended by a person with a reason, and only then resumed', async () => {
    const instance = new Instance(await plain()).start();
    expect(instance.refused(SUSPEND)).toBe('not-allowed');
    expect(instance.refused({ ...SUSPEND, reason: ' ' }, OPERATOR)).toBe('reason-required');
    expect(instance.refused({ ...SUSPEND, reason: 'x'.repeat(2_001) }, OPERATOR)).toBe('too-long');
    expect(instance.refused(RESUME, OPERATOR)).toBe('not-suspended');
  });
});

describe('the clocks of a suspended instance', () => {
  it('stand still: a duration is due later by the time it was suspended, under a new id', async () => {
    const instance = new Instance(await waiting('Duration', 'PT5H')).start();
    const [before] = effects(instance.graph, instance.state);
    resumed(suspended(instance.later(HOUR)).later(24 * HOUR));
    expect(dueOf(instance)).toEqual([['timer', '2026-01-06T06:00:00.000Z']]);
    expect(effects(instance.graph, instance.state)[0]?.id).not.toBe(before?.id);
    expect(instance.fireNext().state.status).toBe('completed');
  });

  it('do not move what stands on a date of the calendar', async () => {
    const instance = new Instance(await waiting('Date', '2026-01-05T06:00:00.000Z')).start();
    resumed(suspended(instance.later(HOUR)).later(HOUR));
    expect(dueOf(instance)).toEqual([['timer', '2026-01-05T06:00:00.000Z']]);
  });

  it('let a timer that came due while suspended wait, and fire after the resumption', async () => {
    const instance = new Instance(await waiting('Date', '2026-01-05T02:00:00.000Z')).start();
    const [due] = effects(instance.graph, instance.state);
    suspended(instance).later(5 * HOUR);
    expect(instance.refused({ type: 'timer.fire', effectId: due?.id ?? '' }, { kind: 'system', name: 'timer' })).toBe('suspended');
    expect(resumed(instance).fireNext().state.status).toBe('completed');
  });

  it('fire at once what was late already when they stopped', async () => {
    const instance = new Instance(await waiting('Duration', 'PT1H')).start();
    resumed(suspended(instance.later(2 * HOUR)).later(HOUR));
    expect(dueOf(instance)).toEqual([['timer', instance.at]]);
  });

  it('keep the repetitions of a cycle', async () => {
    const graph = await aGraph([
      element('startEvent', 'start'),
      userTask('work'),
      element('boundaryEvent', 'remind', { attachedToRef: 'work', cancelActivity: 'false' }, timer('Cycle', 'R3/PT1H')),
      element('endEvent', 'end'),
      element('endEvent', 'reminded'),
      flows('start work', 'work end', 'remind reminded'),
    ]);
    const instance = resumed(suspended(new Instance(graph).start().fireNext()).later(10 * HOUR));
    expect(Object.values(instance.state.timers)).toMatchObject([{ due: '2026-01-05T13:00:00.000Z', repetitionsLeft: 1 }]);
  });

  it('move deadlines and the reminders that were not given yet', async () => {
    const instance = new Instance(await plain({ deadline: 'PT8H', remindAt: '25,80' })).start(STARTER).fireNext();
    resumed(suspended(instance.later(HOUR)).later(10 * HOUR));
    expect(dueOf(instance)).toEqual([
      ['reminder', '2026-01-05T17:24:00.000Z'],
      ['deadline', '2026-01-05T19:00:00.000Z'],
    ]);
    instance.fireNext().fireNext();
    expect(instance.task('work').overdue).toBe(true);
  });

  it('leave a task overdue that was', async () => {
    const instance = resumed(suspended(new Instance(await plain({ deadline: 'PT8H' })).start(STARTER).fireNext()).later(HOUR));
    expect(instance.task('work')).toMatchObject({ overdue: true, deadline: { due: '2026-01-05T09:00:00.000Z' } });
  });

  it('count working time anew: what was left of it is left', async () => {
    const office: NeedValues = {
      workingTime: {
        o1: [
          ['2026-01-05T01:00:00.000Z', '2026-01-05T09:00:00.000Z'],
          ['2026-01-06T01:00:00.000Z', '2026-01-06T09:00:00.000Z'],
        ],
      },
    };
    const instance = new Instance(await plain({ deadline: 'PT4H', deadlineClock: 'working' })).start(
      STARTER,
      { kind: 'system', name: 'workflow' },
      office,
    );
    suspended(instance.later(HOUR)).later(6.5 * HOUR);
    const asked = instance.send(RESUME, OPERATOR);
    expect(asked.kind === 'needs' && asked.needs.map(({ kind }) => kind).sort()).toEqual(['worked-time', 'working-time']);
    // Three hours were left; half an hour of Monday's office is.
    expect(dueOf(resumed(instance, office))).toEqual([['deadline', '2026-01-06T03:30:00.000Z']]);
  });

  it('do not count into the time that a pause carries over', async () => {
    const outcomes = JSON.stringify([{ code: 'ask', name: { 'zh-CN': '补充' }, formRequired: false }]);
    const instance = new Instance(await plain({ deadline: 'PT8H', carryOutcomes: 'ask', outcomes })).start(STARTER);
    resumed(suspended(instance.later(HOUR)).later(10 * HOUR)).later(2 * HOUR);
    resumed(suspended(instance).later(10 * HOUR)).later(HOUR);
    expect(
      instance.claim('work').do({ type: 'task.complete', taskId: instance.task('work').taskId, outcome: 'ask', facts: {} }, ANNA),
    ).toContainEqual(expect.objectContaining({ type: 'task.completed', carriedMs: 4 * HOUR }));
  });
});

describe('news for a suspended instance', () => {
  it('is held and decided at the resumption, so that a job which was done is not done again', async () => {
    const instance = new Instance(await calling()).start();
    const [job] = effects(instance.graph, instance.state);
    suspended(instance);
    instance.do({ type: 'job.complete', effectId: job?.id ?? '', variables: { answer: 42 } }, WORKER);
    expect([instance.openTasks(), instance.variables.answer]).toEqual([[], undefined]);
    resumed(instance.later(HOUR));
    expect([instance.openTasks(), instance.variables.answer]).toEqual([['work'], 42]);
    expect(dueOf(instance)).toEqual([]);
  });

  it('leaves a job that was not done wanted under a new id; its late result is journaled', async () => {
    const instance = new Instance(await calling()).start();
    const [job] = effects(instance.graph, instance.state);
    resumed(suspended(instance).later(HOUR));
    const [again] = effects(instance.graph, instance.state);
    expect([again?.kind, again?.id === job?.id]).toEqual(['job', false]);
    expect(instance.do({ type: 'job.complete', effectId: job?.id ?? '', variables: {} }, WORKER)).toEqual([
      { type: 'job.late', effectId: job?.id },
    ]);
  });

  it('is refused as it would be at any time when nobody waits for it', async () => {
    const instance = suspended(new Instance(await plain()).start());
    expect(instance.refused({ type: 'message.deliver', messageName: 'm', variables: {} }, { kind: 'system', name: 'message' })).toBe(
      'no-subscription',
    );
    expect(instance.refused({ type: 'child.complete', effectId: '1:1', variables: {} }, { kind: 'system', name: 'child' })).toBe(
      'unknown-effect',
    );
  });
});
