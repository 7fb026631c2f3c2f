import { describe, expect, it } from 'vitest';
import { aGraph, element, extensions, flows, properties, userTask } from '#test/support/process/a-graph.ts';
import { ANNA, Instance, person } from '#test/support/process/an-instance.ts';
import type { CommandBody } from './command.ts';

const plain = () => aGraph([element('startEvent', 'start'), userTask('work'), element('endEvent', 'end'), flows('start work', 'work end')]);

const closing = (order: readonly string[]) =>
  aGraph([
    element('startEvent', 'apply', {}, extensions(properties({ phase: 'apply' }))),
    userTask('execute', { phase: 'execute' }),
    userTask('by-executor', { phase: 'evaluate', side: 'executor', outcomes: OUTCOMES }),
    userTask('by-applicant', { phase: 'evaluate', side: 'applicant' }),
    userTask('quality', { phase: 'quality' }),
    element('endEvent', 'end', {}, extensions(properties({ result: 'closed' }))),
    flows(...order.slice(1).map((id, index) => `${order[index]} ${id}`)),
  ]);

const OUTCOMES = JSON.stringify([
  { code: 'evaluate', name: { 'zh-CN': '评价' } },
  { code: 'decline', name: { 'zh-CN': '不评价' }, formRequired: false },
]);

const SEAL: CommandBody = { type: 'seal', runIds: ['run'], lastSeq: 1, lastHash: 'abc' };
const START: CommandBody = { type: 'start', instanceId: 'i', processId: 'p', variables: {} };

describe('an instance', () => {
  it('begins once, and takes nothing before', async () => {
    const instance = new Instance(await plain());
    expect(instance.refused({ type: 'comment', text: 'x', mentions: [], fileIds: [] }, ANNA)).toBe('not-started');
    expect(instance.refused({ ...START, processId: 'q' })).toBe('unknown-process');
    instance.start();
    expect(instance.refused(START)).toBe('already-started');
  });

  it('is begun only by those whom the start event names', async () => {
    const starters = extensions(properties({ starters: '=["role:applicant@" + organisation]' }));
    const graph = await aGraph([
      element('startEvent', 'start', {}, starters),
      userTask('work'),
      element('endEvent', 'end'),
      flows('start work', 'work end'),
    ]);
    const start: CommandBody = { ...START, variables: { organisation: 'north' } };
    expect(new Instance(graph).refused(start, person('anna', 'role:applicant@south'))).toBe('not-allowed');
    expect(new Instance(graph).refused({ ...START, variables: {} }, person('anna', 'role:applicant@north'))).toBe('not-allowed');
    const instance = new Instance(graph);
    instance.do(start, person('anna', 'role:applicant@north'));
    expect(instance.state.status).toBe('active');
  });

  it('takes comments and copies after its end, and nothing else', async () => {
    const instance = new Instance(await plain()).start().complete('work');
    expect(instance.state).toMatchObject({ status: 'completed', result: 'completed' });
    instance.do({ type: 'comment', text: 'thanks', mentions: [], fileIds: [] }, ANNA);
    instance.do({ type: 'cc', personIds: ['ben'] }, ANNA);
    expect(instance.refused({ type: 'instance.cancel', reason: '' }, ANNA)).toBe('instance-ended');
    expect(instance.refused({ type: 'comment', text: 'x'.repeat(4_001), mentions: [], fileIds: [] }, ANNA)).toBe('too-long');
  });

  it('is sealed once, by the system, after its end', async () => {
    const instance = new Instance(await plain()).start();
    expect(instance.refused(SEAL)).toBe('not-sealable');
    instance.complete('work');
    expect(instance.refused(SEAL, ANNA)).toBe('not-allowed');
    expect(instance.refused({ type: 'seal', runIds: ['run'], lastSeq: 9, lastHash: 'abc' })).toBe('not-sealable');
    instance.do(SEAL);
    expect(instance.refused(SEAL)).toBe('already-sealed');
    expect(instance.state.sealed).toBe(true);
  });

  it('ends everything that is open when it is cancelled', async () => {
    const instance = new Instance(await plain()).start();
    instance.do({ type: 'instance.cancel', reason: 'started by mistake' }, person('boss'));
    expect(instance.state).toMatchObject({ status: 'terminated', result: 'aborted', tasks: {} });
  });

  it('counts who started as the completer of its start event', async () => {
    const instance = new Instance(await plain()).start({ starter: { person: 'zhou' } });
    expect(instance.state).toMatchObject({ starter: 'zhou', completers: { start: ['zhou'] } });
  });
});

describe('the closed loop', () => {
  it('closes when it was executed, evaluated by both sides and quality-controlled', async () => {
    const instance = new Instance(await closing(['apply', 'execute', 'by-executor', 'by-applicant', 'quality', 'end'])).start();
    instance.complete('execute').complete('by-executor', { outcome: 'evaluate' }).complete('by-applicant').complete('quality');
    expect(instance.state).toMatchObject({ status: 'completed', result: 'closed', evaluatedSides: ['executor', 'applicant'] });
    expect(Object.keys(instance.state.phases)).toEqual(['apply', 'execute', 'evaluate', 'quality']);
  });

  it('does not close without an evaluation, whatever the diagram says', async () => {
    const instance = new Instance(await closing(['apply', 'execute', 'by-executor', 'quality', 'end'])).start();
    instance.complete('execute').complete('by-executor', { outcome: 'evaluate' }).complete('quality');
    expect(instance.state.status).toBe('active');
    expect(instance.incident()).toMatchObject({ code: 'loop-open', message: expect.stringContaining('applicant') });
    instance.do({ type: 'incident.retry', incidentId: instance.incident().incidentId }, person('operator'));
    expect(instance.incident().code).toBe('loop-open');
  });

  it('does not count an evaluation that was declined', async () => {
    const instance = new Instance(await closing(['apply', 'execute', 'by-executor', 'by-applicant', 'quality', 'end'])).start();
    instance.complete('execute').complete('by-executor', { outcome: 'decline' }).complete('by-applicant').complete('quality');
    expect(instance.incident().code).toBe('loop-open');
  });
});
