import { describe, expect, it } from 'vitest';
import { aGraph, element, extensions, flows, userTask } from '#test/support/process/a-graph.ts';
import { ANNA, Instance } from '#test/support/process/an-instance.ts';
import { bytesUpTo, STATE_BYTES_MAX, VALUES_BYTES_MAX } from './sizes.ts';

const text = (bytes: number) => 'x'.repeat(bytes);

const around = (inner: string) => aGraph([element('startEvent', 'start'), inner, element('endEvent', 'end'), flows('start x', 'x end')]);
const job = () => around(element('serviceTask', 'x', {}, extensions('<zeebe:taskDefinition type="lab"/>')));
/** A task that is done again and again, each time with another variable. */
const loop = () =>
  aGraph([
    element('startEvent', 'start'),
    userTask('x'),
    element('exclusiveGateway', 'more', { default: 'more--x' }),
    element('endEvent', 'end'),
    flows('start x', 'x more', 'more x', 'more end =done = true'),
  ]);

describe('a command that brings too much', () => {
  it('is refused where a person sends it, with the field and the limit', async () => {
    const instance = new Instance(await around(userTask('x'))).start().claim('x');
    const answer = instance.send(
      { type: 'task.complete', taskId: instance.task('x').taskId, facts: { note: text(VALUES_BYTES_MAX) } },
      ANNA,
    );
    expect(answer).toMatchObject({
      kind: 'refused',
      refusal: { code: 'values-too-large', data: { field: 'facts', bytesMax: VALUES_BYTES_MAX } },
    });
    instance.complete('x', { facts: { note: text(VALUES_BYTES_MAX - 100) } }, ANNA);
    expect(instance.state.status).toBe('completed');
  });

  it('is refused at the start', async () => {
    const answer = new Instance(await around(userTask('x'))).send({
      type: 'start',
      instanceId: 'i',
      processId: 'p',
      variables: { note: text(VALUES_BYTES_MAX) },
    });
    expect(answer).toMatchObject({ kind: 'refused', refusal: { code: 'values-too-large', data: { field: 'variables' } } });
  });

  it('becomes an incident where it is the result of a job, and a retry offers the job again', async () => {
    const instance = new Instance(await job()).start();
    const [effectId = ''] = Object.keys(instance.state.jobs);
    const events = instance.do({ type: 'job.complete', effectId, variables: { scan: text(VALUES_BYTES_MAX) } });
    expect(events.map(({ type }) => type)).toEqual(['job.failed', 'incident.raised']);
    expect(Object.values(instance.state.incidents)[0]?.message).toMatch(new RegExp(`limit is ${VALUES_BYTES_MAX}.*retry`));
    expect(instance.variables).toEqual({});
    instance.do({ type: 'incident.retry', incidentId: instance.incident().incidentId });
    const [again = ''] = Object.keys(instance.state.jobs);
    instance.do({ type: 'job.complete', effectId: again, variables: { scan: 'small' } });
    expect(instance.state.status).toBe('completed');
  });
});

describe('a state that has grown too large', () => {
  const part = text(VALUES_BYTES_MAX - 1_000);

  it('takes nothing more from people, and what is smaller goes on', async () => {
    const instance = new Instance(await loop()).start();
    instance
      .complete('x', { facts: { a: part } }, ANNA)
      .complete('x', { facts: { b: part } }, ANNA)
      .claim('x');
    const more = { type: 'task.complete', taskId: instance.task('x').taskId, facts: { c: text(8_000) } } as const;
    expect(instance.send(more, ANNA)).toMatchObject({
      kind: 'refused',
      refusal: { code: 'values-too-large', data: { field: 'state', bytesMax: STATE_BYTES_MAX } },
    });
    instance.complete('x', { facts: { a: '', done: true } }, ANNA);
    expect(instance.state.status).toBe('completed');
  });

  it('is measured from time to time where every step brings little', async () => {
    const instance = new Instance(await loop()).start();
    instance.complete('x', { facts: { a: part } }, ANNA).complete('x', { facts: { b: part } }, ANNA);
    const answers: string[] = [];
    for (let count = 0; count < 40; count += 1) {
      const taskId = instance.task('x').taskId;
      const { kind } = instance.send({ type: 'task.claim', taskId }, ANNA);
      const answer = instance.send({ type: 'task.complete', taskId, facts: { [`c${count}`]: text(1_000) } }, ANNA);
      answers.push(kind, answer.kind);
    }
    expect(answers).toContain('accepted');
    expect(answers.at(-1)).toBe('refused');
    expect(bytesUpTo(instance.state, Number.POSITIVE_INFINITY)).toBeLessThan(STATE_BYTES_MAX + 2 * 13 * 4_096);
  });
});

describe('measuring', () => {
  it.each([
    ['plain', { a: 'abc', b: [1, true, null] }],
    ['Chinese', { 名字: '王小明', 备注: ['会诊', '转诊'] }],
    ['emoji', { a: '😀😀' }],
  ])('of %s text is never less than its JSON in UTF-8', (_name, value) => {
    const exact = Buffer.byteLength(JSON.stringify(value));
    expect(bytesUpTo(value, Number.POSITIVE_INFINITY)).toBeGreaterThanOrEqual(exact);
    expect(bytesUpTo(value, Number.POSITIVE_INFINITY)).toBeLessThan(exact * 3 + 40);
  });

  it('stops counting beyond the limit', () => {
    expect(bytesUpTo(Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [n, 'x'])), 100)).toBeLessThan(200);
  });
});
