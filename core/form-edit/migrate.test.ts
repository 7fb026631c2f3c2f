import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answersByLinkId } from '#core/form/answers.ts';
import { parseResponse } from '#core/form/parse.ts';
import type { AnswerValue, ItemType, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { ResponseItem } from '#core/form/response.ts';
import { a, answers, form, g, item } from '#core/form/sample-form.ts';
import { validateResponse } from '#core/form/validate.ts';
import { isStructural } from '#core/form/validate-answer.ts';
import { answerSeed, answersFrom } from '#test/support/random/editable-answers.ts';
import { editableForm, edited, editSeed } from '#test/support/random/editable-form.ts';
import { isConvertible } from './convert-answer.ts';
import { diffForms } from './diff.ts';
import { applySteps } from './migrate.ts';
import type { MigrationStep } from './migration-step.ts';
import { proposeSteps } from './propose-steps.ts';

const option = (code: string, display: string) => ({ valueCoding: { code, display } });

function migrated(before: Questionnaire, after: Questionnaire, given: readonly ResponseItem[], steps?: readonly MigrationStep[]) {
  const { response, lost } = applySteps(steps ?? proposeSteps(diffForms(before, after)), before, after, answers(...given));
  return { item: response.item ?? [], lost: lost.map(({ linkId, reason }) => `${linkId} ${reason}`) };
}

/** One question that becomes another, and what becomes of its answer. */
function converted(from: QuestionnaireItem, to: QuestionnaireItem, ...values: readonly AnswerValue[]) {
  const { item: items, lost } = migrated(form(from), form(to), [a('q', ...values)]);
  return lost.length > 0 ? lost : items[0]?.answer;
}

const question = (type: ItemType, settings: Partial<QuestionnaireItem> = {}): QuestionnaireItem => ({
  linkId: 'q',
  type,
  text: 'q',
  ...settings,
});
const yesNo = [option('yes', '是'), option('no', '否')];

describe('an answer', () => {
  it.each<[string, QuestionnaireItem, QuestionnaireItem, AnswerValue, unknown]>([
    ['integer to decimal', question('integer'), question('decimal'), { valueInteger: 3 }, [{ valueDecimal: 3 }]],
    ['a whole decimal to integer', question('decimal'), question('integer'), { valueDecimal: 3 }, [{ valueInteger: 3 }]],
    ['a broken decimal to integer', question('decimal'), question('integer'), { valueDecimal: 3.5 }, ['q type']],
    ['string to text', question('string'), question('text'), { valueString: 'x' }, [{ valueString: 'x' }]],
    [
      'text to string that is too long for it',
      question('text'),
      question('string', { maxLength: 2 }),
      { valueString: 'xyz' },
      ['q too-long'],
    ],
    ['date to dateTime', question('date'), question('dateTime'), { valueDate: '2026-01-02' }, [{ valueDateTime: '2026-01-02' }]],
    ['dateTime with a time to date', question('dateTime'), question('date'), { valueDateTime: '2026-01-02T08:00:00Z' }, ['q type']],
    ['a number in words to integer', question('string'), question('integer'), { valueString: ' 42 ' }, [{ valueInteger: 42 }]],
    ['words to integer', question('string'), question('integer'), { valueString: 'many' }, ['q type']],
    [
      'choice to open-choice',
      question('choice', { answerOption: yesNo }),
      question('open-choice', { answerOption: yesNo }),
      { valueCoding: { code: 'yes' } },
      [{ valueCoding: { code: 'yes' } }],
    ],
    [
      'choice to string by its display',
      question('choice', { answerOption: yesNo }),
      question('string'),
      option('yes', '是'),
      [{ valueString: '是' }],
    ],
    [
      'string to choice by its display',
      question('string'),
      question('choice', { answerOption: yesNo }),
      { valueString: '否' },
      [option('no', '否')],
    ],
    [
      'boolean to choice by its words',
      question('boolean'),
      question('choice', { answerOption: yesNo }),
      { valueBoolean: true },
      [option('yes', '是')],
    ],
    [
      'choice to boolean by its words',
      question('choice', { answerOption: yesNo }),
      question('boolean'),
      option('no', '否'),
      [{ valueBoolean: false }],
    ],
    ['reference to string', question('reference'), question('string'), { valueReference: { reference: 'Practitioner/p' } }, ['q dropped']],
  ])('goes from %s', (_, from, to, value, expected) => {
    expect(converted(from, to, value)).toEqual(expected);
  });

  it('stays alone where there were several, and the others are told', () => {
    const two = [{ valueInteger: 1 }, { valueInteger: 2 }];
    expect(migrated(form(question('integer', { repeats: true })), form(question('integer')), [a('q', ...two)])).toEqual({
      item: [a('q', { valueInteger: 1 })],
      lost: ['q single'],
    });
    const last: readonly MigrationStep[] = [{ kind: 'convert', linkId: 'q', from: 'integer', to: 'integer', keep: 'last' }];
    expect(migrated(form(question('integer', { repeats: true })), form(question('integer')), [a('q', ...two)], last).item).toEqual([
      a('q', { valueInteger: 2 }),
    ]);
  });

  it('follows its question to another link id', () => {
    const [before, after] = [form(item('old', 'integer', { text: '年龄' })), form(item('new', 'integer', { text: '年龄' }))];
    expect(migrated(before, after, [a('old', { valueInteger: 3 })])).toEqual({ item: [a('new', { valueInteger: 3 })], lost: [] });
  });

  it('follows its option to another code, and is lost with an option that is gone', () => {
    const before = form(question('choice', { repeats: true, answerOption: [option('high', '紧急'), option('x', '其他')] }));
    const after = form(question('choice', { repeats: true, answerOption: [option('urgent', '紧急')] }));
    expect(migrated(before, after, [a('q', option('high', '紧急'), option('x', '其他'))])).toEqual({
      item: [a('q', option('urgent', '紧急'))],
      lost: ['q option'],
    });
  });

  it('is lost with its question, and by a step that says so', () => {
    const before = form(item('a', 'integer'), item('b', 'string'));
    expect(migrated(before, form(item('b', 'string')), [a('a', { valueInteger: 3 })], [])).toEqual({ item: [], lost: ['a removed'] });
    expect(migrated(before, before, [a('b', { valueString: 'x' })], [{ kind: 'drop-item', linkId: 'b' }]).lost).toEqual(['b dropped']);
  });

  it('keeps that a person gave it in the place of a computed one', () => {
    const override = {
      valueInteger: 3,
      extension: [{ url: 'https://bihuan.dev/fhir/StructureDefinition/overridden', valueBoolean: true }],
    };
    expect(migrated(form(question('integer')), form(question('decimal')), [{ linkId: 'q', answer: [override] }]).item[0]?.answer).toEqual([
      { ...override, valueInteger: undefined, valueDecimal: 3 },
    ]);
  });
});

describe('a row', () => {
  const name = item('name', 'string', { text: '姓名' });
  const dose = item('dose', 'integer', { text: '剂量' });
  const table = (...items: readonly QuestionnaireItem[]) => item('table', 'group', { text: '用药', repeats: true }, items);
  const rows = [
    g('table', a('name', { valueString: 'x' }), a('dose', { valueInteger: 1 })),
    g('table', a('name', { valueString: 'y' }), a('dose', { valueInteger: 2 })),
  ];

  it('stays a row, in its order', () => {
    expect(migrated(form(table(name, dose)), form(table(dose, name)), rows).item).toEqual([
      g('table', a('dose', { valueInteger: 1 }), a('name', { valueString: 'x' })),
      g('table', a('dose', { valueInteger: 2 }), a('name', { valueString: 'y' })),
    ]);
  });

  it('stays a row in a table with another link id and other words', () => {
    const after = form({ ...table(name, dose), linkId: 'drugs', text: '药品' });
    expect(migrated(form(table(name, dose)), after, rows)).toEqual({ item: rows.map((row) => ({ ...row, linkId: 'drugs' })), lost: [] });
  });

  it('is the first one where the group repeats no more', () => {
    const single = { ...table(name, dose), repeats: false };
    expect(migrated(form(table(name, dose)), form(single), rows)).toEqual({ item: [rows[0]], lost: ['name no-place', 'dose no-place'] });
  });

  it('is made of a group that begins to repeat', () => {
    const single = { ...table(name, dose), repeats: false };
    expect(migrated(form(single), form(table(name, dose)), [rows[0] as ResponseItem])).toEqual({ item: [rows[0]], lost: [] });
  });

  it('gives its answers to a question that leaves it: all where it repeats, else the first', () => {
    const outside = (repeats: boolean) => form({ ...name, repeats }, table(dose));
    expect(migrated(form(table(name, dose)), outside(true), rows).item[0]).toEqual(a('name', { valueString: 'x' }, { valueString: 'y' }));
    expect(migrated(form(table(name, dose)), outside(false), rows)).toMatchObject({
      item: [a('name', { valueString: 'x' }), {}, {}],
      lost: ['name single'],
    });
    const first: readonly MigrationStep[] = [{ kind: 'move-item', linkId: 'name', from: 'table', to: null, rows: 'first' }];
    expect(migrated(form(table(name, dose)), outside(true), rows, first)).toMatchObject({
      item: [a('name', { valueString: 'x' }), {}, {}],
      lost: ['name single'],
    });
  });

  it('takes a question from outside: the first one alone, or each', () => {
    const given = [a('name', { valueString: 'z' }), ...rows.map((row) => g('table', ...(row.item ?? []).slice(1)))];
    const names = (items: readonly ResponseItem[]) =>
      items.map((row) => row.item?.find(({ linkId }) => linkId === 'name')?.answer?.[0]?.valueString);
    const [before, after] = [form(name, table(dose)), form(table(name, dose))];
    expect(names(migrated(before, after, given).item)).toEqual(['z', undefined]);
    const all: readonly MigrationStep[] = [{ kind: 'move-item', linkId: 'name', from: null, to: 'table', rows: 'all' }];
    expect(names(migrated(before, after, given, all).item)).toEqual(['z', 'z']);
  });

  it('that somebody left empty stays, one that became empty goes', () => {
    const given = [g('table', a('name', { valueString: 'x' })), { linkId: 'table' }];
    expect(migrated(form(table(name, dose)), form(table(dose)), given)).toEqual({ item: [{ linkId: 'table' }], lost: ['name dropped'] });
  });

  it('beyond what the new form allows is told', () => {
    const limited = {
      ...table(name, dose),
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs', valueInteger: 1 }],
    };
    expect(migrated(form(table(name, dose)), form(limited), rows).lost).toEqual(['name too-many', 'dose too-many']);
  });
});

describe('whoever gave an answer that is given up', () => {
  const notesOf = (steps: readonly MigrationStep[], given: readonly ResponseItem[]) => {
    const before = form(item('g', 'group', {}, [item('why', 'string')]), question('choice', { answerOption: yesNo }));
    const after = form(question('choice', { answerOption: [option('yes', '是')] }));
    return applySteps(steps, before, after, answers(...given)).lost.map(({ linkId, note }) => [linkId, note]);
  };

  it('is told what the author of the new form says of it', () => {
    const given = [{ linkId: 'g', item: [a('why', { valueString: 'x' })] }, a('q', option('no', '否'))];
    const noted: readonly MigrationStep[] = [
      { kind: 'drop-item', linkId: 'g', note: '改由电话询问' },
      { kind: 'map-option', linkId: 'q', from: 'no', to: null, note: '请重新选择' },
    ];
    expect(notesOf(noted, given)).toEqual([
      ['why', '改由电话询问'],
      ['q', '请重新选择'],
    ]);
    expect(notesOf([], given)).toEqual([['why', undefined]]);
  });
});

describe('answers below an answer', () => {
  const nested = (...below: readonly QuestionnaireItem[]) => item('sick', 'boolean', { text: '有病' }, below);
  const since = item('since', 'date', { text: '自何时' });
  const given = [{ linkId: 'sick', answer: [{ valueBoolean: true, item: [a('since', { valueDate: '2026' })] }] }];

  it('stay there, or follow their question out', () => {
    expect(migrated(form(nested(since)), form(nested(since)), given).item).toEqual(given);
    expect(migrated(form(nested(since)), form(nested(), since), given).item).toEqual([
      a('sick', { valueBoolean: true }),
      a('since', { valueDate: '2026' }),
    ]);
  });

  it('have no place where the question above has no answer', () => {
    expect(migrated(form(nested(), since), form(nested(since)), [a('since', { valueDate: '2026' })]).lost).toEqual(['since no-place']);
  });
});

describe('whatever the form and the edits', () => {
  const RUNS = { numRuns: 300, interruptAfterTimeLimit: 20_000 };
  const count = (items: readonly ResponseItem[] = []): number => [...answersByLinkId({ item: items }).values()].flat().length;

  it('the response fits the new form, nothing is lost in silence, and a second time changes nothing', () => {
    fc.assert(
      fc.property(editableForm, fc.array(editSeed, { maxLength: 5 }), answerSeed, (before, seeds, seed) => {
        const after = edited(before, seeds);
        const steps = proposeSteps(diffForms(before, after));
        const given = answersFrom(before, seed);
        const { response, lost } = applySteps(steps, before, after, given);
        expect(parseResponse(response)).toMatchObject({ ok: true });
        const issues = validateResponse(after, response, { mode: 'draft' }).filter(({ code }) => isStructural(code));
        expect(issues).toEqual([]);
        // Each answer has an id in this test: in the result, or among what is lost.
        const left = new Set(JSON.stringify(response).match(/"id":"a\d+"/g));
        const all = JSON.stringify(given).match(/"id":"a\d+"/g) ?? [];
        expect(all.filter((id) => !left.has(id))).toHaveLength(lost.length);
        expect(applySteps(steps, before, after, response)).toEqual({ response, lost: [] });
      }),
      RUNS,
    );
  });

  it('a form that did not change changes no answer', () => {
    fc.assert(
      fc.property(editableForm, answerSeed, (questionnaire, seed) => {
        const given = answersFrom(questionnaire, seed);
        const { response, lost } = applySteps([], questionnaire, structuredClone(questionnaire), given);
        expect(lost).toEqual([]);
        expect(response.item).toEqual(given.item);
        expect(count(response.item)).toBe(count(given.item));
      }),
      RUNS,
    );
  });

  it('steps that are not there lose answers and tell so', () => {
    fc.assert(
      fc.property(editableForm, fc.array(editSeed, { maxLength: 5 }), answerSeed, (before, seeds, seed) => {
        const after = edited(before, seeds);
        const { response } = applySteps([], before, after, answersFrom(before, seed));
        expect(validateResponse(after, response, { mode: 'draft' }).filter(({ code }) => isStructural(code))).toEqual([]);
      }),
      RUNS,
    );
  });
});

describe('a conversion', () => {
  it('is offered for the usual pairs and for no others', () => {
    expect(isConvertible('string', 'text')).toBe(true);
    expect(isConvertible('attachment', 'string')).toBe(false);
    expect(isConvertible('group', 'string')).toBe(false);
  });
});
