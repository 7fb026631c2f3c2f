import { describe, expect, it } from 'vitest';
import { itemsIn } from '#core/form/bind.ts';
import { evaluateResponse } from '#core/form/expression/evaluate.ts';
import { fhirpathEngine } from '#core/form/expression/fhirpath.ts';
import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { CALCULATIONS, calculable, calculationIn, calculationText } from './calculations.ts';
import { applyEdit } from './edit.ts';
import { writeItem } from './item-settings.ts';
import { anOption } from './option-setting.ts';

const choice = (linkId: string): QuestionnaireItem =>
  writeItem({ linkId, type: 'choice' }, { options: [anOption('a', '从不', { score: 0 }), anOption('b', '经常', { score: 3 })] });
const FORM: Questionnaire = {
  resourceType: 'Questionnaire',
  status: 'active',
  item: [
    { linkId: 'rows', type: 'group', repeats: true, item: [{ linkId: 'n', type: 'integer' }] },
    { linkId: "it's", type: 'decimal' },
    { linkId: 'dose', type: 'quantity' },
    choice('q1'),
    choice('q2'),
    { linkId: 'total', type: 'decimal' },
  ],
};
const RESPONSE = {
  item: [
    { linkId: 'rows', item: [{ linkId: 'n', answer: [{ valueInteger: 2 }] }] },
    { linkId: 'rows', item: [{ linkId: 'n', answer: [{ valueInteger: 3 }] }] },
    { linkId: "it's", answer: [{ valueDecimal: 2.5 }] },
    { linkId: 'dose', answer: [{ valueQuantity: { value: 10, unit: 'mg' } }] },
    { linkId: 'q1', answer: [{ valueCoding: { code: 'b' } }] },
    { linkId: 'q2', answer: [{ valueCoding: { code: 'b' } }] },
  ],
};

function valueOfTotal(expression: string): unknown {
  const edited = applyEdit(FORM, { kind: 'set', linkId: 'total', changes: { calculatedExpression: expression } });
  if (edited.kind === 'refused') throw new Error(edited.code);
  const { root } = evaluateResponse(edited.questionnaire, RESPONSE, { engine: fhirpathEngine, now: '2026-11-30T10:00:00+08:00' });
  return [...itemsIn(root)].find(({ item }) => item.linkId === 'total')?.answers[0]?.answer.valueDecimal;
}

describe('a calculation that was picked', () => {
  it.each([
    ['sum', ['n', "it's", 'dose'], 17.5],
    ['mean', ['n', "it's"], 2.5],
    ['count', ['n', 'q1'], 3],
    // Two answers that count the same are two.
    ['score', ['q1', 'q2'], 6],
  ] as const)('comes to the %s of the answers to its questions, in all rows', (kind, linkIds, value) => {
    const expression = calculationText(FORM, { kind, linkIds });
    expect(valueOfTotal(expression)).toBe(value);
    expect(calculationIn(FORM, expression)).toEqual({ kind, linkIds });
  });

  it('takes only what it can count, and not its own item', () => {
    const offered = Object.fromEntries(CALCULATIONS.map((kind) => [kind, calculable(FORM, 'total', kind).map(({ linkId }) => linkId)]));
    expect(offered).toEqual({
      sum: ['n', "it's", 'dose'],
      mean: ['n', "it's", 'dose'],
      count: ['n', "it's", 'dose', 'q1', 'q2'],
      score: ['q1', 'q2'],
    });
  });

  it('is not seen in what somebody else wrote', () => {
    for (const written of ['', '1 + 1', "%resource.descendants().where(linkId='n').answer.value.max()"])
      expect(calculationIn(FORM, written)).toBeNull();
    expect(calculationText(FORM, { kind: 'sum', linkIds: [] })).toBe('');
  });
});
