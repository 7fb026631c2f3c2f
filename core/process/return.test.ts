import { describe, expect, it } from 'vitest';
import { compileBpmn } from '#core/bpmn/compile.ts';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { aGraph, element, extensions, flows, properties, timer, userTask, xmlOf } from '#test/support/process/a-graph.ts';
import { ANNA, BEN, Instance, person, SYSTEM } from '#test/support/process/an-instance.ts';
import type { Actor, CommandBody } from './command.ts';
import type { ProcessEvent } from './event.ts';
import { planReturn, returnTargets } from './plan-return.ts';

const ANY = { return: 'any' };
const returning = (id: string, inner = '', attributes: Readonly<Record<string, string>> = {}) => userTask(id, ANY, inner, attributes);

const command = (instance: Instance, elementId: string, toElementId: string): Extract<CommandBody, { type: 'task.return' }> => ({
  type: 'task.return',
  taskId: instance.task(elementId).taskId,
  toElementId,
  reason: '请补充资料',
});

/** Claimed by Anna where nobody holds it, then returned. */
function returned(instance: Instance, elementId: string, toElementId: string, by: Actor = ANNA): readonly ProcessEvent[] {
  if (instance.task(elementId).assignee === undefined) instance.claim(elementId, by);
  return instance.do(command(instance, elementId, toElementId), by);
}

const done = (instance: Instance, ...elementIds: readonly string[]): Instance => {
  for (const elementId of elementIds) instance.complete(elementId, {}, ANNA);
  return instance;
};

const targets = (instance: Instance, elementId: string): readonly string[] =>
  returnTargets(instance.graph, instance.state, instance.task(elementId).taskId);

const open = (instance: Instance): readonly string[] => instance.openTasks().toSorted();

const started = async (inner: readonly string[], roots: readonly string[] = []): Promise<Instance> =>
  new Instance(await aGraph(inner, roots)).start();

const line = () =>
  started([
    element('startEvent', 'start'),
    returning('first'),
    returning('second'),
    returning('third'),
    element('endEvent', 'end'),
    flows('start first', 'first second', 'second third', 'third end'),
  ]);

const parallel = () =>
  started([
    element('startEvent', 'start'),
    returning('before'),
    element('parallelGateway', 'fork'),
    returning('left'),
    returning('left-too'),
    returning('right'),
    element('parallelGateway', 'join'),
    returning('after'),
    element('endEvent', 'end'),
    flows(
      'start before',
      'before fork',
      'fork left',
      'left left-too',
      'fork right',
      'left-too join',
      'right join',
      'join after',
      'after end',
    ),
  ]);

describe('a step is returned', () => {
  it('along a line: what comes behind the earlier step is done again', async () => {
    const instance = done(await line(), 'first', 'second');
    expect(targets(instance, 'third')).toEqual(['first', 'second']);
    const events = returned(instance, 'third', 'first');
    expect(events[0]).toEqual({
      type: 'task.returned',
      elementId: 'third',
      taskId: '5',
      by: 'anna',
      toElementId: 'first',
      reason: '请补充资料',
      scopeKey: 1,
      undone: expect.toSatisfy((ids: string[]) => ids.toSorted().join() === 'first,second,third'),
    });
    expect(open(instance)).toEqual(['first']);
    expect(done(instance, 'first', 'second', 'third').state.status).toBe('completed');
  });

  it('out of one branch to before the split: the other branch is cancelled', async () => {
    const instance = done(await parallel(), 'before');
    const events = returned(instance, 'right', 'before');
    expect(events.filter(({ type }) => type === 'task.canceled')).toHaveLength(2);
    expect(open(instance)).toEqual(['before']);
    expect(done(instance, 'before', 'left', 'left-too', 'right', 'after').state.status).toBe('completed');
  });

  it('inside one branch: the other goes on', async () => {
    const instance = done(await parallel(), 'before', 'left');
    const right = instance.task('right').taskId;
    returned(instance, 'left-too', 'left');
    expect([open(instance), instance.task('right').taskId]).toEqual([['left', 'right'], right]);
    expect(done(instance, 'right', 'left', 'left-too', 'after').state.status).toBe('completed');
  });

  it('inside one branch while the other waits at the join: its token stays there', async () => {
    const instance = done(await parallel(), 'before', 'left', 'right');
    returned(instance, 'left-too', 'left');
    expect(instance.state.elements[1]?.tokens).toEqual({ 'right--join': 1 });
    expect(done(instance, 'left', 'left-too', 'after').state.status).toBe('completed');
  });

  it('from behind the join into one branch: the join gets the token of the other back', async () => {
    const instance = done(await parallel(), 'before', 'left', 'left-too', 'right');
    expect(targets(instance, 'after')).toEqual(['before', 'left', 'left-too', 'right']);
    returned(instance, 'after', 'left-too');
    expect([open(instance), instance.state.elements[1]?.tokens]).toEqual([['left-too'], { 'right--join': 1 }]);
    expect(open(done(instance, 'left-too'))).toEqual(['after']);
  });

  it('never into another branch, and never to what is open, ahead or was never done', async () => {
    const instance = done(await parallel(), 'before', 'right');
    expect(targets(instance, 'left')).toEqual(['before']);
    instance.claim('left');
    for (const elementId of ['right', 'left', 'left-too', 'after', 'fork', 'start', 'nowhere'])
      expect(instance.refused(command(instance, 'left', elementId), ANNA)).toBe('not-returnable');
  });

  it('in a loop only to what was done in this round: the other branch of the next round is not touched', async () => {
    const instance = await started([
      element('startEvent', 'start'),
      element('exclusiveGateway', 'again'),
      element('parallelGateway', 'fork'),
      returning('left'),
      returning('left-too'),
      returning('right'),
      element('parallelGateway', 'join'),
      returning('enough'),
      element('exclusiveGateway', 'which', { default: 'which--again' }),
      element('endEvent', 'end'),
      flows(
        'start again',
        'again fork',
        'fork left',
        'left left-too',
        'left-too join',
        'fork right',
        'right join',
        'join enough',
        'enough which',
        'which again',
        'which end =isEnough = true',
      ),
    ]);
    done(instance, 'left', 'left-too', 'right', 'enough', 'left');
    expect([targets(instance, 'left-too'), targets(instance, 'right')]).toEqual([['left'], []]);
    returned(instance, 'left-too', 'left');
    expect(open(instance)).toEqual(['left', 'right']);
  });
});

describe('a step is returned out of', () => {
  const loop =
    '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>2</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>';
  const nested = (characteristics = '') =>
    started([
      element('startEvent', 'start'),
      returning('before'),
      element(
        'subProcess',
        'inside',
        {},
        [
          characteristics,
          element('startEvent', 'in'),
          returning('one'),
          returning('two'),
          element('endEvent', 'out'),
          flows('in one', 'one two', 'two out'),
        ].join(''),
      ),
      element('boundaryEvent', 'late', { attachedToRef: 'inside' }, timer('Duration', 'PT8H')),
      returning('after'),
      element('endEvent', 'end'),
      element('endEvent', 'missed'),
      flows('start before', 'before inside', 'inside after', 'after end', 'late missed'),
    ]);

  it('a sub-process, with the timer at its edge', async () => {
    const instance = done(await nested(), 'before', 'one');
    expect(targets(instance, 'two')).toEqual(['before', 'one']);
    returned(instance, 'two', 'before');
    expect([open(instance), instance.state.timers]).toEqual([['before'], {}]);
    expect(done(instance, 'before', 'one', 'two', 'after').state.status).toBe('completed');
  });

  it('the middle of a sub-process, inside it', async () => {
    const instance = done(await nested(), 'before', 'one');
    const timers = instance.state.timers;
    returned(instance, 'two', 'one');
    expect([open(instance), instance.state.timers]).toEqual([['one'], timers]);
  });

  it('what follows a sub-process, back into it: it is opened again around the step, with its timer', async () => {
    const instance = done(await nested(), 'before', 'one', 'two');
    expect(targets(instance, 'after')).toEqual(['before', 'one', 'two']);
    const [event] = returned(instance, 'after', 'two');
    expect(event).toMatchObject({ undone: expect.not.arrayContaining(['one']) });
    expect([open(instance), Object.values(instance.state.timers).map(({ targetId }) => targetId)]).toEqual([['two'], ['late']]);
    expect(done(instance, 'two', 'after').state.status).toBe('completed');
  });

  it('what follows a sub-process, back into one of its branches: its join gets the tokens of the others', async () => {
    const instance = await started([
      element('startEvent', 'start'),
      element(
        'subProcess',
        'inside',
        {},
        [
          element('startEvent', 'in'),
          element('parallelGateway', 'fork'),
          returning('left'),
          returning('right'),
          element('parallelGateway', 'join'),
          element('endEvent', 'out'),
          flows('in fork', 'fork left', 'fork right', 'left join', 'right join', 'join out'),
        ].join(''),
      ),
      returning('after'),
      element('endEvent', 'end'),
      flows('start inside', 'inside after', 'after end'),
    ]);
    done(instance, 'left', 'right');
    returned(instance, 'after', 'right');
    expect(open(instance)).toEqual(['right']);
    expect(done(instance, 'right', 'after').state.status).toBe('completed');
  });

  it('what follows a sub-process that may have been ended early, only to where no branch ran beside', async () => {
    const instance = await started([
      element('startEvent', 'start'),
      element(
        'subProcess',
        'inside',
        {},
        [
          element('startEvent', 'in'),
          returning('first'),
          element('parallelGateway', 'fork'),
          returning('left'),
          returning('right'),
          element('parallelGateway', 'join'),
          element('endEvent', 'out'),
          flows('in first', 'first fork', 'fork left', 'fork right', 'left join', 'right join', 'join out'),
        ].join(''),
      ),
      element('boundaryEvent', 'late', { attachedToRef: 'inside' }, timer('Duration', 'PT8H')),
      returning('after'),
      element('endEvent', 'end'),
      flows('start inside', 'inside after', 'late after', 'after end'),
    ]);
    done(instance, 'first', 'right').fireNext();
    expect(targets(instance, 'after')).toEqual(['first']);
    returned(instance, 'after', 'first');
    expect(open(done(instance, 'first'))).toEqual(['left', 'right']);
  });

  it('one instance of a loop: within it, beside the others; or before the loop, which is undone as a whole', async () => {
    const instance = done(await nested(loop), 'before', 'one', 'one');
    expect(open(instance)).toEqual(['two', 'two']);
    returned(instance, 'two', 'one');
    expect(open(instance)).toEqual(['one', 'two']);
    returned(instance, 'one', 'before', BEN);
    expect(open(instance)).toEqual(['before']);
    expect(open(done(instance, 'before'))).toEqual(['one', 'one']);
  });

  it.each([true, false])(
    'an event sub-process (interrupting: %s): its scope goes on from the earlier step and listens',
    async (isInterrupting) => {
      const instance = await started(
        [
          element('startEvent', 'start'),
          returning('first'),
          returning('second'),
          element('endEvent', 'end'),
          flows('start first', 'first second', 'second end'),
          element(
            'subProcess',
            'on',
            { triggeredByEvent: 'true' },
            [
              element('startEvent', 'told', { isInterrupting: String(isInterrupting) }, '<bpmn:messageEventDefinition messageRef="m"/>'),
              returning('answer'),
              element('endEvent', 'answered'),
              flows('told answer', 'answer answered'),
            ].join(''),
          ),
        ],
        ['<bpmn:message id="m" name="news"/>'],
      );
      done(instance, 'first').do({ type: 'message.deliver', messageName: 'news', variables: {} });
      expect(targets(instance, 'answer')).toEqual(['first']);
      returned(instance, 'answer', 'first');
      expect([open(instance), Object.values(instance.state.subscriptions).map(({ name }) => name)]).toEqual([['first'], ['news']]);
      expect(done(instance, 'first', 'second').state.status).toBe('completed');
    },
  );

  it('a branch beside a job and a called process: both are cancelled, and wanted anew', async () => {
    const instance = await started([
      element('startEvent', 'start'),
      returning('before'),
      element('parallelGateway', 'fork'),
      returning('task'),
      element('serviceTask', 'job', {}, extensions('<zeebe:taskDefinition type="work"/>')),
      element('callActivity', 'call', {}, extensions('<zeebe:calledElement processId="elsewhere"/>')),
      element('parallelGateway', 'join'),
      element('endEvent', 'end'),
      flows('start before', 'before fork', 'fork task', 'fork job', 'fork call', 'task join', 'job join', 'call join', 'join end'),
    ]);
    const events = returned(done(instance, 'before'), 'task', 'before').map(({ type }) => type);
    expect(events).toContain('job.canceled');
    expect(events).toContain('child.canceled');
    expect([instance.state.jobs, instance.state.children]).toEqual([{}, {}]);
    done(instance, 'before');
    expect([Object.keys(instance.state.jobs), Object.keys(instance.state.children)].map(({ length }) => length)).toEqual([1, 1]);
  });
});

describe('what was done behind the earlier step', () => {
  const compensated = (id: string): readonly string[] => [
    returning(id),
    element('boundaryEvent', `${id}-undone`, { attachedToRef: id }, '<bpmn:compensateEventDefinition/>'),
    userTask(`undo-${id}`, {}, '', { isForCompensation: 'true' }),
    element('association', `${id}-a`, { sourceRef: `${id}-undone`, targetRef: `undo-${id}`, associationDirection: 'One' }),
  ];
  const booked = () =>
    started([
      element('startEvent', 'start'),
      ...compensated('earlier'),
      returning('ask'),
      ...compensated('book'),
      ...compensated('pay'),
      returning('check'),
      element('endEvent', 'end'),
      flows('start earlier', 'earlier ask', 'ask book', 'book pay', 'pay check', 'check end'),
    ]);

  it('is compensated, the last first, before that step begins; what came before it is not', async () => {
    const instance = done(await booked(), 'earlier', 'ask', 'book', 'pay');
    returned(instance, 'check', 'ask');
    expect(open(instance)).toEqual(['undo-pay']);
    expect(targets(instance, 'undo-pay')).toEqual([]);
    expect(open(done(instance, 'undo-pay'))).toEqual(['undo-book']);
    expect(open(done(instance, 'undo-book'))).toEqual(['ask']);
    expect(instance.state.elements[1]?.compensable?.map(({ elementId }) => elementId)).toEqual(['earlier']);
    expect(done(instance, 'ask', 'book', 'pay', 'check').state.status).toBe('completed');
  });

  it('is shown first, and nothing changes', async () => {
    const instance = done(await booked(), 'earlier', 'ask', 'book', 'pay').claim('check');
    const before = instance.state;
    const planned = planReturn(instance.graph, before, {
      ...command(instance, 'check', 'ask'),
      id: 'c',
      at: instance.at,
      zone: 'UTC',
      actor: ANNA,
    });
    expect(planned).toMatchObject({
      kind: 'planned',
      plan: {
        toElementId: 'ask',
        canceled: [{ elementId: 'check', hasTask: true }],
        superseded: ['ask', 'book', 'pay'],
        compensated: ['pay', 'book'],
        opened: [{ elementId: 'undo-pay', hasTask: true }],
      },
    });
    expect(instance.state).toBe(before);
  });
});

describe('the closed loop', () => {
  const loop = () =>
    started([
      element('startEvent', 'apply'),
      userTask('execute', { phase: 'execute' }),
      userTask('by-executor', { phase: 'evaluate', side: 'executor', ...ANY }),
      userTask('by-applicant', { phase: 'evaluate', side: 'applicant', ...ANY }),
      userTask('quality', { phase: 'quality', notSameAs: 'execute', ...ANY }),
      element('endEvent', 'closed', {}, extensions(properties({ result: 'closed' }))),
      flows('apply execute', 'execute by-executor', 'by-executor by-applicant', 'by-applicant quality', 'quality closed'),
    ]);

  it('owes again what was undone of it, and keeps what was not', async () => {
    const instance = done(await loop(), 'execute', 'by-executor', 'by-applicant');
    returned(instance, 'quality', 'by-applicant', BEN);
    expect([instance.state.evaluatedSides, Object.keys(instance.state.phases).toSorted()]).toEqual([['executor'], ['evaluate', 'execute']]);
    returned(instance, 'by-applicant', 'execute', BEN);
    expect([instance.state.evaluatedSides, Object.keys(instance.state.phases)]).toEqual([[], ['execute']]);
    instance.complete('execute', {}, BEN);
    done(instance, 'by-executor', 'by-applicant');
    expect(instance.complete('quality', {}, person('carl', 'team:t')).state.result).toBe('closed');
  });

  it('remembers who did what was undone: whoever executed does not control the quality', async () => {
    const instance = done(await loop(), 'execute', 'by-executor', 'by-applicant');
    returned(instance, 'quality', 'execute', BEN);
    instance.complete('execute', {}, BEN);
    done(instance, 'by-executor', 'by-applicant');
    expect(instance.task('quality').excluded.toSorted()).toEqual(['anna', 'ben']);
  });
});

describe('a return is refused', () => {
  it('to whoever does not hold the task, and to the system', async () => {
    const instance = done(await line(), 'first');
    expect(instance.refused(command(instance, 'second', 'first'), ANNA)).toBe('not-claimed');
    instance.claim('second', BEN);
    expect(instance.refused(command(instance, 'second', 'first'), ANNA)).toBe('claimed-by-other');
    expect(instance.refused(command(instance, 'second', 'first'), person('zoe'))).toBe('not-candidate');
    expect(instance.refused(command(instance, 'second', 'first'), SYSTEM)).toBe('not-allowed');
  });

  it('without a reason, and for a task that is done', async () => {
    const instance = done(await line(), 'first').claim('second');
    const asked = command(instance, 'second', 'first');
    expect(instance.refused({ ...asked, reason: ' ' }, ANNA)).toBe('reason-required');
    expect(instance.refused({ ...asked, reason: 'x'.repeat(2_001) }, ANNA)).toBe('too-long');
    done(instance, 'second');
    expect(instance.refused(asked, ANNA)).toBe('task-done');
  });

  it('where the diagram does not offer it: absent, or another step than those it names', async () => {
    const instance = await started([
      element('startEvent', 'start'),
      userTask('first'),
      userTask('second'),
      userTask('third', { return: 'second' }),
      element('endEvent', 'end'),
      flows('start first', 'first second', 'second third', 'third end'),
    ]);
    done(instance, 'first');
    expect(targets(instance, 'second')).toEqual([]);
    expect(instance.claim('second').refused(command(instance, 'second', 'first'), ANNA)).toBe('not-returnable');
    expect(targets(done(instance, 'second'), 'third')).toEqual(['second']);
  });

  it('past a complex gateway that may have gone on with another branch', async () => {
    const instance = await started([
      element('startEvent', 'start'),
      returning('before'),
      element('parallelGateway', 'fork'),
      returning('left'),
      returning('left-too'),
      returning('right'),
      element('complexGateway', 'first', {}, '<bpmn:activationCondition>=activationCount &gt;= 1</bpmn:activationCondition>'),
      returning('after'),
      element('endEvent', 'end'),
      flows(
        'start before',
        'before fork',
        'fork left',
        'left left-too',
        'fork right',
        'left-too first',
        'right first',
        'first after',
        'after end',
      ),
    ]);
    done(instance, 'before', 'left', 'right');
    expect([targets(instance, 'left-too'), targets(instance, 'after')]).toEqual([['before'], ['before']]);
    returned(instance, 'left-too', 'before');
    expect([open(instance), instance.state.elements[1]?.activatedGateways]).toEqual([['before'], undefined]);
  });
});

describe('bihuan:return', () => {
  const compiled = (names: string): Promise<{ graph: ProcessGraph | null; findings: readonly { readonly rule: string }[] }> =>
    compileBpmn({
      key: 'test',
      xml: xmlOf(
        element('startEvent', 'start'),
        userTask('first'),
        userTask('second', { return: names }),
        userTask('third'),
        element('endEvent', 'end'),
        flows('start first', 'first second', 'second third', 'third end'),
      ),
    });

  it.each(['any', 'first'])('may be %s', async (names) => {
    expect((await compiled(names)).findings.filter(({ rule }) => rule === 'return-to')).toEqual([]);
  });

  it.each(['third', 'start', 'second', 'nowhere'])('is refused as %s, which is no earlier user task', async (names) => {
    expect((await compiled(names)).findings.map(({ rule }) => rule)).toContain('return-to');
  });
});
