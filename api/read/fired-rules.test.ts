import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { compileDmn } from '#core/decision/compile.ts';
import { evaluateDecision } from '#core/decision/evaluate.ts';
import type { ProcessEvent } from '#core/process/event.ts';
import { firedRulesOf } from './fired-rules.ts';

const { decisions } = await compileDmn(readFileSync(new URL('../../flows/consult/dispatch.dmn', import.meta.url), 'utf8'));
const facts = { subkind: 'mdt', urgency: 'routine', networkCondition: 'low', starter: { tier: 'county' } };
const answer = evaluateDecision(decisions, 'consult-dispatch', facts, { at: '2026-03-01T00:00:00Z', zone: 'UTC' });
if (!answer.ok) throw new Error(answer.message);
const { result, matchedRuleIds, fired } = answer;
const event = {
  type: 'decision.evaluated',
  elementId: 'x',
  key: 2,
  decisionId: 'consult-dispatch',
  result,
  matchedRuleIds,
  fired,
} satisfies ProcessEvent;
// Only its decisions are read.
const graph = { decisions } as unknown as ProcessGraph;

it('tells every rule that fired, by the labels of its columns', () => {
  expect(firedRulesOf(event, graph, new Map())).toMatchObject([
    {
      decision: { en: 'Propose a room' },
      isGuarded: false,
      inputs: expect.arrayContaining([{ name: { 'zh-CN': '网络条件', en: 'networkCondition' }, value: 'low' }]),
    },
    {
      decision: { en: 'Propose team and room' },
      rule: 2,
      outputs: expect.arrayContaining([{ name: { 'zh-CN': '执行团队', en: 'team' }, value: 'team-mdt' }]),
    },
  ]);
});

it('leaves out the values of a decision that reads a fact which is not open to the viewer, and of those that require it', () => {
  for (const rule of firedRulesOf(event, graph, new Map([['networkCondition', 'masked']]))) {
    expect(rule).toMatchObject({ isGuarded: true, inputs: [], outputs: [] });
  }
  const [room, team] = firedRulesOf(event, graph, new Map([['specialty', 'hidden']]));
  expect([room?.isGuarded, team?.isGuarded]).toEqual([false, true]);
});

it('tells nothing of an instance that kept no rules', () => {
  const { fired: _, ...before } = event;
  expect(firedRulesOf(before, graph, new Map())).toEqual([]);
});
