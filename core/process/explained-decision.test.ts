import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compileDmn } from '#core/decision/compile.ts';
import { aGraph, element, extensions, flows } from '#test/support/process/a-graph.ts';
import { Instance } from '#test/support/process/an-instance.ts';

const xml = readFileSync(new URL('../../test/conformance/elements/rating.dmn', import.meta.url), 'utf8');
const { decisions } = await compileDmn(xml);
const called = extensions('<zeebe:calledDecision decisionId="rating" resultVariable="grade"/>');
const graph = await aGraph([
  element('startEvent', 'start'),
  element('businessRuleTask', 'x', {}, called),
  element('endEvent', 'end'),
  flows('start x', 'x end'),
]);

const evaluated = (kept: typeof decisions) => {
  const instance = new Instance({ ...graph, decisions: kept }).start({ score: 70 });
  return instance.events.find(({ type }) => type === 'decision.evaluated');
};

it('an instance keeps which rule decided, and on which values', () => {
  expect(evaluated(decisions)).toMatchObject({
    matchedRuleIds: ['good'],
    fired: [
      {
        decisionId: 'rating',
        ruleId: 'good',
        rule: 1,
        inputs: [{ name: 'score', value: 70 }],
        outputs: [{ name: 'grade', value: 'good' }],
      },
    ],
  });
});

it('an instance of a version that was compiled before has the event that it had', () => {
  const { isExplained: _, ...before } = decisions.rating ?? {};
  const event = evaluated({ rating: before } as typeof decisions);
  expect(event).toMatchObject({ result: 'good', matchedRuleIds: ['good'] });
  expect(Object.keys(event ?? {})).not.toContain('fired');
});
