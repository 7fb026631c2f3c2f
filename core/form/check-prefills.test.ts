import { expect, it } from 'vitest';
import { aGraph, element, flows, userTask } from '#test/support/process/a-graph.ts';
import { unknownPrefills } from './check-prefills.ts';
import type { Questionnaire } from './questionnaire.ts';

const FORM: Questionnaire = {
  resourceType: 'Questionnaire',
  status: 'active',
  item: [{ linkId: 'group', type: 'group', item: [{ linkId: 'group.reason', type: 'string' }] }],
};

const found = async (linkId: string, forms: readonly (readonly [string, Questionnaire])[] = [['note', FORM]]) => {
  const graph = await aGraph([
    element('startEvent', 'start'),
    userTask('write', { prefill: JSON.stringify({ [linkId]: '=reason' }) }),
    element('endEvent', 'end'),
    flows('start write', 'write end'),
  ]);
  const write = graph.elements.write;
  if (write?.elementType !== 'userTask') throw new Error('The task is not there.');
  const withForm = { ...graph, elements: { ...graph.elements, write: { ...write, formKey: 'note' } } };
  return unknownPrefills(withForm, new Map(forms)).map(({ elementId, rule, severity }) => `${severity} ${elementId} ${rule}`);
};

it('a prefill names an item of the form, in its groups too', async () => {
  expect(await found('group.reason')).toEqual([]);
  expect(await found('group.reasons')).toEqual(['warning write prefill-item']);
});

it('of a form that is not known nothing is said', async () => {
  expect(await found('group.reasons', [])).toEqual([]);
});
