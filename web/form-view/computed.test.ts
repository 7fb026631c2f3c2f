import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expressionsOf } from '#core/form/expression/expressions.ts';
import { fhirpathEngine } from '#core/form/expression/fhirpath.ts';
import { asOverride } from '#core/form/expression/override.ts';
import { pruneResponse } from '#core/form/prune.ts';
import type { AnswerValue, Questionnaire } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { randomAnswers, randomForm, responseTo } from '#test/support/random/form.ts';
import { createRowIds, keyOf, ROOT_ROW, valuesOf } from './model.ts';
import { FormStore } from './store.ts';

const expression = (kind: string, source: string) => ({
  url: `http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-${kind}`,
  valueExpression: { language: 'text/fhirpath', expression: source },
});
const N = "%resource.item.where(linkId='n').answer.value";
const FORM: Questionnaire = {
  resourceType: 'Questionnaire',
  status: 'active',
  item: [
    { linkId: 'n', type: 'integer', text: 'n' },
    { linkId: 'twice', type: 'integer', text: 'twice', extension: [expression('calculatedExpression', `${N} * 2`)] },
    { linkId: 'why', type: 'string', text: 'why', required: true, extension: [expression('enableWhenExpression', `${N} > 3`)] },
    {
      linkId: 'pick',
      type: 'choice',
      text: 'pick',
      answerOption: [{ valueCoding: { code: 'a' } }, { valueCoding: { code: 'b' } }],
      extension: [
        {
          url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-answerOptionsToggleExpression',
          extension: [
            { url: 'option', valueCoding: { code: 'b' } },
            { url: 'expression', valueExpression: { language: 'text/fhirpath', expression: `${N} > 3` } },
          ],
        },
      ],
    },
  ],
};
const key = (linkId: string) => keyOf(ROOT_ROW, linkId);

function opened(item: QuestionnaireResponse['item'] = []) {
  const response: QuestionnaireResponse = { resourceType: 'QuestionnaireResponse', status: 'in-progress', item };
  const values = valuesOf(FORM, response, createRowIds());
  const store = new FormStore(FORM, response, values, () => ({ engine: fhirpathEngine, now: '2026-11-29T10:00:00+08:00' }));
  const set = (linkId: string, ...answers: readonly object[]): void => {
    values[key(linkId)] = answers;
    store.changed(values, key(linkId));
    for (const [at, computed] of store.takeComputed()) {
      values[at] = computed.answers;
      store.changed(values, at);
    }
  };
  return { store, values, set };
}

describe('a form that computes', () => {
  it('puts computed answers where they belong, once', () => {
    const { store, values, set } = opened();
    set('n', { valueInteger: 4 });
    expect(values[key('twice')]).toEqual([{ valueInteger: 8 }]);
    expect(store.takeComputed().size).toBe(0);
  });

  it('shows and hides what an expression enables', () => {
    const { store, set } = opened();
    set('n', { valueInteger: 3 });
    expect(store.isEnabled(key('why'))).toBe(false);
    set('n', { valueInteger: 4 });
    expect(store.isEnabled(key('why'))).toBe(true);
    expect(store.isRight()).toBe(false);
  });

  it('withdraws options and offers them again', () => {
    const { store, set } = opened();
    set('n', { valueInteger: 3 });
    const before = store.optionsOf(key('pick'));
    expect(before).toEqual({ values: null, withdrawn: ['coding:|b'] });
    set('twice', { valueInteger: 1 });
    expect(store.optionsOf(key('pick'))).toBe(before);
    set('n', { valueInteger: 4 });
    expect(store.optionsOf(key('pick'))).toBeUndefined();
  });

  it('leaves a person’s own answer, also when the draft is opened again, until it is given up', () => {
    const { values, set } = opened([
      { linkId: 'n', answer: [{ valueInteger: 4 }] },
      { linkId: 'twice', answer: [asOverride({ valueInteger: 9 })] },
    ]);
    set('n', { valueInteger: 5 });
    expect(values[key('twice')]).toMatchObject([{ valueInteger: 9 }]);
    set('twice');
    expect(values[key('twice')]).toEqual([{ valueInteger: 10 }]);
  });
});

it('sends what the door computes from it, whatever is answered in whatever order', () => {
  const context = { engine: fhirpathEngine, now: '2026-11-29T10:00:00+08:00' };
  fc.assert(
    fc.property(randomForm, randomAnswers, fc.infiniteStream(fc.nat()), (questionnaire, given, order) => {
      const asked = askedIn(questionnaire);
      const answers = given.map((value, index) => (asked.has(`q${index}`) ? value : null));
      const values = valuesOf(questionnaire, { item: [] }, createRowIds());
      const store = new FormStore(questionnaire, responseTo(questionnaire, []), values, () => context);
      const change = (at: string, answer: readonly AnswerValue[]): void => {
        values[at] = answer;
        store.changed(values, at);
        for (const [next, computed] of store.takeComputed()) change(next, computed.answers);
      };
      const open = [...answers.keys()];
      while (open.length > 0) {
        const [index = 0] = open.splice((order.next().value ?? 0) % open.length, 1);
        const value = answers[index];
        if (typeof value === 'number') change(key(`q${index}`), [{ valueInteger: value }]);
      }
      const sent = pruneResponse(questionnaire, store.build.response, context);
      const kept = pruneResponse(questionnaire, responseTo(questionnaire, answers), context);
      expect(sent.item ?? []).toEqual(kept.item ?? []);
    }),
    { numRuns: 40, interruptAfterTimeLimit: 30_000 },
  );
});

/** What people answer, and the form does not. */
const askedIn = ({ item = [] }: Questionnaire): ReadonlySet<string> =>
  new Set(
    item
      .flatMap((each) => [each, ...(each.item ?? [])])
      .filter((each) => expressionsOf(each).calculated === undefined)
      .map(({ linkId }) => linkId),
  );
