import { describe, expect, it } from 'vitest';
import { assemble, partsAmong } from '../assemble.ts';
import { EXTENSION } from '../extensions.ts';
import { choicesOf } from '../options.ts';
import type { Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import type { TerminologyResource, ValueSet } from './resources.ts';

const choice = (linkId: string, answerValueSet: string): QuestionnaireItem => ({ linkId, type: 'choice', text: linkId, answerValueSet });
const form = (...item: readonly QuestionnaireItem[]): Questionnaire => ({ resourceType: 'Questionnaire', status: 'active', item });
const listed: ValueSet = {
  resourceType: 'ValueSet',
  id: 'colours',
  url: 'http://x.org/colours',
  version: '2',
  compose: { include: [{ system: 's', concept: [{ code: 'red', designation: [{ language: 'zh', value: '红' }] }, { code: 'blue' }] }] },
};
const system: TerminologyResource = {
  resourceType: 'CodeSystem',
  url: 's',
  content: 'complete',
  concept: [{ code: 'red' }, { code: 'blue' }, { code: 'green', designation: [{ language: 'zh', value: '绿' }] }],
};
const whole: ValueSet = { resourceType: 'ValueSet', url: 'http://x.org/all', compose: { include: [{ system: 's' }] } };

function assembled(
  questionnaire: Questionnaire,
  beside: readonly TerminologyResource[],
  parts: readonly Questionnaire[] = [],
): Questionnaire {
  const result = assemble(questionnaire, partsAmong(parts), beside);
  if (result.kind === 'incomplete') throw new Error(result.canonical);
  return result.questionnaire;
}
const offered = (questionnaire: Questionnaire, linkId: string): readonly string[] | undefined => {
  const item = questionnaire.item?.find((each) => each.linkId === linkId);
  return item && choicesOf(questionnaire, item)?.map(({ value }) => value.valueCoding?.code ?? '');
};

describe('a form that is put together', () => {
  it.each(['http://x.org/colours', 'http://x.org/colours|2'])('contains the value set beside it that it names as %s', (canonical) => {
    const made = assembled(form(choice('a', canonical)), [listed]);
    expect(made.contained).toEqual([listed]);
    expect(made.item?.[0]?.answerValueSet).toBe('#colours');
    expect(offered(made, 'a')).toEqual(['red', 'blue']);
  });

  it('does not take another version than the one it names', () => {
    const asked = form(choice('a', 'http://x.org/colours|1'));
    expect(assembled(asked, [listed])).toBe(asked);
  });

  it('contains the list of a value set that is told from a code system, and not the system', () => {
    const made = assembled(form(choice('a', 'http://x.org/all')), [system, whole]);
    expect(made.contained?.map(({ resourceType }) => resourceType)).toEqual(['ValueSet']);
    expect(offered(made, 'a')).toEqual(['red', 'blue', 'green']);
    expect(JSON.stringify(made.contained)).toContain('绿');
  });

  it('contains a value set once, however many items name it', () => {
    const made = assembled(form(choice('a', 'http://x.org/colours'), choice('b', 'http://x.org/colours')), [listed]);
    expect(made.contained).toHaveLength(1);
    expect(offered(made, 'b')).toEqual(['red', 'blue']);
  });

  it('gives it another id where the form has that id already', () => {
    const own: ValueSet = { resourceType: 'ValueSet', id: 'colours', compose: { include: [{ concept: [{ code: 'own' }] }] } };
    const made = assembled({ ...form(choice('a', '#colours'), choice('b', 'http://x.org/colours')), contained: [own] }, [listed]);
    expect([offered(made, 'a'), offered(made, 'b')]).toEqual([['own'], ['red', 'blue']]);
  });

  it('completes a contained value set with what it includes from beside the form', () => {
    const own: ValueSet = { resourceType: 'ValueSet', id: 'own', compose: { include: [{ valueSet: ['http://x.org/all'] }] } };
    const made = assembled({ ...form(choice('a', '#own')), contained: [own] }, [whole, system]);
    expect(offered(made, 'a')).toEqual(['red', 'blue', 'green']);
    expect(made.item).toEqual([choice('a', '#own')]);
  });

  it('keeps the address of a value set of which something is lacking, for a server', () => {
    const asked = form(choice('a', 'http://x.org/all'));
    expect(assembled(asked, [whole])).toBe(asked);
  });

  it('contains the value sets that its parts name', () => {
    const part: Questionnaire = { ...form(choice('p', 'http://x.org/colours')), url: 'http://x.org/part' };
    const host: QuestionnaireItem = {
      linkId: 'host',
      type: 'display',
      extension: [{ url: EXTENSION.subQuestionnaire, valueCanonical: 'http://x.org/part' }],
    };
    expect(offered(assembled(form(host), [listed], [part]), 'p')).toEqual(['red', 'blue']);
  });

  it('comes to the same when it is put together again', () => {
    const made = assembled(form(choice('a', 'http://x.org/all')), [system, whole]);
    expect(assembled(made, [system, whole])).toEqual(made);
  });
});
