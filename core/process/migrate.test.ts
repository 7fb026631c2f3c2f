import { describe, expect, it } from 'vitest';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { aGraph, element, flows, timer, userTask } from '#test/support/process/a-graph.ts';
import { ANNA, Instance, person } from '#test/support/process/an-instance.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import { violations } from './invariants.ts';
import { proposeMapping } from './migration.ts';
import type { ProcessState } from './state.ts';

const OPERATOR = person('olga');

/** Decides the migration and folds it; the refusal's code instead where it is refused. */
function migrated(instance: Instance, to: ProcessGraph, mapping: Readonly<Record<string, string>> = {}): ProcessState | string {
  const command = {
    type: 'instance.migrate',
    fromGraphHash: 'old',
    graphHash: 'new',
    version: 2,
    mapping,
    reason: '新版本',
    id: 'm',
    at: instance.at,
    zone: 'Asia/Shanghai',
    actor: OPERATOR,
  } as const;
  const decision = decide(instance.graph, instance.state, command, to);
  if (decision.kind === 'refused') return decision.refusal.code;
  if (decision.kind === 'needs') throw new Error('A need is open.');
  const after = evolve(to, instance.state, { seq: instance.state.seq + 1, at: instance.at, events: decision.events });
  expect(violations(to, after)).toEqual([]);
  return after;
}

/** Goes on in the other version. */
function goOn(to: ProcessGraph, state: ProcessState | string): Instance {
  if (typeof state === 'string') throw new Error(`It was refused: ${state}.`);
  return Instance.at(to, state);
}

const line = (...ids: readonly string[]) =>
  aGraph([
    element('startEvent', 'start'),
    ...ids.map((id) => userTask(id)),
    element('endEvent', 'end'),
    flows(...['start', ...ids].map((id, index) => `${id} ${[...ids, 'end'][index]}`)),
  ]);

const bounded = (...boundaries: readonly (readonly [id: string, due: string])[]) =>
  aGraph([
    element('startEvent', 'start'),
    userTask('work'),
    ...boundaries.map(([id, due]) =>
      element('boundaryEvent', id, { attachedToRef: 'work', cancelActivity: 'false' }, timer('Duration', due)),
    ),
    ...boundaries.map(([id]) => element('endEvent', `${id}-end`)),
    element('endEvent', 'end'),
    flows('start work', 'work end', ...boundaries.map(([id]) => `${id} ${id}-end`)),
  ]);

describe('a migrated instance', () => {
  it('keeps its open task and whoever holds it, and goes on in the other version', async () => {
    const instance = new Instance(await line('one')).start().claim('one', ANNA);
    const next = goOn(await line('one', 'two'), migrated(instance, await line('one', 'two')));
    expect(next.task('one')).toEqual(instance.task('one'));
    expect(next.complete('one', {}, ANNA).openTasks()).toEqual(['two']);
    expect(next.complete('two', {}, ANNA).state.status).toBe('completed');
  });

  it('stands under the other name where the element was mapped, with who completed what', async () => {
    const instance = new Instance(await line('first', 'one')).start().complete('first', {}, ANNA);
    const to = await line('begin', 'uno');
    const next = goOn(to, migrated(instance, to, { one: 'uno', first: 'begin' }));
    expect([next.openTasks(), next.state.completers]).toEqual([['uno'], { begin: ['anna'] }]);
    expect(next.complete('uno', {}, ANNA).state.status).toBe('completed');
  });

  it('keeps a timer that is defined as before, arms a changed one anew, ends one that is gone and begins one that is new', async () => {
    const instance = new Instance(await bounded(['same', 'PT8H'], ['changed', 'PT8H'], ['gone', 'PT8H'])).start().later(3_600_000);
    const to = await bounded(['same', 'PT8H'], ['changed', 'PT2H'], ['fresh', 'PT1H']);
    const { state } = goOn(to, migrated(instance, to));
    expect(Object.values(state.timers).map(({ targetId, due }) => [targetId, due])).toEqual([
      ['same', '2026-01-05T09:00:00.000Z'],
      ['changed', '2026-01-05T04:00:00.000Z'],
      ['fresh', '2026-01-05T03:00:00.000Z'],
    ]);
  });

  it('does not wait again for what has happened already', async () => {
    const instance = new Instance(await bounded(['remind', 'PT1H'])).start().fireNext();
    const to = await bounded(['remind', 'PT1H']);
    expect(goOn(to, migrated(instance, to)).state.timers).toEqual({});
  });

  it('keeps tokens before a join whose flow has another id', async () => {
    const joining = (left: string) =>
      aGraph([
        element('startEvent', 'start'),
        element('parallelGateway', 'fork'),
        userTask('left'),
        userTask('right'),
        element('parallelGateway', 'join'),
        element('endEvent', 'end'),
        flows('start fork', 'fork left', 'fork right', 'right join', 'join end'),
        element('sequenceFlow', left, { sourceRef: 'left', targetRef: 'join' }),
      ]);
    const instance = new Instance(await joining('a')).start().complete('left', {}, ANNA);
    const to = await joining('b');
    const next = goOn(to, migrated(instance, to));
    expect(next.state.elements[1]?.tokens).toEqual({ b: 1 });
    expect(next.complete('right', {}, ANNA).state.status).toBe('completed');
  });
});

describe('a migration is refused', () => {
  it('where a living element is not there', async () => {
    expect(migrated(new Instance(await line('one')).start(), await line('two'))).toBe('element-missing');
  });

  it('where it is of another type, or another kind of loop', async () => {
    const to = await aGraph([
      element('startEvent', 'start'),
      element('manualTask', 'one'),
      userTask(
        'many',
        {},
        '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>2</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>',
      ),
      element('endEvent', 'end'),
      flows('start one', 'one many', 'many end'),
    ]);
    const instance = new Instance(await line('one')).start();
    expect(migrated(instance, to)).toBe('element-changed');
    expect(migrated(instance, to, { one: 'many' })).toBe('element-changed');
  });

  it('where it stands in another scope', async () => {
    const to = await aGraph([
      element('startEvent', 'start'),
      element(
        'subProcess',
        'inside',
        {},
        [element('startEvent', 'in'), userTask('one'), element('endEvent', 'out'), flows('in one', 'one out')].join(''),
      ),
      element('endEvent', 'end'),
      flows('start inside', 'inside end'),
    ]);
    expect(migrated(new Instance(await line('one')).start(), to)).toBe('scope-changed');
  });

  it('where a token waits on a flow that is gone', async () => {
    const joining = (...lines: readonly string[]) =>
      aGraph([
        element('startEvent', 'start'),
        element('parallelGateway', 'fork'),
        userTask('left'),
        userTask('right'),
        userTask('more'),
        element('parallelGateway', 'join'),
        element('endEvent', 'end'),
        flows('start fork', 'fork left', 'fork right', 'fork more', 'right join', 'more join', 'join end', ...lines),
      ]);
    const instance = new Instance(await joining('left join')).start().complete('left', {}, ANNA);
    expect(migrated(instance, await joining('left more'))).toBe('flow-missing');
  });

  it('where the loop could no longer close', async () => {
    const loop = (...ids: readonly string[]) =>
      aGraph([
        element('startEvent', 'apply'),
        userTask('review'),
        userTask('execute', { phase: 'execute' }),
        userTask('by-executor', { phase: 'evaluate', side: 'executor' }),
        userTask('by-applicant', { phase: 'evaluate', side: 'applicant' }),
        userTask('quality', { phase: 'quality' }),
        userTask('aside'),
        element(
          'endEvent',
          'closed',
          {},
          '<bpmn:extensionElements><zeebe:properties><zeebe:property name="bihuan:result" value="closed"/></zeebe:properties></bpmn:extensionElements>',
        ),
        element('endEvent', 'other'),
        flows(...ids.slice(1).map((id, index) => `${ids[index]} ${id}`), 'aside other'),
      ]);
    const instance = new Instance(await loop('apply', 'review', 'execute', 'by-executor', 'by-applicant', 'quality', 'closed')).start();
    const to = await loop('apply', 'execute', 'review', 'by-executor', 'by-applicant', 'quality', 'closed');
    expect(migrated(instance, to)).toBe('loop-broken');
  });

  it('without a reason, to the same version, and by nobody', async () => {
    const graph = await line('one');
    const instance = new Instance(graph).start();
    const command = {
      type: 'instance.migrate',
      fromGraphHash: 'a',
      graphHash: 'a',
      version: 1,
      mapping: {},
      reason: 'x',
      id: 'm',
      at: instance.at,
      zone: 'UTC',
    } as const;
    const code = (more: object) => {
      const decision = decide(graph, instance.state, { ...command, actor: OPERATOR, ...more }, graph);
      return decision.kind === 'refused' ? decision.refusal.code : decision.kind;
    };
    expect([code({}), code({ reason: ' ' }), code({ actor: { kind: 'system', name: 'workflow' } })]).toEqual([
      'nothing-asked',
      'reason-required',
      'not-allowed',
    ]);
  });
});

describe('a proposed mapping', () => {
  it('takes the same id and type, else the only one of the same type and name, else asks', async () => {
    const named = (id: string, name: string) => userTask(id).replace('<bpmn:userTask', `<bpmn:userTask name="${name}"`);
    const of = (...tasks: readonly string[]) =>
      aGraph([element('startEvent', 'start'), ...tasks, element('endEvent', 'end'), flows('start a', 'a end')]);
    const from = await of(named('a', '审核'), named('b', '执行'), named('c', '其他'));
    const to = await of(named('a', '复核'), named('x', '执行'), named('y', '别的'));
    const pairs = proposeMapping(from, to).map(({ elementId, to: target }) => [elementId, target]);
    expect(pairs).toEqual([
      ['start', 'start'],
      ['a', 'a'],
      ['b', 'x'],
      ['c', null],
      ['end', 'end'],
    ]);
  });
});
