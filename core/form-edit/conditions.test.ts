import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkQuestionnaire } from '#core/form/check.ts';
import { ITEM_TYPES } from '#core/form/questionnaire.ts';
import { EVERY_TYPE, form, item, when } from '#core/form/sample-form.ts';
import { editableForm } from '#test/support/random/editable-form.ts';
import { comparableOf, conditionOf, operatorsFor, questionsFor } from './conditions.ts';
import { applyEdit } from './edit.ts';
import { saidConditions } from './said-conditions.ts';
import { findItem, linkIdsIn } from './tree.ts';

const asked = (linkId: string, questionnaire = sample) => questionsFor(questionnaire, linkId).map((question) => question.linkId);
const sample = form(
  item('a', 'integer'),
  item('g', 'group', { enableWhen: [when('a', '>', { answerInteger: 1 })] }, [item('b', 'boolean'), item('note', 'display')]),
  item('table', 'group', { repeats: true }, [item('c', 'string'), item('d', 'string')]),
  item('e', 'date'),
);

describe('the questions that an item may ask', () => {
  it('are all but itself, what stands in it, and what depends on it', () => {
    expect(asked('e')).toEqual(['a', 'b', 'c', 'd']);
    expect(asked('a')).toEqual(['c', 'd', 'e']);
    expect(asked('g')).toEqual(['a', 'c', 'd', 'e']);
    expect(asked('note')).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('are told by whether they come before, and whose row is meant', () => {
    const of = (linkId: string) =>
      questionsFor(sample, linkId).map((question) => `${question.linkId} ${question.isBefore} ${question.scope}`);
    expect(of('d')).toEqual(['a true row', 'b true row', 'c true row', 'e false row']);
    expect(of('e').slice(2)).toEqual(['c true nearest', 'd true nearest']);
  });

  it('whatever the form, with whatever they can be compared, make conditions in which a checker finds nothing', () => {
    fc.assert(
      fc.property(editableForm, fc.nat(40), fc.nat(40), fc.nat(7), (questionnaire, at, which, how) => {
        const ids = linkIdsIn(questionnaire.item ?? []);
        const linkId = ids[at % ids.length] ?? '';
        const questions = questionsFor(questionnaire, linkId);
        const question = findItem(questionnaire, questions[which % Math.max(questions.length, 1)]?.linkId ?? '')?.item;
        if (!question) return;
        const operators = operatorsFor(question.type);
        const operator = operators[how % operators.length];
        const comparable = comparableOf(questionnaire, question);
        const value = comparable.kind === 'options' ? comparable.options[0]?.value : VALUES[comparable.kind];
        const condition = operator && conditionOf(question.linkId, operator, value ?? {});
        if (!condition) throw new Error(`${question.type} ${operator}`);
        const changes = { enableWhen: [condition], enableWhenExpression: '' };
        const result = applyEdit(questionnaire, { kind: 'set', linkId, changes });
        if (result.kind === 'refused') throw new Error(result.code);
        const problems = (each: typeof questionnaire) =>
          checkQuestionnaire(each).filter(({ elementId, rule }) => elementId === linkId && rule.startsWith('form-condition'));
        expect(problems(result.questionnaire)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

const VALUES = {
  boolean: { valueBoolean: true },
  decimal: { valueDecimal: 1.5 },
  integer: { valueInteger: 1 },
  date: { valueDate: '2026-01-01' },
  dateTime: { valueDateTime: '2026-01-01' },
  time: { valueTime: '08:00:00' },
  text: { valueString: 'x' },
  quantity: { valueQuantity: { value: 1, code: 'kg' } },
  reference: { valueReference: { reference: 'Practitioner/p' } },
  none: { valueBoolean: true },
  options: {},
} as const;

describe('an answer', () => {
  it('is compared as its type allows', () => {
    expect(ITEM_TYPES.map((type) => `${type} ${operatorsFor(type).length}`).join(', ')).toBe(
      'group 0, display 0, boolean 3, decimal 7, integer 7, date 7, dateTime 7, time 7, string 3, text 3, url 1, choice 3, open-choice 3, attachment 1, reference 3, quantity 7',
    );
  });

  it('is compared with options, units or records', () => {
    const of = (linkId: string) => comparableOf(EVERY_TYPE, findItem(EVERY_TYPE, linkId)?.item ?? item('', 'text'));
    expect(of('urgency')).toMatchObject({
      kind: 'options',
      isOpen: false,
      options: [{ text: { 'zh-CN': '常规', en: 'Routine' } }, {}, {}],
    });
    expect(of('department')).toMatchObject({
      kind: 'options',
      isOpen: true,
      options: expect.arrayContaining([expect.objectContaining({ text: { 'zh-CN': '心内科', en: 'Cardiology' } })]),
    });
    expect(of('weight')).toMatchObject({ kind: 'quantity', units: [{ code: 'kg' }, { code: 'g' }] });
    expect(of('applicant')).toEqual({ kind: 'reference', referenceKind: 'person' });
    expect(of('files')).toEqual({ kind: 'none' });
  });
});

describe('what conditions say', () => {
  it('is a code with the words of question and answer', () => {
    const reason = findItem(EVERY_TYPE, 'urgency-reason')?.item ?? item('', 'text');
    expect(saidConditions(EVERY_TYPE, reason)).toEqual({
      joint: 'any',
      expression: '',
      parts: [
        {
          code: 'equal',
          question: 'urgency',
          questionText: { 'zh-CN': '紧急程度', en: 'Urgency' },
          value: { 'zh-CN': '紧急', en: 'Urgent' },
        },
        {
          code: 'equal',
          question: 'urgency',
          questionText: { 'zh-CN': '紧急程度', en: 'Urgency' },
          value: { 'zh-CN': '特急', en: 'Emergency' },
        },
      ],
    });
    const asks = item('x', 'text', {
      enableBehavior: 'all',
      enableWhen: [when('a', '>=', { answerInteger: 3 }), when('nobody', 'exists', { answerBoolean: false })],
    });
    expect(saidConditions(sample, asks)).toMatchObject({
      joint: 'all',
      parts: [
        { code: 'at-least', value: { 'zh-CN': '3' } },
        { code: 'unanswered', questionText: null, value: null },
      ],
    });
  });
});
