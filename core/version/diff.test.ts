import { describe, expect, it } from 'vitest';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { loadFlow } from '#flows/load-flow.ts';
import { endEvent, smallGraph, startEvent, userTask } from '#test/support/bpmn.ts';
import { diffVersions, isSameVersion } from './diff.ts';

const form = (items: Questionnaire['item'], more: Partial<Questionnaire> = {}): Questionnaire => ({
  resourceType: 'Questionnaire',
  status: 'active',
  title: '申请',
  item: items ?? [],
  ...more,
});
const ofGraphs = (before: ProcessGraph, after: ProcessGraph) => diffVersions({ graph: before, forms: {} }, { graph: after, forms: {} });
const small = (more: Readonly<Record<string, string>> = {}) =>
  smallGraph(startEvent + userTask('check', more) + endEvent(), 'start > check > end');

const outcomes = (...codes: readonly string[]) =>
  JSON.stringify(codes.map((code) => ({ code, name: { 'zh-CN': code }, tone: 'default', reason: 'none', formRequired: true })));

async function ofForms(before: Questionnaire, after: Questionnaire) {
  const graph = await small();
  return diffVersions({ graph, forms: { apply: before } }, { graph, forms: { apply: after } }).forms;
}

describe('the difference of two versions', () => {
  it('is nothing for the same version', async () => {
    const { graph, forms } = await loadFlow('consult');
    expect(isSameVersion(diffVersions({ graph, forms }, { graph, forms }))).toBe(true);
  });

  it('names elements and flows that were added and removed', async () => {
    const after = await smallGraph(startEvent + userTask('check') + userTask('sign') + endEvent(), 'start > check > sign > end');
    const diff = ofGraphs(await small(), after);
    expect(diff.elements).toEqual([{ id: 'sign', name: { 'zh-CN': 'sign' }, kind: 'added', fields: [], elementType: 'userTask' }]);
    expect(diff.flows.map(({ id, kind }) => [id, kind])).toEqual([
      ['check--end', 'removed'],
      ['check--sign', 'added'],
      ['sign--end', 'added'],
    ]);
    expect(ofGraphs(after, await small()).elements).toMatchObject([{ id: 'sign', kind: 'removed' }]);
  });

  it('names the fields of an element that changed, once, with what they were and are', async () => {
    const diff = ofGraphs(await small({ deadline: 'PT8H' }), await small({ deadline: 'PT4H' }));
    expect(diff.elements).toMatchObject([
      { id: 'check', kind: 'changed', fields: [{ path: 'deadline.duration', before: '"PT8H"', after: '"PT4H"' }] },
    ]);
    expect(diff.flows).toEqual([]);
  });

  it('compares entries of a list by their codes: one that is inserted changes no other', async () => {
    const diff = ofGraphs(
      await small({ outcomes: outcomes('approve', 'reject') }),
      await small({ outcomes: outcomes('approve', 'return', 'reject') }),
    );
    expect(diff.elements[0]?.fields.map(({ path }) => path)).toEqual(['outcomes.return']);
  });

  it('tells a changed condition of a sequence flow', async () => {
    const before = await small();
    const [flow] = Object.values(before.flows);
    if (!flow) throw new Error('The graph has no flow.');
    const diff = ofGraphs(before, { ...before, flows: { ...before.flows, [flow.id]: { ...flow, condition: 'urgency = "urgent"' } } });
    expect(diff.flows).toEqual([
      { id: flow.id, name: null, kind: 'changed', fields: [{ path: 'condition', before: null, after: 'urgency = "urgent"' }] },
    ]);
  });

  it('tells rules of a decision that were added, removed and changed', async () => {
    const { graph } = await loadFlow('consult');
    const [id, decision] = Object.entries(graph.decisions).find(([, { logic }]) => logic.kind === 'table') ?? [];
    if (!id || decision?.logic.kind !== 'table') throw new Error('The consult has no decision table.');
    const [first, ...others] = decision.logic.rules;
    const after = { ...graph, decisions: { ...graph.decisions, [id]: { ...decision, logic: { ...decision.logic, rules: others } } } };
    const diff = ofGraphs(graph, after);
    expect(diff.decisions).toMatchObject([{ id, kind: 'changed', fields: [{ path: `logic.rules.${first?.id}`, after: null }] }]);
    expect(diff.elements).toEqual([]);
  });

  it('tells items of a form by their link ids, wherever they stand', async () => {
    const before = form([{ linkId: 'g', type: 'group', item: [{ linkId: 'a', type: 'string', text: '甲' }] }]);
    const after = form([
      { linkId: 'g', type: 'group', item: [{ linkId: 'b', type: 'date', text: '乙' }] },
      { linkId: 'a', type: 'string', text: '甲', required: true },
    ]);
    expect(await ofForms(before, after)).toEqual([
      {
        id: 'apply',
        name: { 'zh-CN': '申请' },
        kind: 'changed',
        fields: [],
        items: [
          {
            id: 'a',
            name: { 'zh-CN': '甲' },
            kind: 'changed',
            fields: [
              { path: 'inside', before: 'g', after: null },
              { path: 'required', before: null, after: true },
            ],
          },
          { id: 'b', name: { 'zh-CN': '乙' }, kind: 'added', fields: [] },
        ],
      },
    ]);
  });

  it('tells what a form says of itself', async () => {
    const items: Questionnaire['item'] = [{ linkId: 'a', type: 'string' }];
    expect((await ofForms(form(items), form(items, { version: '2' })))[0]?.fields).toEqual([{ path: 'version', before: null, after: '2' }]);
  });
});
