import { describe, expect, it } from 'vitest';
import { checkQuestionnaire } from './check.ts';
import { fhirpathEngine } from './expression/fhirpath.ts';
import { EXTENSION } from './extensions.ts';
import { importQuestionnaire } from './import.ts';
import { inFormOrder } from './order.ts';
import type { Extension, QuestionnaireItem } from './questionnaire.ts';
import type { QuestionnaireResponse, ResponseItem } from './response.ts';
import { a, answers, form, g, item } from './sample-form.ts';
import { unsupportedFeatures } from './unsupported.ts';
import { validateResponse } from './validate.ts';

const context = { engine: fhirpathEngine, now: '2026-11-30T10:00:00+08:00' };
const fhirpath = (expression: string, name?: string) => ({
  valueExpression: { language: 'text/fhirpath', expression, ...(name ? { name } : {}) },
});
const calculated = (expression: string): Extension => ({ url: EXTENSION.calculatedExpression, ...fhirpath(expression) });
const answerOf = (linkId: string) => `%resource.item.where(linkId='${linkId}').answer.value`;

describe('a response that was kept elsewhere', () => {
  const judged = (items: readonly QuestionnaireItem[], given: readonly ResponseItem[], more: Partial<QuestionnaireResponse> = {}) =>
    validateResponse(
      { ...form(...items), url: 'http://x/q', version: '2' },
      { ...answers(...given), ...more },
      { mode: 'submit', context },
    ).map(({ severity, code, path }) => `${severity} ${code} ${path}`.trim());
  const text = (linkId: string) => a(linkId, { valueString: 'x' });

  it('of another version is told', () => {
    expect(judged([item('a', 'string')], [text('a')], { questionnaire: 'http://x/q|1' })).toEqual(['warning other-version']);
    expect(judged([item('a', 'string')], [text('a')], { questionnaire: 'http://x/q|2' })).toEqual([]);
    expect(judged([item('a', 'string')], [text('a')], { questionnaire: 'http://x/q' })).toEqual([]);
  });

  it('may name by an identifier what it refers to', () => {
    const judgedBy = (resource: string, type?: string) => {
      const extension = [{ url: EXTENSION.referenceResource, valueCode: resource }];
      const valueReference = { identifier: { system: 's', value: '1' }, ...(type && { type }) };
      const given = answers(a('a', { valueReference }));
      const options = { mode: 'submit', context, takesForeignFiles: true } as const;
      return validateResponse(form(item('a', 'reference', { extension })), given, options).map(({ code }) => code);
    };
    expect(judgedBy('Device')).toEqual([]);
    expect(judgedBy('Device', 'Device')).toEqual([]);
    expect(judgedBy('Device', 'Patient')).toEqual(['reference-kind']);
  });

  it('in another order than the form is an error, and put in order at the door', () => {
    const items = [item('a', 'string'), item('g', 'group', { repeats: true }, [item('b', 'string'), item('c', 'string')])];
    const given = [g('g', text('b'), text('c')), g('g', text('c'), text('b')), text('a')];
    expect(judged(items, given)).toEqual(['error item-order a', 'error item-order g[1]/b']);
    const ordered = inFormOrder(form(...items), answers(...given));
    expect(ordered.item).toEqual([text('a'), g('g', text('b'), text('c')), g('g', text('b'), text('c'))]);
    expect(judged(items, ordered.item ?? [])).toEqual([]);
  });

  it('with another value than the form computes is told, unless a person put it there', () => {
    const items = (readOnly: boolean) => [
      item('a', 'integer'),
      item('s', 'integer', { readOnly, extension: [calculated(`${answerOf('a')} * 2`)] }),
    ];
    const given = (value: number, extension?: readonly Extension[]) => [
      a('a', { valueInteger: 2 }),
      { linkId: 's', answer: [{ valueInteger: value, ...(extension && { extension }) }] },
    ];
    const own = [{ url: EXTENSION.overridden, valueBoolean: true }];
    expect(judged(items(true), given(99))).toEqual(['warning computed-otherwise s']);
    expect(judged(items(true), given(99, own))).toEqual(['warning computed-otherwise s']);
    expect(judged(items(false), given(99, own))).toEqual([]);
    expect(judged(items(true), given(4))).toEqual([]);
  });

  it.each([
    ['zzz', ['warning unit-invalid q#0']],
    ['mmHg', ['warning unit-invalid q#0']],
    ['mm[Hg]', []],
    ['[IU]', []],
    ['Cel', []],
  ])('in the unit %s of UCUM', (code, expected) => {
    expect(judged([item('q', 'quantity')], [a('q', { valueQuantity: { value: 1, code, system: 'http://unitsofmeasure.org' } })])).toEqual(
      expected,
    );
  });

  it.each([
    [EXTENSION.minValue, 'error min-value q#0'],
    [EXTENSION.maxValue, null],
  ])('is held to an amount as %s by what its unit measures', (url, expected) => {
    const gram = { value: 1, code: 'g', system: 'http://unitsofmeasure.org' };
    const limited = item('q', 'quantity', { extension: [{ url, valueQuantity: gram }] });
    expect(judged([limited], [a('q', { valueQuantity: { value: 900, code: 'mg', system: gram.system } })])).toEqual(
      expected ? [expected] : [],
    );
  });

  it.each([EXTENSION.calculatedValue, EXTENSION.textExpression])('is held to a limit that is computed by %s', (url) => {
    const limit: Extension = { url: EXTENSION.maxValue, _valueDate: { extension: [{ url, ...fhirpath('today()') }] } };
    const limited = item('d', 'date', { extension: [limit] });
    expect(judged([limited], [a('d', { valueDate: '2999-12-31' })])).toEqual(['error too-late d#0']);
  });

  it('that breaks a constraint is told where the constraint points', () => {
    const constraint: Extension = {
      url: EXTENSION.targetConstraint,
      extension: [
        { url: 'key', valueString: 'k' },
        { url: 'severity', valueCode: 'error' },
        { url: 'expression', ...fhirpath('false') },
        { url: 'human', valueString: 'No.' },
        { url: 'location', valueString: "item.where(linkId='b')" },
      ],
    };
    const rows = item('g', 'group', { repeats: true, extension: [constraint] }, [item('a', 'string'), item('b', 'string')]);
    expect(judged([rows], [g('g', text('a')), g('g', text('b'))])).toEqual(['error constraint g[0]/b', 'error constraint g[1]/b']);
  });
});

describe('values of the options’ type beside the options (R5)', () => {
  const judged = (type: string, options: readonly object[], value: object, answerConstraint = 'optionsOrType') => {
    const question = { linkId: 'q', text: 'Q', type, answerConstraint, answerOption: options };
    const parsed = importQuestionnaire({ resourceType: 'Questionnaire', status: 'active', item: [question] });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return validateResponse(parsed.value, answers(a('q', value)), { mode: 'submit' }).map(({ code }) => code);
  };

  it.each<[string, object, object, readonly string[]]>([
    ['coding', { valueCoding: { code: 'a' } }, { valueCoding: { code: 'zz' } }, []],
    ['integer', { valueInteger: 1 }, { valueInteger: 5 }, []],
    ['integer', { valueInteger: 1 }, { valueInteger: 5e9 }, ['number-invalid']],
    ['date', { valueDate: '2026-01-01' }, { valueDate: '2026-02-30' }, ['date-invalid']],
    ['integer', { valueInteger: 1 }, { valueCoding: { code: 'a' } }, ['option-unknown']],
  ])('of %s with %j take %j', (type, option, value, expected) => expect(judged(type, [option], value)).toEqual(expected));

  it('are refused where the options are all there is', () => {
    expect(judged('coding', [{ valueCoding: { code: 'a' } }], { valueCoding: { code: 'zz' } }, 'optionsOnly')).toEqual(['option-unknown']);
  });
});

describe('the checker', () => {
  const found = (items: readonly QuestionnaireItem[], extension: readonly Extension[] = []) =>
    checkQuestionnaire({ ...form(...items), extension }, fhirpathEngine).map(
      ({ severity, elementId, rule }) => `${severity} ${elementId} ${rule}`,
    );
  const constraint = (severity: string, human?: string): Extension => ({
    url: EXTENSION.constraint,
    extension: [
      { url: 'severity', valueCode: severity },
      { url: 'expression', valueString: 'true' },
      ...(human ? [{ url: 'human', valueString: human }] : []),
    ],
  });
  const choice = item('a', 'choice', { answerOption: [{ valueCoding: { code: 'x' } }] });
  const asking = (code: string) => item('b', 'string', { enableWhen: [{ question: 'a', operator: '=', answerCoding: { code } }] });
  const variable = (name: string, expression: string): Extension => ({ url: EXTENSION.variable, ...fhirpath(expression, name) });

  it.each<[string, readonly QuestionnaireItem[], readonly Extension[], readonly string[]]>([
    ['a condition on what is no option', [choice, asking('y')], [], ['warning b form-condition']],
    ['a condition on an option', [choice, asking('x')], [], []],
    ['a condition on an open choice', [{ ...choice, type: 'open-choice' }, asking('y')], [], []],
    ['a severity that there is not', [item('a', 'string', { extension: [constraint('errr', 'No.')] })], [], ['error a form-constraint']],
    ['a constraint without words', [item('a', 'string')], [constraint('error')], ['warning questionnaire form-constraint']],
    ['a required answer that is hidden', [item('a', 'string', { required: true, readOnly: true })], [], ['warning a form-required']],
    ['one that begins with something', [item('a', 'string', { required: true, readOnly: true, initial: [{ valueString: 'x' }] })], [], []],
    ['a variable twice', [item('a', 'string')], [variable('x', '1'), variable('x', '2')], ['error questionnaire form-expression']],
    [
      'variables in a circle',
      [item('a', 'string')],
      [variable('x', '%y'), variable('y', '%x')],
      ['error questionnaire form-expression-circle', 'error questionnaire form-expression-circle'],
    ],
    ['a computed value of another type', [item('a', 'integer', { extension: [calculated("'x'")] })], [], ['error a form-expression']],
    [
      'a limit of another type',
      [item('a', 'integer', { extension: [{ url: EXTENSION.minValue, valueDate: '2026-01-01' }] })],
      [],
      ['warning a form-limits'],
    ],
    [
      'two answers to a question that takes one',
      [item('a', 'string', { extension: [{ url: EXTENSION.minOccurs, valueInteger: 2 }] })],
      [],
      ['error a form-limits'],
    ],
    [
      'two options that are chosen at first where one can be',
      [
        item('a', 'choice', {
          answerOption: [
            { valueString: 'x', initialSelected: true },
            { valueString: 'y', initialSelected: true },
          ],
        }),
      ],
      [],
      ['error a form-initial'],
    ],
    ['questions below one that repeats', [item('a', 'string', { repeats: true }, [item('b', 'string')])], [], ['warning a form-nested']],
  ])('on %s', (_, items, extension, expected) => expect(found(items, extension)).toEqual(expected));

  it('names an element that an item does not have', () => {
    const misspelt = { ...item('a', 'string'), require: true } as QuestionnaireItem;
    expect(found([misspelt])).toEqual(['warning a form-unsupported']);
    expect(unsupportedFeatures(form(misspelt))).toEqual([{ linkId: 'a', feature: 'element:require', changesBehaviour: true }]);
  });

  it('names what would say whether an answer is asked for', () => {
    const computed = { ...item('a', 'string'), _required: { extension: [calculated('true')] } };
    expect(found([computed])).toEqual(['warning a form-unsupported']);
  });

  it('names that the whole has to be signed, which a question of ours would ask for', () => {
    const url = 'http://hl7.org/fhir/StructureDefinition/questionnaire-signatureRequired';
    expect(found([item('a', 'string')], [{ url, valueCodeableConcept: {} }])).toEqual(['warning questionnaire form-unsupported']);
  });

  it('lets a condition ask for an address', () => {
    const enableWhen = [{ question: 'a', operator: '=', answerString: 'http://x.org' }] as const;
    expect(found([item('a', 'url'), item('b', 'string', { enableWhen })])).toEqual([]);
  });

  it('names the language of an expression that nobody reads', () => {
    const query: Extension = { url: EXTENSION.variable, valueExpression: { name: 'p', language: 'text/cql', expression: 'x' } };
    const [finding] = checkQuestionnaire({ ...form(item('a', 'string')), extension: [query] }, fhirpathEngine);
    expect(finding).toMatchObject({ rule: 'form-unsupported', message: expect.stringContaining('language text/cql is not supported') });
  });
});

it('a circle of computed values is told where it is computed', () => {
  const circle = form(
    item('a', 'integer', { extension: [calculated(`${answerOf('b')} + 1`)] }),
    item('b', 'integer', { extension: [calculated(`${answerOf('a')} + 1`)] }),
  );
  const failed = validateResponse(circle, answers(), { mode: 'submit', context }).map(({ code, path }) => `${code} ${path}`);
  expect(failed).toEqual(['expression-failed a', 'expression-failed b']);
});
