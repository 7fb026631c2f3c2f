import { describe, expect, it, vi } from 'vitest';
import { itemsIn } from '../bind.ts';
import { parseQuestionnaire } from '../parse.ts';
import type { Extension, Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import type { ResponseItem } from '../response.ts';
import { validateResponse } from '../validate.ts';
import { evaluateResponse, populateResponse } from './evaluate.ts';
import { fhirpathEngine } from './fhirpath.ts';
import { FormEvaluation } from './form-evaluation.ts';

const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';
const FHIR = 'http://hl7.org/fhir/StructureDefinition/';
const fhirpath = (expression: string, name?: string) => ({ language: 'text/fhirpath', expression, ...(name ? { name } : {}) });
const calculated = (expression: string): Extension => ({ url: `${SDC}calculatedExpression`, valueExpression: fhirpath(expression) });
const enabledIf = (expression: string): Extension => ({ url: `${SDC}enableWhenExpression`, valueExpression: fhirpath(expression) });
const variable = (name: string, expression: string): Extension => ({ url: `${FHIR}variable`, valueExpression: fhirpath(expression, name) });

const context = { engine: fhirpathEngine, now: '2026-11-29T10:00:00+08:00' };

function evaluated(item: readonly QuestionnaireItem[], given: readonly ResponseItem[], extension: readonly Extension[] = []) {
  const parsed = parseQuestionnaire({ resourceType: 'Questionnaire', status: 'active', item, extension });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const form = evaluateResponse(parsed.value, { item: given }, context);
  const answers: Record<string, unknown> = {};
  for (const bound of itemsIn(form.root)) {
    if (bound.answers.length > 0)
      answers[bound.path] = bound.answers.map(({ answer }) => Object.values(answer).find((value) => !Array.isArray(value)))[0];
  }
  const enabled = [...itemsIn(form.root)].filter(form.isEnabled).map(({ path }) => path);
  return { ...form, answers, enabled };
}

const decimal = (linkId: string, value: number): ResponseItem => ({ linkId, answer: [{ valueDecimal: value }] });

describe('what an expression sees', () => {
  const said = [{ url: 'http://x.org/y', valueBoolean: true }];
  const given = { linkId: 'a', text: 'A', extension: said, answer: [{ valueString: 'x', extension: said }] };
  const computed = (expression: string, more: object = {}, extension: readonly Extension[] = []) => {
    const item: QuestionnaireItem[] = [
      { linkId: 'a', type: 'string' },
      { linkId: 's', type: 'string', readOnly: true, extension: [calculated(expression)] },
    ];
    const questionnaire: Questionnaire = { resourceType: 'Questionnaire', status: 'active', item, extension };
    const { root } = evaluateResponse(questionnaire, { ...more, item: [given] }, context);
    return itemsIn(root).flatMap((bound) => (bound.item.linkId === 's' ? bound.answers.map(({ answer }) => answer.valueString) : []));
  };

  it.each([
    ['%resource.status', 'completed'],
    ['%rootResource.status', 'completed'],
    ['%resource.authored.toString()', '2026-01-01'],
    ['%resource.subject.reference', 'Patient/1'],
    ["%resource.item.where(text = 'A').answer.value", 'x'],
    ["%resource.item.where(linkId='a').extension.url", 'http://x.org/y'],
    ["%resource.item.where(linkId='a').answer.extension.url", 'http://x.org/y'],
  ])('sees all of the response: %s', (expression, expected) => {
    expect(computed(expression, { status: 'completed', authored: '2026-01-01', subject: { reference: 'Patient/1' } })).toEqual([expected]);
  });

  it.each(['toString', 'constructor', '__proto__'])('knows a variable of the name %s', (name) => {
    expect(computed(`%${name}`, {}, [variable(name, "'v'")])).toEqual(['v']);
  });

  it('sees what the response says anew', () => {
    const item: QuestionnaireItem[] = [
      { linkId: 'a', type: 'string' },
      { linkId: 's', type: 'string', extension: [calculated("%resource.status & ' ' & %resource.item.where(linkId='a').text")] },
    ];
    const evaluation = new FormEvaluation({ resourceType: 'Questionnaire', status: 'active', item }, context);
    const come = (more: object, text: string): unknown => {
      const response = { ...more, item: [{ ...given, text }] };
      return itemsIn(evaluation.evaluate(response).root).find((bound) => bound.item.linkId === 's')?.answers[0]?.answer.valueString;
    };
    expect(come({ status: 'in-progress' }, 'A')).toBe('in-progress A');
    expect(come({ status: 'completed' }, 'A')).toBe('completed A');
    expect(come({ status: 'completed' }, 'B')).toBe('completed B');
  });
});

describe('a computed answer and its type', () => {
  const computed = (type: QuestionnaireItem['type'], expression: string, given: readonly ResponseItem[] = []) =>
    evaluated([{ linkId: 's', type, readOnly: true, extension: [calculated(expression)] }], given);

  it.each<[QuestionnaireItem['type'], string, unknown]>([
    ['time', '@T10:30', '10:30:00'],
    ['date', '@2026-05', '2026-05'],
  ])('of the type %s is written as FHIR has it: %s', (type, expression, expected) => {
    expect(computed(type, expression).answers.s).toBe(expected);
  });

  it.each<[QuestionnaireItem['type'], string]>([
    ['date', "'soon'"],
    ['dateTime', '@2026-05-10T10:30:00'],
    ['time', '@T10'],
  ])('of the type %s is none where it is no such value: %s', (type, expression) => {
    const { answers, failures } = computed(type, expression);
    expect(answers).toEqual({});
    expect(failures).toMatchObject([{ linkId: 's', isMisfit: true }]);
  });

  it('takes the place of a given one that is less exact, or of another type', () => {
    expect(computed('date', '@2026-05-10', [{ linkId: 's', answer: [{ valueDate: '2026' }] }]).answers.s).toBe('2026-05-10');
    const whole = evaluateResponse(
      {
        resourceType: 'Questionnaire',
        status: 'active',
        item: [{ linkId: 's', type: 'integer', readOnly: true, extension: [calculated('5')] }],
      },
      { item: [{ linkId: 's', answer: [{ valueDecimal: 5 }] }] },
      context,
    );
    expect(itemsIn(whole.root)[0]?.answers[0]?.answer).toEqual({ valueInteger: 5 });
  });
});

describe('a computed amount', () => {
  const mg = { unit: 'mg', system: 'http://unitsofmeasure.org', code: 'mg' };
  const amount = (linkId: string, value: number, unit: object = mg): ResponseItem => ({
    linkId,
    answer: [{ valueQuantity: { value, ...unit } }],
  });
  const computed = (expression: string, ...given: readonly ResponseItem[]) =>
    evaluated(
      [
        { linkId: 'a', type: 'quantity' },
        { linkId: 'b', type: 'quantity' },
        { linkId: 's', type: 'quantity', readOnly: true, extension: [calculated(expression)] },
      ],
      given,
    );
  const sum = "%resource.item.where(linkId='a').answer.value + %resource.item.where(linkId='b').answer.value";

  it.each<[string, readonly ResponseItem[], object]>([
    ["2 'mg'", [], { value: 2, ...mg }],
    ["0.1 'mg' + 0.2 'mg'", [], { value: 0.3, ...mg }],
    ['3 days', [], { value: 3, unit: 'd', system: 'http://unitsofmeasure.org', code: 'd' }],
    [sum, [amount('a', 1), amount('b', 2)], { value: 3, ...mg }],
  ])('%s has its value and its unit of UCUM', (expression, given, expected) => {
    const { answers, failures } = computed(expression, ...given);
    expect(failures).toEqual([]);
    expect(answers.s).toEqual(expected);
  });

  it('of two units that measure the same is their sum', () => {
    const { answers, failures } = computed(sum, amount('a', 1, { ...mg, unit: 'g', code: 'g' }), amount('b', 2));
    expect(failures).toEqual([]);
    expect([
      { value: 1002, ...mg },
      { ...mg, value: 1.002, unit: 'g', code: 'g' },
    ]).toContainEqual(answers.s);
  });
});

describe('a pattern in an expression', () => {
  const asked = (expression: string) => {
    const text: ResponseItem = { linkId: 'a', answer: [{ valueString: `${'a'.repeat(900)}!` }] };
    return evaluated(
      [
        { linkId: 'a', type: 'string' },
        { linkId: 'q', type: 'string', extension: [calculated(expression)] },
      ],
      [text],
    );
  };
  const a = "%resource.item.where(linkId='a').answer.value";

  it.each([
    [`${a}.matches('^(a|aa)+$').toString()`, 'false'],
    [`${a}.matches('^A+!$', 'i').toString()`, 'true'],
    [`${a}.matchesFull('(a|a)*').toString()`, 'false'],
    [`${a}.replaceMatches('(a|aa)+', '<$1>')`, '<a>!'],
    [`${a}.replaceMatches('(a+)+b', '')`, `${'a'.repeat(900)}!`],
    [`${a}.substring(0, 2).matches(%resource.item.where(linkId='a').answer.value.substring(0, 1) + '+').toString()`, 'true'],
  ])('%s is soon done', (expression, expected) => {
    const { answers, failures } = asked(expression);
    expect(failures).toEqual([]);
    expect(answers.q).toBe(expected);
  });

  it('that nothing bounds in time is not run, and that is told', () => {
    const { answers, failures } = asked(`${a}.matches('(?=(a+)+b)').toString()`);
    expect(answers.q).toBeUndefined();
    expect(failures).toMatchObject([{ linkId: 'q', message: expect.stringContaining('is not run') }]);
  });
});

describe('a computed value of another type than its question', () => {
  it.each<[QuestionnaireItem['type'], string]>([
    ['integer', '7/2'],
    ['integer', '2.5'],
    ['boolean', "'true'"],
    ['quantity', "'a lot'"],
  ])('%s from %s is told, and is no answer', (type, expression) => {
    const { answers, failures } = evaluated([{ linkId: 'q', type, extension: [calculated(expression)] }], []);
    expect(answers).toEqual({});
    expect(failures).toMatchObject([{ linkId: 'q', path: 'q', expression, message: expect.stringContaining(type) }]);
  });

  it('is not what comes to nothing', () => {
    expect(evaluated([{ linkId: 'q', type: 'integer', extension: [calculated('{}')] }], []).failures).toEqual([]);
  });
});

describe('a computed answer', () => {
  const body: readonly QuestionnaireItem[] = [
    {
      linkId: 'g',
      type: 'group',
      item: [
        { linkId: 'kg', type: 'decimal' },
        { linkId: 'm', type: 'decimal' },
      ],
    },
    {
      linkId: 'bmi',
      type: 'decimal',
      readOnly: true,
      extension: [calculated("(%resource.item.where(linkId='g').item.where(linkId='kg').answer.value / (%m * %m)).round(1)")],
    },
    { linkId: 'heavy', type: 'boolean', extension: [calculated("%resource.descendants().where(linkId = 'bmi').answer.value > 25")] },
  ];
  const m = variable('m', "%resource.repeat(item).where(linkId='m').answer.value");

  it('follows from others, and others from it', () => {
    const { answers, failures } = evaluated(body, [{ linkId: 'g', item: [decimal('kg', 70), decimal('m', 1.6)] }], [m]);
    expect(failures).toEqual([]);
    expect(answers).toMatchObject({ bmi: 27.3, heavy: true });
  });

  it('goes when what it follows from goes', () => {
    const before: readonly ResponseItem[] = [{ linkId: 'g', item: [decimal('kg', 70)] }, decimal('bmi', 27.3)];
    expect(evaluated(body, before, [m]).answers).toEqual({ 'g/kg': 70 });
  });

  it('gives way to what a person puts in its place', () => {
    const overridden = [{ url: 'https://bihuan.dev/fhir/StructureDefinition/overridden', valueBoolean: true }];
    const given: readonly ResponseItem[] = [
      { linkId: 'g', item: [decimal('kg', 70), decimal('m', 1.6)] },
      { linkId: 'bmi', answer: [{ valueDecimal: 24, extension: overridden }] },
    ];
    const open = body.map((item) => ({ ...item, readOnly: false }));
    expect(evaluated(open, given, [m]).answers).toMatchObject({ bmi: 24, heavy: false });
    expect(evaluated(body, given, [m]).answers).toMatchObject({ bmi: 27.3, heavy: true });
  });

  it('of a score counts the options that were chosen', () => {
    const option = (code: string, score: number) => ({
      valueCoding: { code },
      extension: [{ url: `${FHIR}ordinalValue`, valueDecimal: score }],
    });
    const question = (linkId: string): QuestionnaireItem => ({
      linkId,
      type: 'choice',
      answerOption: [option('no', 0), option('often', 3)],
    });
    const form: readonly QuestionnaireItem[] = [
      question('a'),
      question('b'),
      { linkId: 'sum', type: 'decimal', extension: [calculated('%resource.item.answer.value.ordinal().sum()')] },
    ];
    const chosen = (linkId: string, code: string): ResponseItem => ({ linkId, answer: [{ valueCoding: { code } }] });
    expect(evaluated(form, [chosen('a', 'often'), chosen('b', 'often')]).answers).toMatchObject({ sum: 6 });
  });

  it('knows the day that it is told, not that of the machine', () => {
    const form: readonly QuestionnaireItem[] = [
      { linkId: 'born', type: 'date' },
      {
        linkId: 'adult',
        type: 'boolean',
        extension: [calculated("%resource.item.where(linkId='born').answer.value <= today() - 18 years")],
      },
      { linkId: 'at', type: 'dateTime', extension: [calculated('now()')] },
    ];
    const born = (valueDate: string): readonly ResponseItem[] => [{ linkId: 'born', answer: [{ valueDate }] }];
    expect(evaluated(form, born('2008-11-29')).answers).toMatchObject({ adult: true, at: '2026-11-29T10:00:00+08:00' });
    expect(evaluated(form, born('2008-11-30')).answers).toMatchObject({ adult: false });
  });

  it('in a repeating group follows from its own row', () => {
    const form: readonly QuestionnaireItem[] = [
      {
        linkId: 'row',
        type: 'group',
        repeats: true,
        extension: [variable('dose', "%context.item.where(linkId='dose').answer.value")],
        item: [
          { linkId: 'dose', type: 'decimal' },
          { linkId: 'times', type: 'integer' },
          { linkId: 'day', type: 'decimal', extension: [calculated('%dose * 2')] },
        ],
      },
    ];
    const row = (dose: number): ResponseItem => ({ linkId: 'row', item: [decimal('dose', dose)] });
    expect(evaluated(form, [row(5), row(7)]).answers).toMatchObject({ 'row[0]/day': 10, 'row[1]/day': 14 });
  });
});

describe('a condition that is an expression', () => {
  const form: readonly QuestionnaireItem[] = [
    { linkId: 'n', type: 'integer' },
    { linkId: 'more', type: 'string', extension: [enabledIf("%resource.item.where(linkId='n').answer.value > 3")] },
    { linkId: 'then', type: 'string', extension: [enabledIf("%resource.item.where(linkId='more').answer.exists()")] },
  ];

  it('enables, and what it disables is not there for others', () => {
    const given = (n: number): readonly ResponseItem[] => [
      { linkId: 'n', answer: [{ valueInteger: n }] },
      { linkId: 'more', answer: [{ valueString: 'x' }] },
    ];
    expect(evaluated(form, given(4)).enabled).toEqual(['n', 'more', 'then']);
    expect(evaluated(form, given(3)).enabled).toEqual(['n']);
  });

  it('that fails is not met, and says why', () => {
    const { enabled, failures } = evaluated([{ linkId: 'a', type: 'string', extension: [enabledIf('%nobody.exists()')] }], []);
    expect(enabled).toEqual([]);
    expect(failures).toMatchObject([{ linkId: 'a', expression: '%nobody.exists()', message: expect.stringContaining('nobody') }]);
  });
});

describe('what else is computed', () => {
  it('is text, limits, options and whether they may be chosen', () => {
    const form: readonly QuestionnaireItem[] = [
      { linkId: 'name', type: 'string' },
      {
        linkId: 'hello',
        type: 'display',
        text: '-',
        _text: {
          extension: [
            { url: `${FHIR}cqf-expression`, valueExpression: fhirpath("'Hello ' + %resource.item.where(linkId='name').answer.value") },
          ],
        },
      },
      {
        linkId: 'until',
        type: 'date',
        extension: [
          {
            url: `${FHIR}maxValue`,
            _valueDate: { extension: [{ url: `${FHIR}cqf-calculatedValue`, valueExpression: fhirpath('today() + 7 days') }] },
          },
        ],
      },
      {
        linkId: 'pick',
        type: 'choice',
        answerOption: [{ valueCoding: { code: 'a' } }, { valueCoding: { code: 'b' } }],
        extension: [
          {
            url: `${SDC}answerOptionsToggleExpression`,
            extension: [
              { url: 'option', valueCoding: { code: 'b' } },
              { url: 'expression', valueExpression: fhirpath("%resource.item.where(linkId='name').answer.value = 'Bo'") },
            ],
          },
        ],
      },
    ];
    const name = (valueString: string): readonly ResponseItem[] => [{ linkId: 'name', answer: [{ valueString }] }];
    const { texts, maxValues, withdrawn } = evaluated(form, name('An'));
    expect([texts.get('hello'), maxValues.get('until')]).toEqual(['Hello An', { valueDate: '2026-12-06' }]);
    expect([...(withdrawn.get('pick') ?? [])]).toEqual(['coding:|b']);
    expect(evaluated(form, name('Bo')).withdrawn.has('pick')).toBe(false);
  });

  it('is a constraint over several answers, with its own words', () => {
    const constraint: Extension = {
      url: `${FHIR}targetConstraint`,
      extension: [
        { url: 'key', valueCode: 'order' },
        { url: 'severity', valueCode: 'error' },
        {
          url: 'expression',
          valueExpression: fhirpath("%resource.item.where(linkId='to').answer.value >= %resource.item.where(linkId='from').answer.value"),
        },
        { url: 'human', valueString: 'It cannot end before it begins.' },
      ],
    };
    const form: readonly QuestionnaireItem[] = [
      { linkId: 'from', type: 'integer' },
      { linkId: 'to', type: 'integer', extension: [constraint] },
    ];
    const span = (from: number, to: number): readonly ResponseItem[] => [
      { linkId: 'from', answer: [{ valueInteger: from }] },
      { linkId: 'to', answer: [{ valueInteger: to }] },
    ];
    expect(evaluated(form, span(1, 2)).broken).toEqual([]);
    expect(evaluated(form, span(3, 2)).broken).toMatchObject([
      { linkId: 'to', constraint: { key: 'order', human: expect.stringContaining('begins') } },
    ]);
  });
});

describe('what a form begins with', () => {
  const initial = (expression: string): Extension => ({ url: `${SDC}initialExpression`, valueExpression: fhirpath(expression) });
  const launchContext: Extension = {
    url: `${SDC}launchContext`,
    extension: [{ url: 'name', valueCoding: { code: 'patient' } }],
  };
  const form: readonly QuestionnaireItem[] = [
    { linkId: 'name', type: 'string', extension: [initial('%patient.name.first().text')] },
    { linkId: 'g', type: 'group', item: [{ linkId: 'day', type: 'date', extension: [initial('today()')] }] },
    { linkId: 'sex', type: 'choice', answerOption: [{ valueCoding: { code: 'male' } }], extension: [initial('%patient.gender')] },
  ];
  const questionnaire: Questionnaire = { resourceType: 'Questionnaire', status: 'active', item: form, extension: [launchContext] };
  const patient = { resourceType: 'Patient', name: [{ text: 'Li' }], gender: 'male' };

  it('comes from whom it is about, and from the day', () => {
    const begun = populateResponse(questionnaire, { item: [] }, { ...context, launch: { patient } });
    expect(begun.item).toEqual([
      { linkId: 'name', answer: [{ valueString: 'Li' }] },
      { linkId: 'g', item: [{ linkId: 'day', answer: [{ valueDate: '2026-11-29' }] }] },
      { linkId: 'sex', answer: [{ valueCoding: { code: 'male' } }] },
    ]);
  });

  it('leaves what is there already, and what nobody knows', () => {
    const given: readonly ResponseItem[] = [{ linkId: 'name', answer: [{ valueString: 'An' }] }];
    const begun = populateResponse(questionnaire, { item: given }, context);
    expect(begun.item).toEqual([...given, { linkId: 'g', item: [{ linkId: 'day', answer: [{ valueDate: '2026-11-29' }] }] }]);
  });
});

describe('a limit with a unit', () => {
  const limit = (side: 'min' | 'max', value: number, code: string): Extension => ({
    url: `${SDC}${side}Quantity`,
    valueQuantity: { value, unit: code, system: 'http://unitsofmeasure.org', code },
  });
  const questionnaire: Questionnaire = {
    resourceType: 'Questionnaire',
    status: 'active',
    item: [{ linkId: 'dose', type: 'quantity', extension: [limit('min', 5, 'mg'), limit('max', 1, 'g')] }],
  };
  it.each([
    [1, 'mg', ['min-value']],
    [5, 'mg', []],
    [1000, 'mg', []],
    [0.5, 'g', []],
    [1.5, 'g', ['max-value']],
    [1, 'L', ['min-value']],
  ])('holds for %d %s as UCUM says', (value, code, codes) => {
    const item: readonly ResponseItem[] = [{ linkId: 'dose', answer: [{ valueQuantity: { value, unit: code, code } }] }];
    const issues = validateResponse(
      questionnaire,
      { resourceType: 'QuestionnaireResponse', status: 'completed', item },
      { mode: 'submit', context },
    );
    expect(issues.map((issue) => issue.code)).toEqual(codes);
  });
});

describe('an expression', () => {
  const given: readonly ResponseItem[] = [{ linkId: 'a', answer: [{ valueString: 'secret' }] }];
  const computing = (expression: string): readonly QuestionnaireItem[] => [
    { linkId: 'a', type: 'string' },
    { linkId: 'b', type: 'string', extension: [calculated(expression)] },
  ];

  it('writes no answer into a log', () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const { answers } = evaluated(computing("%resource.item.where(linkId='a').answer.value.trace('t')"), given);
    expect([answers.b, log.mock.calls]).toEqual(['secret', []]);
    log.mockRestore();
  });

  it('that fails is told to whoever fills in the form, and keeps nobody from going on', () => {
    const questionnaire: Questionnaire = { resourceType: 'Questionnaire', status: 'active', item: computing('1 + true') };
    const issues = validateResponse(
      questionnaire,
      { resourceType: 'QuestionnaireResponse', status: 'completed', item: given },
      { mode: 'submit', context },
    );
    expect(issues).toEqual([{ code: 'expression-failed', linkId: 'b', path: 'b', severity: 'warning' }]);
  });

  it('below something disabled is not evaluated at all', () => {
    const inner: QuestionnaireItem = { linkId: 'b', type: 'string', extension: [enabledIf('1 + true')] };
    const form: readonly QuestionnaireItem[] = [
      { linkId: 'a', type: 'boolean' },
      { linkId: 'g', type: 'group', enableWhen: [{ question: 'a', operator: '=', answerBoolean: true }], item: [inner] },
    ];
    expect(evaluated(form, []).failures).toEqual([]);
    expect(evaluated(form, [{ linkId: 'a', answer: [{ valueBoolean: true }] }]).failures).toMatchObject([{ path: 'g/b' }]);
  });

  it('asks no other server', () => {
    const { failures } = evaluated(computing("'http://127.0.0.1/Patient/1'.resolve().id"), given);
    expect(failures).toMatchObject([{ linkId: 'b', message: expect.stringContaining('resolve') }]);
  });

  it('counts in decimals', () => {
    const form: readonly QuestionnaireItem[] = [{ linkId: 'sum', type: 'decimal', extension: [calculated('0.1 + 0.2')] }];
    expect(evaluated(form, []).answers).toEqual({ sum: 0.3 });
  });
});
