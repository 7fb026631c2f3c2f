import { describe, expect, it } from 'vitest';
import { aGraph, element, flows, userTask } from '#test/support/process/a-graph.ts';
import { Instance } from '#test/support/process/an-instance.ts';

const DAY = 86_400_000;
const DEADLINE = '=if date and time(until) > now() then date and time(until) - now() else duration("PT1H")';

const granting = (pairs: Readonly<Record<string, string>>) =>
  aGraph([
    element('startEvent', 'start'),
    element('parallelGateway', 'fork'),
    userTask('work', { deadline: DEADLINE, remindAt: '50', escalateTo: '=["role:head@o1"]', ...pairs }),
    userTask('grant'),
    element('parallelGateway', 'join'),
    element('endEvent', 'end'),
    flows('start fork', 'fork work', 'fork grant', 'work join', 'grant join', 'join end'),
  ]);
const FOLLOWS = { deadlineFollows: 'until' };
const started = async (pairs: Readonly<Record<string, string>> = FOLLOWS) =>
  new Instance(await granting(pairs)).start({ until: '2026-01-10T00:00:00Z', other: 1 });

describe('a time limit that follows a variable', () => {
  it('moves with it, and its reminders too, while the task stays with whoever holds it', async () => {
    const instance = (await started()).claim('work').later(DAY);
    const { taskId } = instance.task('work');
    instance.complete('grant', { facts: { until: '2026-01-20T01:00:00Z' } });
    const { deadline, assignee, taskId: now } = instance.task('work');
    expect(now).toBe(taskId);
    expect(assignee).toBe('anna');
    expect(deadline?.due).toBe('2026-01-20T01:00:00.000Z');
    expect(deadline?.reminders.map(({ at }) => at)).toEqual(['2026-01-13T01:00:00.000Z']);
  });

  it('is no longer overdue where it lies ahead, and becomes so again', async () => {
    const instance = (await started()).fireNext().fireNext();
    expect(instance.task('work')).toMatchObject({ overdue: true, deadline: { due: '2026-01-10T00:00:00.000Z' } });
    instance.complete('grant', { facts: { until: '2026-01-20T00:00:00Z' } });
    expect(instance.task('work').overdue).toBe(false);
    instance.fireNext().fireNext();
    expect(instance.task('work').overdue).toBe(true);
  });

  it.each([
    ['another variable is set', FOLLOWS, { other: 2 }],
    ['it is set to what it was', FOLLOWS, { until: '2026-01-10T00:00:00Z' }],
    ['it does not follow', {}, { until: '2026-01-20T00:00:00Z' }],
  ])('stays where %s', async (_, pairs, facts) => {
    const instance = await started(pairs);
    const before = instance.task('work');
    instance.later(DAY).complete('grant', { facts });
    expect(instance.task('work')).toEqual(before);
    expect(instance.events.some(({ type }) => type === 'task.rescheduled')).toBe(false);
  });

  it('that comes to nothing is an incident, and the time stays', async () => {
    const instance = await started({ ...FOLLOWS, deadline: '=date and time(until) - now()' });
    instance.complete('grant', { facts: { until: 'soon' } });
    expect(instance.incident()).toMatchObject({ elementId: 'work' });
    expect(instance.task('work').deadline?.due).toBe('2026-01-10T00:00:00.000Z');
  });
});
