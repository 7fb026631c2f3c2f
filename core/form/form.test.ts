import { describe, expect, it } from 'vitest';
import { blankResponse } from './blank.ts';
import { checkQuestionnaire } from './check.ts';
import { EXTENSION } from './extensions.ts';
import { extractFacts } from './facts.ts';
import { responseHash } from './hash.ts';
import { parseQuestionnaire, parseResponse } from './parse.ts';
import type { Questionnaire, QuestionnaireItem } from './questionnaire.ts';
import { a, answers, control, EVERY_TYPE, EVERY_TYPE_FILLED, fact, form, g, item, when } from './sample-form.ts';
import { formSummary } from './summary.ts';
import { unsupportedFeatures } from './unsupported.ts';
import { validateResponse } from './validate.ts';

describe('facts', () => {
  it('are typed values of the items that name one', () => {
    expect(extractFacts(EVERY_TYPE, EVERY_TYPE_FILLED)).toEqual({
      applicant: 'p1',
      urgency: 'urgent',
      birthDate: '1968-04-12',
      age: 57,
      wishedTimes: ['2026-03-03T09:30:00+08:00'],
    });
  });

  it('are null, or an empty list, without an answer', () => {
    expect(extractFacts(EVERY_TYPE, answers())).toEqual({ applicant: null, urgency: null, birthDate: null, age: null, wishedTimes: [] });
  });

  it('keep decimals as text and quantities with their unit', () => {
    const questionnaire = form(item('d', 'decimal', { extension: [fact('d')] }), item('q', 'quantity', { extension: [fact('q')] }));
    const response = answers(a('d', { valueDecimal: 0.0000001 }), a('q', { valueQuantity: { value: 2.5, code: 'mg', unit: 'mg' } }));
    expect(extractFacts(questionnaire, response)).toEqual({ d: '0.0000001', q: { value: '2.5', unit: 'mg' } });
  });

  it('of rows are a list in the order of the rows', () => {
    const questionnaire = form(item('row', 'group', { repeats: true }, [item('n', 'integer', { extension: [fact('numbers')] })]));
    const response = answers(g('row', a('n', { valueInteger: 2 })), g('row'), g('row', a('n', { valueInteger: 1 })));
    expect(extractFacts(questionnaire, response)).toEqual({ numbers: [2, 1] });
  });

  it('do not come from what is not enabled', () => {
    const questionnaire = form(
      item('q', 'boolean'),
      item('n', 'integer', { extension: [fact('n')], enableWhen: [when('q', '=', { answerBoolean: true })] }),
    );
    expect(extractFacts(questionnaire, answers(a('n', { valueInteger: 1 })))).toEqual({ n: null });
  });
});

describe('a blank response', () => {
  it('is pinned to the version of its form and holds initial values', () => {
    const blank = blankResponse(EVERY_TYPE, { values: { applicant: { valueReference: { reference: 'Practitioner/p1' } } } });
    expect(blank.questionnaire).toBe('https://bihuan.dev/fhir/Questionnaire/sample|1');
    expect(formSummary(EVERY_TYPE, blank, 'en').map(({ label, values }) => [label, values])).toEqual([
      ['Applicant', ['Practitioner/p1']],
      ['Application number', ['RC-2026-0001']],
    ]);
  });

  it('begins with a row where rows are required, and takes preselected options', () => {
    const answerOption = [{ valueCoding: { code: 'a' } }, { valueCoding: { code: 'b' }, initialSelected: true }];
    const questionnaire = form(item('row', 'group', { repeats: true, required: true }, [item('c', 'choice', { answerOption })]));
    expect(blankResponse(questionnaire).item).toEqual([g('row', a('c', { valueCoding: { code: 'b' } }))]);
  });

  it('never has an issue in a draft', () => {
    const issues = validateResponse(EVERY_TYPE, blankResponse(EVERY_TYPE), { mode: 'draft' });
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('a summary', () => {
  it('says answers in the language of the reader', () => {
    const line = (locale: 'zh-CN' | 'en', linkId: string) => {
      const found = formSummary(EVERY_TYPE, EVERY_TYPE_FILLED, locale).find((candidate) => candidate.linkId === linkId);
      return found && [...found.group, found.label, ...found.values].join(' · ');
    };
    expect(line('zh-CN', 'urgency')).toBe('基本信息 · 紧急程度 · 紧急');
    expect(line('en', 'urgency')).toBe('Basics · Urgency · Urgent');
    expect(line('en', 'department')).toBe('Basics · Department · Neurology');
    expect(line('en', 'pregnant')).toBe('Patient · Pregnant · No');
    expect(line('zh-CN', 'age')).toBe('患者 · 年龄 · 57 岁');
    expect(line('zh-CN', 'weight')).toBe('患者 · 体重 · 62.5 kg');
    expect(line('zh-CN', 'vital-note')).toBe('临床资料 · 生命体征 2 · 说明 · 左臂');
    expect(line('zh-CN', 'wished-times')).toBe('临床资料 · 希望时间 · 2026-03-03 09:30');
    expect(line('zh-CN', 'files')).toBe('临床资料 · 资料附件 · 头颅CT.png');
  });

  it('shows times in the reader’s zone when it is given', () => {
    const lines = formSummary(EVERY_TYPE, EVERY_TYPE_FILLED, 'en', { zone: 'Europe/Berlin' });
    expect(lines.find(({ linkId }) => linkId === 'wished-times')?.values).toEqual(['2026-03-03 02:30']);
  });
});

describe('the parser', () => {
  it('takes the samples as they are', () => {
    expect(parseQuestionnaire(EVERY_TYPE)).toEqual({ ok: true, value: EVERY_TYPE });
    expect(parseResponse(EVERY_TYPE_FILLED)).toEqual({ ok: true, value: EVERY_TYPE_FILLED });
  });

  it('keeps what it does not know in a form', () => {
    const foreign = { ...form(), publisher: 'x', extension: [{ url: 'https://other.org/x', valueAge: { value: 1 } }] };
    expect(parseQuestionnaire(foreign)).toEqual({ ok: true, value: foreign });
  });

  it.each<[string, unknown, string]>([
    ['no object', 'form', ''],
    ['another resource', { resourceType: 'Patient' }, 'resourceType'],
    ['an unknown type deep down', form(item('g', 'group', {}, [{ linkId: 'x', type: 'colour' as 'text' }])), 'item[0].item[0].type'],
    ['an item without a link id', { ...form(), item: [{ type: 'string' }] }, 'item[0].linkId'],
    [
      'an option with two values',
      form(item('c', 'choice', { answerOption: [{ valueString: 'x', valueInteger: 1 }] })),
      'item[0].answerOption[0]',
    ],
    ['an operator that is none', form(item('c', 'string', { enableWhen: [when('q', '~' as '=', {})] })), 'item[0].enableWhen[0].operator'],
  ])('names the path of %s', (_name, input, path) => {
    expect(parseQuestionnaire(input)).toMatchObject({ ok: false, problems: expect.arrayContaining([expect.objectContaining({ path })]) });
  });

  it.each<[string, unknown, string]>([
    ['a foreign value', answers({ linkId: 'q', answer: [{ valueMoney: 1 } as object] }), 'item[0].answer[0]'],
    ['two values in an answer', answers(a('q', { valueString: 'x', valueInteger: 1 })), 'item[0].answer[0]'],
    ['a number as text', answers(a('q', { valueInteger: '1' as unknown as number })), 'item[0].answer[0].valueInteger'],
    ['an item with a foreign key', answers({ linkId: 'q', colour: 'red' } as { linkId: string }), 'item[0]'],
    [
      'a wrong type below an answer',
      answers({ linkId: 'q', answer: [{ valueString: 'x', item: [{ linkId: '' }] }] }),
      'item[0].answer[0].item[0].linkId',
    ],
  ])('names the path of %s in a response', (_name, input, path) => {
    expect(parseResponse(input)).toMatchObject({ ok: false, problems: expect.arrayContaining([expect.objectContaining({ path })]) });
  });

  it('refuses what is nested without end', () => {
    let nested: object = {};
    for (let depth = 0; depth < 10_000; depth++) nested = { linkId: 'x', item: [nested] };
    expect(parseResponse({ ...answers(), item: [nested] })).toMatchObject({ ok: false });
  });
});

describe('the checker of forms', () => {
  const rules = (...items: readonly QuestionnaireItem[]) =>
    checkQuestionnaire(form(...items)).map(({ elementId, rule }) => `${elementId}: ${rule}`);
  const choice = { answerOption: [{ valueCoding: { code: 'a' } }] };

  it('has nothing to say about a good form', () => expect(checkQuestionnaire(EVERY_TYPE)).toEqual([]));

  it.each<[string, QuestionnaireItem[], string]>([
    ['no item', [], 'questionnaire: form-empty'],
    ['a link id used twice', [item('x', 'string'), item('x', 'string')], 'x: form-link-id'],
    ['a condition on an unknown item', [item('x', 'string', { enableWhen: [when('y', '=', { answerString: 'a' })] })], 'x: form-condition'],
    [
      'a condition of another type',
      [item('q', 'boolean'), item('x', 'string', { enableWhen: [when('q', '=', { answerString: 'a' })] })],
      'x: form-condition',
    ],
    [
      'conditions without a behaviour',
      [
        item('q', 'boolean'),
        item('x', 'string', { enableWhen: [when('q', '=', { answerBoolean: true }), when('q', 'exists', { answerBoolean: true })] }),
      ],
      'x: form-condition',
    ],
    [
      'a condition on itself',
      [item('x', 'boolean', { enableWhen: [when('x', '=', { answerBoolean: true })] })],
      'x: form-condition-circle',
    ],
    [
      'a group shown by its own question',
      [item('g', 'group', { enableWhen: [when('q', '=', { answerBoolean: true })] }, [item('q', 'boolean')])],
      'g: form-condition-circle',
    ],
    ['a choice without options', [item('x', 'choice')], 'x: form-options'],
    ['a value set that is not there', [item('x', 'choice', { answerValueSet: '#gone' })], 'x: form-options'],
    ['free text as a fact', [item('x', 'string', { extension: [fact('x')] })], 'x: form-fact'],
    ['own words as a fact', [item('x', 'open-choice', { ...choice, extension: [fact('x')] })], 'x: form-fact'],
    ['a file as a fact', [item('x', 'attachment', { extension: [fact('x')] })], 'x: form-fact'],
    ['a fact named as no variable can be', [item('x', 'boolean', { extension: [fact('a b')] })], 'x: form-fact'],
    ['a fact with a name of the engine', [item('x', 'boolean', { extension: [fact('starter')] })], 'x: form-fact'],
    [
      'a fact given twice',
      [item('x', 'boolean', { extension: [fact('f')] }), item('y', 'boolean', { extension: [fact('f')] })],
      'y: form-fact',
    ],
    [
      'limits that leave nothing',
      [
        item('x', 'integer', {
          extension: [
            { url: EXTENSION.minValue, valueInteger: 2 },
            { url: EXTENSION.maxValue, valueInteger: 1 },
          ],
        }),
      ],
      'x: form-limits',
    ],
    [
      'a pattern that cannot be read',
      [item('x', 'string', { extension: [{ url: EXTENSION.regex, valueString: '[' }] })],
      'x: form-pattern',
    ],
    [
      'a pattern that nothing bounds in time',
      [item('x', 'string', { extension: [{ url: EXTENSION.regex, valueString: '(?=(a+)+b)' }] })],
      'x: form-pattern',
    ],
    ['a reference to anything', [item('x', 'reference')], 'x: form-reference'],
    [
      'a signature that is a text',
      [item('x', 'string', { extension: [{ url: EXTENSION.signature, valueBoolean: true }] })],
      'x: form-signature',
    ],
    [
      'a label left without translation',
      [item('x', 'string', { text: '甲 | A' }), item('y', 'string', { text: '乙' })],
      'y: form-translation',
    ],
    [
      'an expression that we do not compute',
      [
        item('x', 'integer', {
          extension: [
            {
              url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression',
              valueExpression: { language: 'text/cql', expression: 'x' },
            },
          ],
        }),
      ],
      'x: form-unsupported',
    ],
  ])('names %s', (_name, items, finding) => expect(rules(...items)).toContain(finding));
});

it('unsupported features are listed and told apart by what they change', () => {
  const questionnaire: Questionnaire = {
    ...form(item('x', 'choice', { answerValueSet: '#gone', extension: [control('grid'), { url: 'http://x.org/y' }] })),
    extension: [
      { url: 'http://hl7.org/fhir/StructureDefinition/variable', valueExpression: { name: 'x', language: 'text/cql', expression: 'x' } },
    ],
  };
  expect(unsupportedFeatures(questionnaire)).toEqual([
    { linkId: null, feature: 'http://hl7.org/fhir/StructureDefinition/variable', language: 'text/cql', changesBehaviour: true },
    { linkId: 'x', feature: 'http://x.org/y', changesBehaviour: false },
    { linkId: 'x', feature: 'control:grid', changesBehaviour: false },
    { linkId: 'x', feature: 'answerValueSet', changesBehaviour: true },
  ]);
});

it.each([
  ['a control that is not drawn', item('x', 'choice', { extension: [control('lookup')] }), 'control:lookup'],
  [
    'a matrix of questions with different options',
    item('x', 'group', { extension: [control('table')] }, [item('y', 'string')]),
    'control:table',
  ],
  [
    'nothing of pages in a group',
    item('p', 'group', {}, [item('x', 'group', { extension: [control('page')] }), item('y', 'string')]),
    null,
  ],
  [
    'a page below the top',
    item('p', 'group', {}, [item('q', 'group', {}, [item('x', 'group', { extension: [control('page')] })])]),
    'control:page',
  ],
  [
    'a colour',
    item('x', 'string', { extension: [{ url: EXTENSION.renderingStyle, valueString: 'color:red;font-weight:bold' }] }),
    'style:color',
  ],
])('what is not drawn is named: %s', (_name, asked, feature) => {
  expect(unsupportedFeatures(form(asked)).map((each) => each.feature)).toEqual(feature === null ? [] : [feature]);
});

it('a unit may be a word below the number', () => {
  const asked = item('x', 'integer', {}, [item('unit', 'display', { text: '次 | times', extension: [control('unit')] })]);
  expect(formSummary(form(asked), answers(a('x', { valueInteger: 2 })), 'en')).toMatchObject([{ values: ['2 times'] }]);
});

it('the hash of a response does not depend on the order of its keys', () => {
  const { item: items, ...rest } = EVERY_TYPE_FILLED;
  expect(responseHash({ item: items, ...rest })).toBe(responseHash(EVERY_TYPE_FILLED));
  expect(responseHash(answers())).not.toBe(responseHash(EVERY_TYPE_FILLED));
});
