import { describe, expect, it } from 'vitest';
import { EXTENSION } from './extensions.ts';
import { FORM_ISSUE_CODES, type FormIssueCode } from './issue.ts';
import { textFor } from './issue-text.ts';
import type { AnswerValue, Attachment, Extension, ItemType, Questionnaire, QuestionnaireItem } from './questionnaire.ts';
import type { ResponseItem } from './response.ts';
import { a, answers, EVERY_TYPE, EVERY_TYPE_FILLED, form, g, item, when } from './sample-form.ts';
import { validateResponse } from './validate.ts';

const submit = { mode: 'submit' } as const;
const problems = (definition: QuestionnaireItem | readonly QuestionnaireItem[], ...given: readonly ResponseItem[]) =>
  validateResponse(form(...[definition].flat()), answers(...given), submit).map(({ code, path }) => `${path}: ${code}`);

it('a right and complete form has no issue', () => {
  expect(validateResponse(EVERY_TYPE, EVERY_TYPE_FILLED, { ...submit, signer: 'Practitioner/p1' })).toEqual([]);
});

describe('an answer', () => {
  const X = (url: keyof typeof EXTENSION, value: Omit<Extension, 'url'>): Extension => ({ url: EXTENSION[url], ...value });
  const options = [{ valueCoding: { code: 'a' } }, { valueCoding: { code: 'b' } }];

  it.each<[string, ItemType, Partial<QuestionnaireItem>, AnswerValue, FormIssueCode | null]>([
    ['of the wrong type', 'integer', {}, { valueString: '3' }, 'wrong-type'],
    ['that is no whole number', 'integer', {}, { valueInteger: 1.5 }, 'number-invalid'],
    ['beyond all numbers', 'decimal', {}, { valueDecimal: 1e300 }, 'number-invalid'],
    [
      'with too many decimals',
      'decimal',
      { extension: [X('maxDecimalPlaces', { valueInteger: 1 })] },
      { valueDecimal: 1.25 },
      'too-many-decimals',
    ],
    ['with few enough decimals', 'decimal', { extension: [X('maxDecimalPlaces', { valueInteger: 1 })] }, { valueDecimal: 1.5 }, null],
    ['below the least', 'integer', { extension: [X('minValue', { valueInteger: 1 })] }, { valueInteger: 0 }, 'min-value'],
    ['at the least', 'integer', { extension: [X('minValue', { valueInteger: 1 })] }, { valueInteger: 1 }, null],
    ['above the greatest', 'decimal', { extension: [X('maxValue', { valueInteger: 5 })] }, { valueDecimal: 5.1 }, 'max-value'],
    ['before the first day', 'date', { extension: [X('minValue', { valueDate: '2026-01-01' })] }, { valueDate: '2025-12-31' }, 'too-early'],
    [
      'of a quantity above the greatest',
      'quantity',
      { extension: [X('maxValue', { valueDecimal: 300 })] },
      { valueQuantity: { value: 301, unit: 'kg' } },
      'max-value',
    ],
    [
      'in a foreign unit',
      'quantity',
      { extension: [X('unit', { valueCoding: { code: 'kg' } })] },
      { valueQuantity: { value: 1, code: 'lb' } },
      'unit-unknown',
    ],
    ['of a quantity without a number', 'quantity', {}, { valueQuantity: { unit: 'kg' } }, 'number-invalid'],
    ['longer than allowed', 'string', { maxLength: 3 }, { valueString: 'abcd' }, 'too-long'],
    ['counted in characters', 'string', { maxLength: 3 }, { valueString: '𠮷野家' }, null],
    ['longer than anything', 'string', {}, { valueString: 'x'.repeat(1_001) }, 'too-long'],
    ['shorter than asked', 'text', { extension: [X('minLength', { valueInteger: 3 })] }, { valueString: 'ab' }, 'too-short'],
    ['of nothing but spaces', 'string', {}, { valueString: '  ' }, 'blank-text'],
    ['against the pattern', 'string', { extension: [X('regex', { valueString: '[0-9]{3}' })] }, { valueString: 'x123' }, 'pattern'],
    ['on a day that does not exist', 'date', {}, { valueDate: '2026-02-30' }, 'date-invalid'],
    ['of a month', 'date', {}, { valueDate: '2026-02' }, null],
    ['in a year before the first', 'date', {}, { valueDate: '0000-05' }, 'date-invalid'],
    ['of fewer digits than asked', 'integer', { extension: [X('minLength', { valueInteger: 3 })] }, { valueInteger: 12 }, 'too-short'],
    ['at the last time', 'time', { extension: [X('maxValue', { valueTime: '10:00:00' })] }, { valueTime: '10:00:00.0' }, null],
    ['less exact than an option', 'choice', { answerOption: [{ valueDate: '2026-02-01' }] }, { valueDate: '2026-02' }, 'option-unknown'],
    [
      'in the unit of another system',
      'quantity',
      { extension: [X('unit', { valueCoding: { system: 's', code: 'kg' } })] },
      { valueQuantity: { value: 1, system: 't', code: 'kg' } },
      'unit-unknown',
    ],
    [
      'in a unit by its code alone',
      'quantity',
      { extension: [X('unit', { valueCoding: { code: 'kg', display: 'kilogram' } })] },
      { valueQuantity: { value: 1, unit: 'kg' } },
      null,
    ],
    ['of a time without a zone', 'dateTime', {}, { valueDateTime: '2026-02-03T08:00:00' }, 'date-time-invalid'],
    ['of a time with a zone', 'dateTime', {}, { valueDateTime: '2026-02-03T08:00:00+08:00' }, null],
    ['at 25 o’clock', 'time', {}, { valueTime: '25:00:00' }, 'time-invalid'],
    ['that is no address', 'url', {}, { valueUri: 'example' }, 'url-invalid'],
    ['that would run as a script', 'url', {}, { valueUri: 'javascript:alert(1)' }, 'url-invalid'],
    ['outside the options', 'choice', { answerOption: options }, { valueCoding: { code: 'c' } }, 'option-unknown'],
    ['outside the options, in words', 'choice', { answerOption: options }, { valueString: 'other' }, 'option-unknown'],
    ['in own words where allowed', 'open-choice', { answerOption: options }, { valueString: 'other' }, null],
    ['with a file that was not uploaded', 'attachment', {}, { valueAttachment: { url: 'https://x.org/y', title: 'y' } }, 'file-missing'],
    [
      'with a file too large',
      'attachment',
      { extension: [X('maxSize', { valueDecimal: 1 })] },
      { valueAttachment: { url: 'file:1', size: 1_048_577 } },
      'file-too-large',
    ],
    [
      'with a file of another type',
      'attachment',
      { extension: [X('mimeType', { valueCode: 'image/*' })] },
      { valueAttachment: { url: 'file:1', contentType: 'text/html' } },
      'file-type',
    ],
    [
      'of an allowed type, in other letters and with a parameter',
      'attachment',
      { extension: [X('mimeType', { valueCode: 'text/plain' })] },
      { valueAttachment: { url: 'file:1', contentType: 'Text/Plain; charset=UTF-8' } },
      null,
    ],
    [
      'with an image',
      'attachment',
      { extension: [X('mimeType', { valueCode: 'image/*' })] },
      { valueAttachment: { url: 'file:1', contentType: 'image/png' } },
      null,
    ],
    ['that refers to nothing', 'reference', {}, { valueReference: { display: '李' } }, 'reference-invalid'],
    [
      'that refers to another kind',
      'reference',
      { extension: [X('referenceKind', { valueCode: 'room' })] },
      { valueReference: { reference: 'Practitioner/1' } },
      'reference-kind',
    ],
    ['to a display', 'display', {}, { valueString: 'x' }, 'answer-not-allowed'],
    ['to a group', 'group', {}, { valueString: 'x' }, 'answer-not-allowed'],
  ])('%s', (_name, type, settings, answer, code) => {
    const codes = validateResponse(form(item('q', type, settings)), answers(a('q', answer)), submit).map((issue) => issue.code);
    expect(codes).toEqual(code === null ? [] : [code]);
  });
});

describe('the number of answers', () => {
  const several = {
    repeats: true,
    extension: [
      { url: EXTENSION.minOccurs, valueInteger: 2 },
      { url: EXTENSION.maxOccurs, valueInteger: 3 },
    ],
  };
  const texts = (count: number) => Array.from({ length: count }, (_, index) => ({ valueString: `x${index}` }));
  const many = (count: number) => a('q', ...texts(count));

  it('must reach what is required', () => {
    expect(problems(item('q', 'string', { required: true }))).toEqual(['q: required']);
    expect(problems(item('q', 'string', { ...several, required: true }), many(1))).toEqual(['q: too-few']);
    expect(problems(item('q', 'string', several))).toEqual([]);
  });

  it('must not exceed what is allowed', () => {
    expect(problems(item('q', 'string'), many(2))).toEqual(['q: too-many']);
    expect(problems(item('q', 'string', several), many(4))).toEqual(['q: too-many']);
    expect(problems(item('q', 'string', { repeats: true }), many(501))).toEqual(['q: too-many']);
  });

  it('counts rows of a group in the same way', () => {
    const group = (settings: object) => item('row', 'group', { ...several, ...settings }, [item('x', 'string')]);
    const row = g('row', a('x', { valueString: 'y' }));
    expect(problems(group({ required: true }))).toEqual(['row: required']);
    expect(problems(group({}), row, row, row, row)).toEqual(['row: too-many']);
    expect(problems(group({}), row, g('row'), row)).toEqual(['row[1]: empty-row']);
    const needing = item('row', 'group', { repeats: true }, [item('x', 'string', { required: true })]);
    expect(problems(needing, g('row'))).toEqual(['row[0]/x: required']);
  });

  it('of options must leave an exclusive one alone', () => {
    const answerOption = [
      { valueCoding: { code: 'a' } },
      { valueCoding: { code: 'none' }, extension: [{ url: EXTENSION.optionExclusive, valueBoolean: true }] },
    ];
    const question = item('q', 'choice', { repeats: true, answerOption });
    const [first, none] = [{ valueCoding: { code: 'a' } }, { valueCoding: { code: 'none' } }];
    expect(problems(question, a('q', first, none))).toEqual(['q: option-exclusive']);
    expect(problems(question, a('q', first, first))).toEqual(['q: option-twice']);
  });
});

describe('what does not belong into the form is refused, in a draft too', () => {
  const draft = (definition: QuestionnaireItem, ...given: readonly ResponseItem[]) =>
    validateResponse(form(definition), answers(...given), { mode: 'draft' }).filter(({ severity }) => severity === 'error');

  it.each<[string, QuestionnaireItem, ResponseItem[], FormIssueCode]>([
    ['an unknown item', item('q', 'string'), [a('other', { valueString: 'x' })], 'unknown-item'],
    ['an item in the wrong group', item('g', 'group', {}, [item('q', 'string')]), [a('q', { valueString: 'x' })], 'unknown-item'],
    ['an item twice', item('q', 'string'), [a('q', { valueString: 'x' }), a('q', { valueString: 'y' })], 'item-twice'],
    ['a wrong type', item('q', 'boolean'), [a('q', { valueString: 'x' })], 'wrong-type'],
    [
      'items beside an answer',
      item('q', 'string', {}, [item('n', 'string')]),
      [{ linkId: 'q', answer: [{ valueString: 'x' }], item: [a('n')] }],
      'nested-not-allowed',
    ],
    ['a text too long', item('q', 'string', { maxLength: 1 }), [a('q', { valueString: 'xy' })], 'too-long'],
  ])('%s', (_name, definition, given, code) => {
    expect(draft(definition, ...given).map((issue) => issue.code)).toContain(code);
  });

  it('and so are answers to another form', () => {
    const issues = validateResponse(form(), { ...answers(), questionnaire: 'https://other.org/x|1' }, submit);
    expect(issues).toMatchObject([{ code: 'other-form' }]);
  });

  it('while what is only unfinished is a warning', () => {
    const issues = validateResponse(
      form(item('q', 'date', { required: true }), item('r', 'date')),
      answers(a('r', { valueDate: '2026-02-30' })),
      { mode: 'draft' },
    );
    expect(issues.map(({ code, severity }) => `${code} ${severity}`)).toEqual(['required warning', 'date-invalid warning']);
  });
});

describe('an item that is not enabled', () => {
  const hidden = item('then', 'string', { required: true, enableWhen: [when('q', '=', { answerBoolean: true })] });

  it('is not required', () => expect(problems([item('q', 'boolean'), hidden])).toEqual([]));

  it('warns that its answer will be left out', () => {
    const issues = validateResponse(form(item('q', 'boolean'), hidden), answers(a('then', { valueString: 'x' })), submit);
    expect(issues).toMatchObject([{ code: 'not-enabled', severity: 'warning', path: 'then' }]);
  });
});

describe('a signature', () => {
  const signature = item('sign', 'reference', { extension: [{ url: EXTENSION.signature, valueBoolean: true }] });
  const signed = (id: string) => answers(a('sign', { valueReference: { reference: `Practitioner/${id}` } }));

  it('is that of the person who submits', () => {
    const check = (id: string) => validateResponse(form(signature), signed(id), { ...submit, signer: 'Practitioner/p1' });
    expect(check('p1')).toEqual([]);
    expect(check('p2')).toMatchObject([{ code: 'signature-foreign', severity: 'error' }]);
  });
});

it('issues name their place by row and answer', () => {
  const table = item('row/1', 'group', { repeats: true }, [item('x', 'integer', { repeats: true })]);
  expect(problems(table, g('row/1', a('x', { valueInteger: 1 })), g('row/1', a('x', { valueInteger: 1 }, { valueInteger: 0.5 })))).toEqual([
    'row%2F1[1]/x#1: number-invalid',
  ]);
});

it('every issue has words in both languages', () => {
  for (const code of FORM_ISSUE_CODES) {
    const issue = {
      code,
      linkId: 'q',
      path: 'q',
      severity: 'error',
      data: { min: 1, max: 2, count: 3, expected: 'x', allowed: 'y' },
    } as const;
    expect(textFor(issue, 'zh-CN')).toMatch(/\p{Script=Han}/u);
    expect(textFor(issue, 'en')).toMatch(/^[A-Z][^{}]+$/);
  }
});

describe('a response that is kept elsewhere', () => {
  const form: Questionnaire = {
    resourceType: 'Questionnaire',
    status: 'active',
    item: [{ linkId: 'scan', type: 'attachment', extension: [{ url: EXTENSION.maxSize, valueDecimal: 1 }] }],
  };
  const codes = (valueAttachment: Attachment) =>
    validateResponse(
      form,
      { resourceType: 'QuestionnaireResponse', status: 'completed', item: [{ linkId: 'scan', answer: [{ valueAttachment }] }] },
      { mode: 'submit', takesForeignFiles: true },
    ).map(({ code }) => code);

  it('may point at its files anywhere, or hold them, within the limits of the form', () => {
    expect(codes({ url: 'https://x.org/scan.png' })).toEqual([]);
    expect(codes({ data: 'aGVsbG8=' })).toEqual([]);
    expect(codes({ data: 'A'.repeat(1_500_000) })).toEqual(['file-too-large']);
    expect(codes({ title: 'scan.png' })).toEqual(['file-missing']);
  });
});
