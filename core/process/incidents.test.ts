import { describe, expect, it } from 'vitest';
import { effects } from '#core/process/effects.ts';
import { aGraph, assignment, element, extensions, flows, properties, timer, userTask } from '#test/support/process/a-graph.ts';
import { ANNA, Instance, person } from '#test/support/process/an-instance.ts';

const around = (inner: string, ...more: readonly string[]) =>
  aGraph([element('startEvent', 'start'), inner, element('endEvent', 'end'), flows('start x', 'x end', ...more)]);

const script = (expression: string, result = 'y') =>
  element(
    'scriptTask',
    'x',
    {},
    extensions(`<zeebe:script expression="${expression.replaceAll('"', '&quot;')}" resultVariable="${result}"/>`),
  );

const job = (inner = '') => element('serviceTask', 'x', {}, extensions('<zeebe:taskDefinition type="lab"/>') + inner);

describe('what cannot succeed becomes an incident, and a retry does it again', () => {
  it('a script that gives no data', async () => {
    const instance = new Instance(await around(script('=function(a) a'))).start();
    expect(instance.incident()).toMatchObject({ code: 'expression-failed', elementId: 'x' });
    instance.do({ type: 'incident.retry', incidentId: instance.incident().incidentId });
    expect(instance.incident().code).toBe('expression-failed');
    expect(instance.refused({ type: 'incident.retry', incidentId: '1:1' })).toBe('unknown-incident');
  });

  it('a condition that is neither true nor false', async () => {
    const graph = await aGraph([
      element('startEvent', 'start'),
      element('exclusiveGateway', 'x', { default: 'x--end' }),
      element('endEvent', 'end'),
      element('endEvent', 'other'),
      flows('start x', 'x other =n > 3', 'x end'),
    ]);
    const instance = new Instance(graph).start();
    expect(instance.incident()).toMatchObject({ code: 'condition-not-boolean' });
    instance.do({ type: 'incident.retry', incidentId: instance.incident().incidentId, variables: { n: 4 } }, person('operator'));
    expect(instance.state.status).toBe('completed');
    expect(instance.events.at(-3)).toMatchObject({ type: 'element.activated', elementId: 'other' });
  });

  it('no condition holds and there is no default flow', async () => {
    const graph = await aGraph([
      element('startEvent', 'start'),
      element('exclusiveGateway', 'x'),
      element('endEvent', 'end'),
      element('endEvent', 'other'),
      flows('start x', 'x other =n > 3', 'x end =n < 0'),
    ]);
    expect(new Instance(graph).start({ n: 1 }).incident().code).toBe('no-flow-taken');
  });

  it('a task whose assignment comes to nobody', async () => {
    const graph = await around(element('userTask', 'x', {}, extensions(assignment({ candidateGroups: '=teams' }))));
    const instance = new Instance(graph).start({ teams: [] });
    expect(instance.incident().code).toBe('no-candidates');
    instance.do({ type: 'incident.retry', incidentId: instance.incident().incidentId, variables: { teams: ['team:t'] } });
    expect(instance.task('x').candidates).toEqual(['team:t']);
  });

  it('a task for a person who is excluded', async () => {
    const graph = await around(
      element('userTask', 'x', {}, extensions(assignment({ assignee: '=starter.person' }), properties({ notSameAs: 'start' }))),
    );
    expect(new Instance(graph).start({ starter: { person: 'zhou' } }).incident().code).toBe('no-candidates');
  });

  it('a job that may be tried again is offered anew, held back as long as is asked', async () => {
    const instance = new Instance(await around(job())).start();
    const [first = ''] = Object.keys(instance.state.jobs);
    instance.do({ type: 'job.fail', effectId: first, message: 'away', retriesLeft: 2, retryBackoffMs: 60_000 });
    const [second] = Object.values(instance.state.jobs);
    expect(second).toMatchObject({ retries: 2, notBefore: '2026-01-05T01:01:00.000Z' });
    expect(second?.effectId).not.toBe(first);
    instance.do({ type: 'job.fail', effectId: second?.effectId ?? '', message: 'away', retriesLeft: 1 });
    const [third] = Object.values(instance.state.jobs);
    expect(third).not.toHaveProperty('notBefore');
    expect(effects(instance.graph, instance.state)).toMatchObject([{ kind: 'job', id: third?.effectId, retries: 1 }]);
  });

  it('a job without retries left', async () => {
    const instance = new Instance(await around(job())).start();
    const [first] = Object.keys(instance.state.jobs);
    instance.do({ type: 'job.fail', effectId: first ?? '', message: 'lab is down', retriesLeft: 1 });
    const [second] = Object.keys(instance.state.jobs);
    expect(second).not.toBe(first);
    instance.do({ type: 'job.fail', effectId: second ?? '', message: 'lab is down', retriesLeft: 0 });
    expect(instance.incident()).toMatchObject({ code: 'job-failed', message: 'lab is down' });
    expect(instance.state.jobs).toEqual({});
    instance.do({ type: 'incident.retry', incidentId: instance.incident().incidentId });
    const [third] = Object.keys(instance.state.jobs);
    instance.do({ type: 'job.complete', effectId: third ?? '', variables: { value: 1 } });
    expect(instance.state.status).toBe('completed');
  });

  it('an error that nobody catches', async () => {
    const instance = new Instance(await around(job())).start();
    instance.do({ type: 'job.throwError', effectId: Object.keys(instance.state.jobs)[0] ?? '', errorCode: 'E', variables: {} });
    expect(instance.incident().code).toBe('error-uncaught');
  });

  it('a loop over something that is no list', async () => {
    const loop = `<bpmn:multiInstanceLoopCharacteristics>${extensions('<zeebe:loopCharacteristics inputCollection="=who" inputElement="one"/>')}</bpmn:multiInstanceLoopCharacteristics>`;
    const graph = await around(userTask('x', {}, loop));
    const instance = new Instance(graph).start({ who: 'anna' });
    expect(instance.incident().code).toBe('multi-instance-invalid');
    instance.do({ type: 'incident.retry', incidentId: instance.incident().incidentId, variables: { who: ['a', 'b'] } });
    expect(instance.openTasks()).toEqual(['x', 'x']);
  });

  it('an output mapping, without doing the work again', async () => {
    const graph = await around(
      element(
        'serviceTask',
        'x',
        {},
        extensions(
          '<zeebe:taskDefinition type="lab"/>',
          '<zeebe:ioMapping><zeebe:output source="=for i in 1..n return i" target="list"/></zeebe:ioMapping>',
        ),
      ),
    );
    const instance = new Instance(graph).start();
    instance.do({ type: 'job.complete', effectId: Object.keys(instance.state.jobs)[0] ?? '', variables: {} });
    expect(instance.incident().code).toBe('expression-failed');
    instance.do({ type: 'incident.retry', incidentId: instance.incident().incidentId, variables: { n: 2 } });
    expect(instance.variables.list).toEqual([1, 2]);
    expect(instance.events.filter(({ type }) => type === 'job.created')).toHaveLength(1);
  });

  it('a called process that failed', async () => {
    const instance = new Instance(
      await around(element('callActivity', 'x', {}, extensions('<zeebe:calledElement processId="other"/>'))),
    ).start();
    instance.do({ type: 'child.fail', effectId: Object.keys(instance.state.children)[0] ?? '', message: 'cancelled' });
    expect(instance.incident().code).toBe('child-failed');
    instance.do({ type: 'incident.retry', incidentId: instance.incident().incidentId });
    instance.do({ type: 'child.complete', effectId: Object.keys(instance.state.children)[0] ?? '', variables: { answer: 42 } });
    expect(instance.variables.answer).toBe(42);
  });

  it('a step that finds no end', async () => {
    const graph = await aGraph([
      element('startEvent', 'start'),
      element('exclusiveGateway', 'x', { default: 'x--x2' }),
      element('task', 'x2'),
      element('endEvent', 'end'),
      flows('start x', 'x x2', 'x end =stop', 'x2 x'),
    ]);
    const instance = new Instance(graph).start({ stop: false });
    expect(instance.incident().code).toBe('step-budget-exceeded');
    expect(instance.events.length).toBeLessThan(5_100);
    instance.do({ type: 'incident.retry', incidentId: instance.incident().incidentId, variables: { stop: true } });
    expect(instance.state.status).toBe('completed');
  });

  it('an escalation that fails leaves the task overdue and open', async () => {
    const graph = await around(userTask('x', { deadline: 'PT1H', escalateTo: '=[1]' }));
    const instance = new Instance(graph).start().fireNext();
    expect(instance.task('x').overdue).toBe(true);
    expect(instance.incident().code).toBe('expression-failed');
    instance.do({ type: 'incident.retry', incidentId: instance.incident().incidentId });
    instance.complete('x', {}, ANNA);
    expect(instance.state.status).toBe('completed');
  });
});

describe('what comes too late', () => {
  it('a job result is journaled, any other effect is refused', async () => {
    const graph = await around(
      job() + element('boundaryEvent', 'late', { attachedToRef: 'x' }, timer('Duration', 'PT1H')) + userTask('after'),
      'late after',
      'after end',
    );
    const instance = new Instance(graph).start();
    const [effectId = ''] = Object.keys(instance.state.jobs);
    instance.fireNext();
    expect(instance.openTasks()).toEqual(['after']);
    expect(instance.do({ type: 'job.complete', effectId, variables: {} })).toEqual([{ type: 'job.late', effectId }]);
    expect(instance.refused({ type: 'job.complete', effectId: '99:0', variables: {} })).toBe('unknown-effect');
    expect(instance.refused({ type: 'child.complete', effectId, variables: {} })).toBe('unknown-effect');
  });
});
