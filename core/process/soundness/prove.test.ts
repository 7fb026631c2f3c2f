/** What the exploration claims, against what the interpreter does when it is left to chance. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileBpmn } from '#core/bpmn/compile.ts';
import { hasErrors } from '#core/bpmn/finding.ts';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { aGraph, element, extensions, flows, properties, timer, userTask, xmlOf } from '#test/support/process/a-graph.ts';
import { blockDiagram, peopledDiagram } from '#test/support/process/random-diagram.ts';
import { ROOTS } from '#test/support/process/random-roots.ts';
import { tangle } from '#test/support/process/random-tangle.ts';
import { walk } from '#test/support/process/random-walk.ts';
import { withReturns } from '#test/support/process/with-returns.ts';
import { prove } from './prove.ts';

const RUNS = { numRuns: 60, interruptAfterTimeLimit: 40_000 };
const STATES_MAX = 1_500;

const rulesOf = (graph: ProcessGraph, statesMax = STATES_MAX): readonly string[] =>
  prove(graph, { statesMax }).findings.map(({ rule, elementId }) => `${elementId} ${rule}`);

/** What a sound process never has. That something never happens is no fault of soundness alone. */
const UNSOUND = /(deadlock|token-lost|token-doubled|endless-loop|error-uncaught)$/;

const picks = fc.array(fc.nat(1_000), { minLength: 5, maxLength: 30 });
const truths = fc.record({ c1: fc.boolean(), c2: fc.boolean() });

describe('a random diagram', () => {
  it('of blocks is sound', async () => {
    await fc.assert(
      fc.asyncProperty(blockDiagram, async (inner) => {
        expect(rulesOf(await aGraph(inner, ROOTS)).filter((rule) => UNSOUND.test(rule))).toEqual([]);
      }),
      RUNS,
    );
  }, 60_000);

  it('of blocks is sound wherever and whatever somebody returns', async () => {
    let returns = 0;
    await fc.assert(
      fc.asyncProperty(peopledDiagram, async (inner) => {
        const graph = await aGraph(inner, ROOTS);
        const [without, { findings, states }] = [prove(graph), prove(withReturns(graph), { statesMax: STATES_MAX })];
        expect(findings.filter(({ rule }) => UNSOUND.test(rule))).toEqual([]);
        returns += states > without.states ? 1 : 0;
      }),
      { ...RUNS, numRuns: 30 },
    );
    expect(returns).toBeGreaterThan(5);
  }, 60_000);

  it('of blocks with one part broken is found, or runs to its end however it goes', async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(
        blockDiagram,
        fc.nat(1_000),
        fc.array(fc.tuple(truths, picks), { minLength: 4, maxLength: 4 }),
        async (inner, where, walks) => {
          const xml = broken(xmlOf(...inner).replace('<bpmn:process ', `${ROOTS.join('')}<bpmn:process `), where);
          const { graph, findings } = await compileBpmn({ key: 'test', xml });
          if (!graph || hasErrors(findings) || rulesOf(graph).some((rule) => UNSOUND.test(rule))) {
            found += 1;
            return;
          }
          for (const [variables, choices] of walks) expect(walk(graph, variables, choices)).not.toBe('stuck');
        },
      ),
      RUNS,
    );
    expect(found).toBeGreaterThan(0);
  }, 60_000);

  it('of any wiring that is proved sound never gets stuck', async () => {
    const flags = fc.array(fc.boolean(), { minLength: 8, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(tangle, fc.array(fc.tuple(flags, picks), { minLength: 4, maxLength: 4 }), async (inner, walks) => {
        const graph = await aGraph(inner, ROOTS);
        if (rulesOf(graph).some((rule) => UNSOUND.test(rule) || rule.endsWith('bounded'))) return;
        for (const [values, choices] of walks) {
          const names = ['t0', 't1', 't2', 't3', 't4', 't5', 't6', 'end'];
          const variables = Object.fromEntries(names.map((name, index) => [name, values[index] ?? false]));
          expect(walk(graph, variables, choices)).not.toBe('stuck');
        }
      }),
      RUNS,
    );
  }, 60_000);
});

/** Takes away a flow, or lets a gateway join what it should not. */
function broken(xml: string, where: number): string {
  const parts = [
    ...xml.matchAll(/<bpmn:sequenceFlow [^>]*(?:\/>|>.*?<\/bpmn:sequenceFlow>)|<bpmn:(?:exclusive|parallel|inclusive)Gateway /g),
  ];
  const [part] = parts[where % parts.length] ?? [''];
  const at = parts[where % parts.length]?.index ?? 0;
  const instead = part.startsWith('<bpmn:sequenceFlow')
    ? ''
    : part.includes('parallel')
      ? '<bpmn:exclusiveGateway '
      : '<bpmn:parallelGateway ';
  const changed = `${xml.slice(0, at)}${instead}${xml.slice(at + part.length)}`;
  if (instead === '') return changed;
  // An element is closed as it was opened.
  const id = / id="([^"]+)"/.exec(xml.slice(at))?.[1] ?? '';
  const tag = instead.trim().slice(1);
  return changed.replace(new RegExp(`(<${tag} id="${id}"[^>]*>)</bpmn:\\w+>`), `$1</${tag}>`);
}

describe('the exploration', () => {
  it('finds what only somebody who returns a step comes to, and how', async () => {
    const inner = (returns: Readonly<Record<string, string>>): readonly string[] => [
      element('startEvent', 'start'),
      element('scriptTask', 'first', {}, extensions('<zeebe:script expression="=1" resultVariable="round"/>')),
      element('exclusiveGateway', 'choose', { default: 'choose--later' }),
      element('scriptTask', 'later', {}, extensions('<zeebe:script expression="=2" resultVariable="round"/>')),
      element('endEvent', 'end'),
      element('endEvent', 'again'),
      userTask('ask'),
      element('userTask', 'check', {}, extensions('<zeebe:assignmentDefinition candidateGroups="team:t"/>', properties(returns))),
      flows('start first', 'first ask', 'ask choose', 'choose later', 'later check', 'check end', 'choose again =round = 2'),
    ];
    expect(rulesOf(await aGraph(inner({})))).toEqual(['again never-happens']);
    expect(rulesOf(await aGraph(inner({ return: 'ask' })))).toEqual([]);
  });

  const branches = (count: number, length: number): readonly string[] => {
    const names = Array.from({ length: count }, (_, branch) => Array.from({ length }, (_, step) => `t${branch}-${step}`));
    const lines = names.flatMap((branch) => ['fork', ...branch, 'join'].slice(1).map((to, index) => `${['fork', ...branch][index]} ${to}`));
    return [
      element('startEvent', 'start'),
      element('parallelGateway', 'fork'),
      element('parallelGateway', 'join'),
      element('endEvent', 'end'),
      ...names.flat().map((name) => userTask(name)),
      flows('start fork', 'join end', ...lines),
    ];
  };

  it('takes branches that have nothing to do with each other in one order', async () => {
    const { findings, states } = prove(await aGraph(branches(10, 3)));
    expect(findings).toEqual([]);
    expect(states).toBeLessThan(50);
  });

  it('says so when a process is too large, and what it found as far as it went', async () => {
    const wide = branches(8, 2)
      .join('')
      .replaceAll(
        '</bpmn:userTask>',
        `<bpmn:multiInstanceLoopCharacteristics>${extensions('<zeebe:loopCharacteristics inputCollection="=list" inputElement="each"/>')}</bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>`,
      );
    expect(rulesOf(await aGraph([wide]), 300)).toEqual(['p soundness-bounded']);
  });

  it('looks at a side branch once, wherever it may begin', async () => {
    const side = (id: string): readonly string[] => [
      element(
        'boundaryEvent',
        `ask-${id}`,
        { attachedToRef: 'inner', cancelActivity: 'false' },
        '<bpmn:messageEventDefinition messageRef="m"/>',
      ),
      userTask(`answer-${id}`),
      element('endEvent', `answered-${id}`),
    ];
    const steps = ['s1', 's2', 's3', 's4', 's5'];
    const inner = element(
      'subProcess',
      'inner',
      {},
      [
        element('startEvent', 'si'),
        element('endEvent', 'ei'),
        ...steps.map((id) => userTask(id)),
        flows('si s1', 's1 s2', 's2 s3', 's3 s4', 's4 s5', 's5 ei'),
      ].join(''),
    );
    const graph = await aGraph(
      [
        element('startEvent', 'start'),
        element('endEvent', 'end'),
        inner,
        ...side('one'),
        ...side('two'),
        flows('start inner', 'inner end', 'ask-one answer-one', 'answer-one answered-one', 'ask-two answer-two', 'answer-two answered-two'),
      ],
      ROOTS,
    );
    const { findings, states } = prove(graph);
    expect(findings).toEqual([]);
    expect(states).toBeLessThan(15);
  });

  it('looks at what listens around a branch together with the branch', async () => {
    const hold = (id: string): string =>
      element(
        'subProcess',
        id,
        {},
        [
          element('startEvent', `${id}-start`),
          userTask(`${id}-work`),
          element('endEvent', `${id}-end`),
          flows(`${id}-start ${id}-work`, `${id}-work ${id}-end`),
          element(
            'subProcess',
            `${id}-asked`,
            { triggeredByEvent: 'true' },
            [
              element('startEvent', `${id}-ask`, {}, '<bpmn:messageEventDefinition messageRef="m"/>'),
              userTask(`${id}-answer`),
              element('endEvent', `${id}-answered`),
              flows(`${id}-ask ${id}-answer`, `${id}-answer ${id}-answered`),
            ].join(''),
          ),
        ].join(''),
      );
    const graph = await aGraph(
      [
        element('startEvent', 'start'),
        element('parallelGateway', 'fork'),
        hold('left'),
        hold('right'),
        element('parallelGateway', 'join'),
        element('endEvent', 'end'),
        flows('start fork', 'fork left', 'fork right', 'left join', 'right join', 'join end'),
      ],
      ROOTS,
    );
    expect(rulesOf(graph)).toEqual([]);
  });

  it('never lets one variable have two values', async () => {
    const graph = await aGraph([
      element('startEvent', 'start'),
      element('exclusiveGateway', 'first', { default: 'first--meet' }),
      userTask('a'),
      element('exclusiveGateway', 'meet'),
      element('inclusiveGateway', 'split', { default: 'split--b' }),
      userTask('b'),
      userTask('c'),
      element('parallelGateway', 'join'),
      element('endEvent', 'end'),
      flows(
        'start first',
        'first a =kind = "a"',
        'first meet',
        'a split',
        'meet end',
        'split b',
        'split c =kind = "b"',
        'b end',
        'c join',
        'join end',
      ),
    ]);
    expect(rulesOf(graph)).toEqual(['c never-happens']);
  });

  it('is a warning only where a condition that it does not understand decides', async () => {
    const graph = await aGraph([
      element('startEvent', 'start'),
      element('exclusiveGateway', 'split', { default: 'split--b' }),
      userTask('a'),
      userTask('b'),
      element('parallelGateway', 'join'),
      element('endEvent', 'end'),
      flows('start split', 'split a =count(list) > 2', 'split b', 'a join', 'b join', 'join end'),
    ]);
    expect(prove(graph).findings).toMatchObject([{ elementId: 'join', rule: 'deadlock', severity: 'warning' }]);
  });

  it('knows what the forms give', async () => {
    const inner = [
      element('startEvent', 'start'),
      element(
        'userTask',
        'ask',
        {},
        extensions(
          '<zeebe:formDefinition formKey="f"/>',
          '<zeebe:assignmentDefinition candidateGroups="team:t"/>',
          properties({ result: 'answer' }),
        ),
      ),
      element('exclusiveGateway', 'choose'),
      userTask('b'),
      element('endEvent', 'end'),
      flows('start ask', 'ask choose', 'choose end =answer.kind = "plain"', 'choose b =answer.kind = "hard"', 'b end'),
    ];
    const graph = await aGraph(inner);
    expect(prove(graph, { facts: { f: { kind: ['plain', 'hard'] } } }).findings).toEqual([]);
    expect(prove(graph, { facts: { f: { kind: ['plain', 'hard', 'other'] } } }).findings).toMatchObject([
      { elementId: 'choose', rule: 'gateway-uncovered' },
    ]);
  });

  it('treats a timer as something that may come before or after anything else', async () => {
    const graph = await aGraph([
      element('startEvent', 'start'),
      element('parallelGateway', 'fork'),
      userTask('a'),
      element('boundaryEvent', 'late', { attachedToRef: 'a' }, timer('Duration', 'P10Y')),
      userTask('b'),
      element('parallelGateway', 'join'),
      element('endEvent', 'expired'),
      element('endEvent', 'end'),
      flows('start fork', 'fork a', 'fork b', 'a join', 'b join', 'join end', 'late expired'),
    ]);
    expect(rulesOf(graph)).toEqual(['join deadlock']);
  });
});
