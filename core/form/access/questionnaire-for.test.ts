import { describe, expect, it } from 'vitest';
import { accessRule } from '#test/support/access-rule.ts';
import { evaluateResponse } from '../expression/evaluate.ts';
import { fhirpathEngine } from '../expression/fhirpath.ts';
import { EXTENSION } from '../extensions.ts';
import type { Extension, Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import type { QuestionnaireResponse, ResponseItem } from '../response.ts';
import { validateResponse } from '../validate.ts';
import { fieldAccess } from './field-access.ts';
import { formAt } from './form-at.ts';
import { questionnaireFor } from './questionnaire-for.ts';
import { responseFor } from './response-for.ts';
import { withProtected } from './with-protected.ts';

const VIEWER = { places: ['check'], roles: ['executor'] };
const CONTEXT = { engine: fhirpathEngine, now: '2026-11-30T10:00:00+08:00' };
const form = (...item: readonly QuestionnaireItem[]): Questionnaire => ({ resourceType: 'Questionnaire', status: 'active', item });
const answered = (...item: readonly ResponseItem[]): QuestionnaireResponse => ({
  resourceType: 'QuestionnaireResponse',
  status: 'in-progress',
  item,
});
const text = (linkId: string, valueString: string): ResponseItem => ({ linkId, answer: [{ valueString }] });
const expression = (url: string, source: string): Extension => ({
  url,
  valueExpression: { language: 'text/fhirpath', expression: source },
});

function shown(questionnaire: Questionnaire, known: QuestionnaireResponse = answered()): readonly QuestionnaireItem[] {
  const whole = evaluateResponse(questionnaire, known, CONTEXT);
  return questionnaireFor(questionnaire, fieldAccess(questionnaire, VIEWER), { whole, kept: known }).item ?? [];
}

describe('the form of a viewer', () => {
  it('is the same object where nothing is kept from them', () => {
    const plain = form({ linkId: 'q', type: 'string', text: '问' });
    const whole = evaluateResponse(plain, answered());
    expect(questionnaireFor(plain, fieldAccess(plain, VIEWER), { whole })).toBe(plain);
  });

  it('leaves out what is hidden, and the group of which nothing is left', () => {
    const questionnaire = form(
      { linkId: 'g', type: 'group', text: '患者', item: [{ linkId: 'a', type: 'string', extension: [accessRule('hidden')] }] },
      { linkId: 'b', type: 'string' },
    );
    expect(shown(questionnaire).map(({ linkId }) => linkId)).toEqual(['b']);
  });

  it('has a text in the place of what is masked, without options, limits, codes or facts', () => {
    const coding = { valueCoding: { code: 'male', display: '男' } };
    const [item] = shown(
      form({
        linkId: 'sex',
        type: 'choice',
        text: '性别',
        required: true,
        code: [{ code: '46098-0' }],
        answerOption: [coding],
        initial: [coding],
        extension: [accessRule('masked'), { url: EXTENSION.fact, valueString: 'sex' }],
      }),
      answered({ linkId: 'sex', answer: [coding] }),
    );
    expect(item).toEqual({
      linkId: 'sex',
      type: 'string',
      readOnly: true,
      text: '性别',
      extension: [{ url: EXTENSION.masked, valueBoolean: true }],
    });
  });

  it('asks nothing of what may only be read, and asks what is required here', () => {
    const questionnaire = form(
      { linkId: 'a', type: 'string', required: true, extension: [accessRule('read-only'), { url: EXTENSION.regex, valueString: '\\d+' }] },
      { linkId: 'b', type: 'string', extension: [accessRule('required', { elements: ['check'] })] },
    );
    const [a, b] = shown(questionnaire);
    expect([a?.required, a?.readOnly, b?.required]).toEqual([undefined, true, true]);
    const issues = validateResponse(formAt(questionnaire, fieldAccess(questionnaire, VIEWER)), answered(text('a', 'x')), {
      mode: 'submit',
    });
    expect(issues).toMatchObject([{ code: 'required', linkId: 'b' }]);
  });

  it('keeps the rows of a group as they are where a cell of them is hidden', () => {
    const questionnaire = form({
      linkId: 'rows',
      type: 'group',
      repeats: true,
      item: [
        { linkId: 'cell', type: 'string' },
        { linkId: 'secret', type: 'string', extension: [accessRule('hidden')] },
      ],
    });
    const row = (cell: string, secret: string): ResponseItem => ({ linkId: 'rows', item: [text('cell', cell), text('secret', secret)] });
    const known = answered(row('一', '甲'), row('二', '乙'));
    expect(shown(questionnaire, known)).toMatchObject([{ linkId: 'rows', readOnly: true }]);
    expect(shown(questionnaire, answered())[0]?.readOnly).toBeUndefined();
    const sent = answered({ linkId: 'rows', item: [text('cell', '改')] });
    const merged = withProtected(questionnaire, fieldAccess(questionnaire, VIEWER), sent, known);
    expect(merged.item).toEqual([row('改', '甲'), { linkId: 'rows', item: [text('secret', '乙')] }]);
  });
});

describe('rows in which nothing protected stands yet', () => {
  it('come and go, and a new one begins where its viewer may not write as the form says', () => {
    const questionnaire = form({
      linkId: 'rows',
      type: 'group',
      repeats: true,
      item: [
        { linkId: 'cell', type: 'string' },
        { linkId: 'state', type: 'string', initial: [{ valueString: '新' }], extension: [accessRule('read-only')] },
      ],
    });
    const known = answered({ linkId: 'rows' }, { linkId: 'rows', item: [text('cell', '二')] });
    expect(shown(questionnaire, known)[0]?.readOnly).toBeUndefined();
    const row = (cell: string): ResponseItem => ({ linkId: 'rows', item: [text('cell', cell)] });
    const merged = withProtected(questionnaire, fieldAccess(questionnaire, VIEWER), answered(row('一'), row('二'), row('三')), known);
    expect(merged.item).toEqual([row('一'), row('二'), { linkId: 'rows', item: [text('cell', '三'), text('state', '新')] }]);
  });
});

describe('a condition on what is not seen', () => {
  const secret: QuestionnaireItem = { linkId: 'secret', type: 'string', extension: [accessRule('hidden')] };
  const asks = (question: string, answerString: string) => ({ question, operator: '=' as const, answerString });

  it.each([
    ['met: nothing is asked any more', '是', [{ linkId: 'q', type: 'string' }]],
    ['not met: the item is not there', '否', []],
  ])('%s', (_, value, expected) => {
    const questionnaire = form(secret, { linkId: 'q', type: 'string', enableWhen: [asks('secret', '是')] });
    expect(shown(questionnaire, answered(text('secret', value)))).toEqual(expected);
  });

  it.each([
    ['all', '是', [{ enableWhen: [asks('open', '好')] }]],
    ['all', '否', []],
    ['any', '是', [{ linkId: 'q' }]],
    ['any', '否', [{ enableWhen: [asks('open', '好')] }]],
  ] as const)('beside an open one (%s), with the secret %s', (enableBehavior, value, expected) => {
    const conditions = [asks('secret', '是'), asks('open', '好')];
    const questionnaire = form(
      secret,
      { linkId: 'open', type: 'string' },
      { linkId: 'q', type: 'string', enableBehavior, enableWhen: conditions },
    );
    const found = shown(questionnaire, answered(text('secret', value))).slice(1);
    expect(found).toMatchObject(expected);
    if (enableBehavior === 'any' && value === '是') expect(found[0]?.enableWhen).toBeUndefined();
  });

  it('in words of FHIRPath is decided as well, and what is computed is what the server computed', () => {
    const read = "%resource.item.where(linkId='secret').answer.value";
    const questionnaire = form(
      secret,
      { linkId: 'gone', type: 'string', extension: [expression(EXTENSION.enableWhenExpression, `${read} = '否'`)] },
      { linkId: 'there', type: 'string', extension: [expression(EXTENSION.enableWhenExpression, `${read} = '是'`)] },
      { linkId: 'length', type: 'integer', extension: [expression(EXTENSION.calculatedExpression, `${read}.length()`)] },
      { linkId: 'plain', type: 'integer', extension: [expression(EXTENSION.calculatedExpression, '1 + 1')] },
    );
    const items = shown(questionnaire, answered(text('secret', '是')));
    expect(items.map(({ linkId, readOnly, extension }) => [linkId, readOnly ?? false, extension?.length ?? 0])).toEqual([
      ['there', false, 0],
      ['length', true, 0],
      ['plain', false, 1],
    ]);
  });

  it('is followed through variables', () => {
    const questionnaire: Questionnaire = {
      ...form(secret, { linkId: 'q', type: 'string', extension: [expression(EXTENSION.enableWhenExpression, '%b')] }),
      extension: [
        {
          url: EXTENSION.variable,
          valueExpression: { name: 'a', language: 'text/fhirpath', expression: "%resource.item.where(linkId='secret')" },
        },
        { url: EXTENSION.variable, valueExpression: { name: 'b', language: 'text/fhirpath', expression: '%a.exists()' } },
      ],
    };
    expect(shown(questionnaire, answered(text('secret', '是')))).toEqual([{ linkId: 'q', type: 'string' }]);
    expect(shown(questionnaire)).toEqual([]);
  });
});

describe('the answers of a viewer', () => {
  it('keep no trace of what is masked but the placeholder', () => {
    const questionnaire = form({ linkId: 'file', type: 'attachment', extension: [accessRule('masked')] });
    const known = answered({
      linkId: 'file',
      text: '王小明的病历',
      answer: [{ id: 'x', valueAttachment: { url: 'file:1', title: '王小明.pdf' } }],
    });
    expect(responseFor(fieldAccess(questionnaire, VIEWER), known).item).toEqual([
      { linkId: 'file', answer: [{ valueString: '•••', extension: [{ url: EXTENSION.masked, valueBoolean: true }] }] },
    ]);
  });

  it('take no placeholder, also not in an item that they may write', () => {
    const questionnaire = form({ linkId: 'q', type: 'string' });
    const placed = answered({ linkId: 'q', answer: [{ valueString: '•••', extension: [{ url: EXTENSION.masked, valueBoolean: true }] }] });
    expect(withProtected(questionnaire, fieldAccess(questionnaire, VIEWER), placed, null).item).toEqual([{ linkId: 'q', answer: [] }]);
  });
});
