import { describe, expect, it } from 'vitest';
import { checkQuestionnaire } from '../check.ts';
import type { Questionnaire } from '../questionnaire.ts';
import { unsupportedFeatures } from '../unsupported.ts';
import type { TerminologyResource, ValueSet } from './resources.ts';

const asking = (answerValueSet: string, ...contained: readonly TerminologyResource[]): Questionnaire => ({
  resourceType: 'Questionnaire',
  status: 'active',
  contained,
  item: [{ linkId: 'a', type: 'choice', text: 'a', answerValueSet }],
});
const set = (more: Partial<ValueSet>): ValueSet => ({ resourceType: 'ValueSet', id: 'v', ...more });
const some = { include: [{ system: 's', concept: [{ code: 'x' }] }] };

const found = (questionnaire: Questionnaire): readonly string[] =>
  checkQuestionnaire(questionnaire).map(({ elementId, severity, rule }) => `${elementId}: ${severity} ${rule}`);

describe('the checker', () => {
  it.each<[string, Questionnaire, readonly string[]]>([
    ['lets a value set pass that is there', asking('#v', set({ compose: some })), []],
    ['refuses one that is not there', asking('#gone'), ['a: error form-options']],
    ['refuses one that holds nothing', asking('#v', set({ compose: { include: [] } })), ['a: error form-options']],
    ['refuses one of which nobody knows what it holds', asking('#v', set({})), ['a: error form-value-set']],
    [
      'refuses one whose code system is nowhere',
      asking('#v', set({ compose: { include: [{ system: 's' }] } })),
      ['a: error form-value-set'],
    ],
    [
      'refuses one that includes what is not there',
      asking('#v', set({ compose: { include: [{ valueSet: ['#w'] }] } })),
      ['a: error form-options'],
    ],
    [
      'refuses one whose filter nobody applies',
      asking('#v', set({ compose: { include: [{ system: 's', filter: [{ property: 'concept', op: 'x', value: 'y' }] }] } }), {
        resourceType: 'CodeSystem',
        id: 's',
        url: 's',
        content: 'complete',
      }),
      ['a: error form-value-set'],
    ],
    [
      'refuses one that includes itself, whatever address it has',
      asking('#v', set({ url: 'http://x.org/v', compose: { include: [{ valueSet: ['#v'] }] } })),
      ['a: error form-value-set'],
    ],
    ['says of one elsewhere that it needs a server', asking('http://x.org/v|1'), ['a: warning form-value-set']],
    [
      'says so too of one with an address, of which something lacks',
      asking('#v', set({ url: 'http://x.org/v' })),
      ['a: warning form-value-set'],
    ],
    ['refuses two with one id', asking('#v', set({ compose: some }), set({ compose: some })), ['#v: error form-value-set']],
    [
      'warns of a concept that is listed twice',
      asking('#v', set({ compose: { include: [{ system: 's', concept: [{ code: 'x' }, { code: 'x' }] }] } })),
      ['#v: warning form-value-set'],
    ],
    ['lets two includes have a concept in common', asking('#v', set({ compose: { include: [...some.include, ...some.include] } })), []],
  ])('%s', (_name, questionnaire, findings) => expect(found(questionnaire)).toEqual(findings));

  it('warns of an option that is listed twice', () => {
    const twice = [{ valueCoding: { code: 'x' } }, { valueCoding: { code: 'x' } }];
    const questionnaire: Questionnaire = { ...asking(''), item: [{ linkId: 'a', type: 'choice', text: 'a', answerOption: twice }] };
    expect(found(questionnaire)).toEqual(['a: warning form-options']);
  });
});

describe('a value set is unsupported', () => {
  it.each<[string, Questionnaire, boolean]>([
    ['where nobody can tell what it holds', asking('#v', set({})), true],
    ['never where a terminology server is asked', asking('http://x.org/v'), false],
    ['never where it is in the form', asking('#v', set({ compose: some })), false],
  ])('%s', (_name, questionnaire, is) =>
    expect(unsupportedFeatures(questionnaire).some(({ feature }) => feature === 'answerValueSet')).toBe(is),
  );
});
