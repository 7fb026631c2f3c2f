import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { run } from '#bin/bihuan.ts';
import { accessRule } from '#test/support/access-rule.ts';
import { cliInTest } from '#test/support/cli.ts';

const { out, errors, write } = cliInTest();

const printed = (): Record<string, unknown> => JSON.parse(out.join('')) as Record<string, unknown>;

const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';
const expression = (kind: string, source: string) => ({
  url: `${SDC}${kind}`,
  valueExpression: { language: 'text/fhirpath', expression: source },
});
const score = (code: string, valueDecimal: number) => ({
  valueCoding: { code },
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/ordinalValue', valueDecimal }],
});

const QUESTIONNAIRE = {
  resourceType: 'Questionnaire',
  status: 'active',
  item: [
    { linkId: 'born', text: 'Born', type: 'date', required: true },
    {
      linkId: 'adult',
      text: 'Adult',
      type: 'boolean',
      readOnly: true,
      extension: [expression('calculatedExpression', "%resource.item.where(linkId='born').answer.value <= today() - 18 years")],
    },
    { linkId: 'tired', text: 'Tired', type: 'choice', answerOption: [score('no', 0), score('often', 2)] },
    {
      linkId: 'guardian',
      text: 'Guardian',
      type: 'string',
      required: true,
      extension: [expression('enableWhenExpression', "%resource.item.where(linkId='adult').answer.value = false")],
    },
  ],
};
const response = (born: string, ...more: readonly object[]) => ({
  resourceType: 'QuestionnaireResponse',
  status: 'in-progress',
  item: [{ linkId: 'born', answer: [{ valueDate: born }] }, ...more],
});

describe('bihuan form view', () => {
  it('gives the form and the answers as somebody at a step gets them', async () => {
    const born = { ...QUESTIONNAIRE.item[0], extension: [accessRule('masked', { elements: ['confirm'] })] };
    const files = [write('q.json', { ...QUESTIONNAIRE, item: [born] }), write('r.json', response('2000-01-01'))];
    expect(await run(['form', 'view', ...files, '--element', 'confirm', '--role', 'executor'])).toBe(0);
    expect(printed()).toMatchObject({
      access: { born: { reading: 'masked', isReadOnly: true } },
      questionnaire: { item: [{ linkId: 'born', type: 'string', readOnly: true }] },
      response: { item: [{ linkId: 'born', answer: [{ valueString: '•••' }] }] },
    });
  });
});

describe('bihuan form evaluate', () => {
  it('gives what is enabled, computed and scored, and the response as it would be submitted', async () => {
    const files = [
      write('q.json', { resourceType: 'Bundle', entry: [{ resource: QUESTIONNAIRE }] }),
      write('r.json', response('2010-01-01', { linkId: 'tired', answer: [{ valueCoding: { code: 'often' } }] })),
    ];
    expect(await run(['form', 'evaluate', ...files, '--json', '--now', '2026-11-29T10:00:00+08:00'])).toBe(0);
    expect(printed()).toMatchObject({
      enabled: ['born', 'adult', 'tired', 'guardian'],
      calculated: { adult: [{ valueBoolean: false }] },
      scores: { items: { tired: 2 }, total: 2 },
      failures: [],
      response: { item: [{ linkId: 'born' }, { linkId: 'adult', answer: [{ valueBoolean: false }] }, { linkId: 'tired' }] },
    });
  });

  it('reads today where it is told to be', async () => {
    const files = [write('q.json', QUESTIONNAIRE), write('r.json', response('2008-11-30'))];
    const adultIn = async (zone: string) => {
      out.length = 0;
      await run(['form', 'evaluate', ...files, '--json', '--now', '2026-11-29T20:00:00Z', '--zone', zone]);
      return (printed().calculated as Record<string, unknown>).adult;
    };
    expect(await adultIn('Asia/Shanghai')).toEqual([{ valueBoolean: true }]);
    expect(await adultIn('UTC')).toEqual([{ valueBoolean: false }]);
  });
});

describe('bihuan form validate', () => {
  it('answers with an OperationOutcome, and with 1 where something is wrong', async () => {
    const files = [write('q.json', QUESTIONNAIRE), write('r.json', { ...response('2010-01-01'), status: 'completed' })];
    expect(await run(['form', 'validate', ...files, '--json', '--now', '2026-11-29T10:00:00Z'])).toBe(1);
    expect(printed()).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'error', code: 'required', expression: ["QuestionnaireResponse.item.where(linkId='guardian')"] }],
    });
    out.length = 0;
    expect(await run(['form', 'validate', files[0] ?? '', write('r2.json', response('1980-01-01')), '--json'])).toBe(0);
    expect(printed()).toMatchObject({ issue: [{ severity: 'information' }] });
  });
});

const FORM = { resourceType: 'Questionnaire', status: 'active' };
const ANSWERED = { resourceType: 'QuestionnaireResponse', status: 'completed' };

describe('bihuan form validate, where something is malformed', () => {
  const questionnaire = {
    ...FORM,
    item: [
      { linkId: 'whole', text: 'Whole', type: 'integer', required: true },
      { linkId: 'number', text: 'Number', type: 'decimal' },
      { linkId: 'two', text: 'Two', type: 'string' },
      { linkId: 'none', text: 'None', type: 'string' },
      { linkId: 'day', text: 'Day', type: 'date' },
    ],
  };
  const validated = async (given: unknown) => {
    out.length = 0;
    const code = await run(['form', 'validate', write('q.json', questionnaire), write('r.json', given), '--json']);
    const { issue } = printed() as { readonly issue: readonly { severity: string; code: string; expression: string[] }[] };
    return { code, issues: issue.map((each) => `${each.severity} ${each.code} ${each.expression?.join() ?? ''}`) };
  };

  it('says so at each place, and checks the rest', async () => {
    const item = [
      { linkId: 'whole', answer: [{ valueInteger: 1.5 }] },
      { linkId: 'number', answer: [{ valueDecimal: '1' }] },
      { linkId: 'two', answer: [{ valueString: 'x', valueInteger: 1 }] },
      { linkId: 'none', answer: [{}], more: true },
      { linkId: 'day', answer: [{ valueDate: '2020-02-30' }] },
    ];
    expect(await validated({ ...ANSWERED, item })).toEqual({
      code: 1,
      issues: [
        'error value QuestionnaireResponse.item[0].answer[0].value',
        'error value QuestionnaireResponse.item[1].answer[0].value',
        'error structure QuestionnaireResponse.item[2].answer[0]',
        'error structure QuestionnaireResponse.item[3].answer[0]',
        'error structure QuestionnaireResponse.item[3]',
        "error value QuestionnaireResponse.item.where(linkId='day').answer[0]",
      ],
    });
  });

  it('says that the status is missing, and asks for everything', async () => {
    expect(await validated({ resourceType: 'QuestionnaireResponse', item: [] })).toEqual({
      code: 1,
      issues: ['error structure QuestionnaireResponse.status', "error required QuestionnaireResponse.item.where(linkId='whole')"],
    });
  });

  it('says what is no response at all', async () => {
    expect(await validated({ resourceType: 'Patient' })).toEqual({
      code: 1,
      issues: ['error structure QuestionnaireResponse.resourceType'],
    });
  });
});

describe('bihuan form validate, of what is not finished', () => {
  it.each([
    ['in-progress', 'warning'],
    ['completed', 'error'],
    ['amended', 'error'],
  ])('a required answer that lacks in one that is %s is an %s', async (status, severity) => {
    const files = [write('q.json', QUESTIONNAIRE), write('r.json', { ...ANSWERED, status, item: [] })];
    expect(await run(['form', 'validate', ...files, '--json'])).toBe(severity === 'error' ? 1 : 0);
    expect(printed()).toMatchObject({ issue: [{ severity, code: 'required' }] });
  });
});

describe('bihuan form validate, of numbers', () => {
  it.each([
    ['0.1234567890123456789', ['lost-digits']],
    ['0.1', []],
    ['1.50', []],
    ['1e-7', []],
  ])('warns where %s is not kept whole', async (number, expected) => {
    const form = { ...FORM, item: [{ linkId: 'd', text: '0.1234567890123456789', type: 'decimal' }] };
    const given = write('r.json', { ...ANSWERED, item: [{ linkId: 'd', text: '0.1234567890123456789', answer: [{ valueDecimal: 7 }] }] });
    await writeFile(given, (await readFile(given, 'utf8')).replace(/"valueDecimal":\s*7/, `"valueDecimal":${number}`));
    expect(await run(['form', 'validate', write('q.json', form), given, '--json'])).toBe(0);
    const { issue } = printed() as { readonly issue: readonly { details: { coding?: readonly { code: string }[] } }[] };
    expect(issue.flatMap(({ details }) => details.coding?.map(({ code }) => code) ?? [])).toEqual(expected);
  });
});

describe('bihuan form, of files as editors write them', () => {
  it('reads one that begins with a byte order mark', async () => {
    const form = { ...FORM, item: [{ linkId: 'a', text: 'A', type: 'string' }] };
    const files = [write('q.json', `\ufeff${JSON.stringify(form)}`), write('r.json', `\ufeff${JSON.stringify(ANSWERED)}`)];
    expect(await run(['form', 'validate', ...files, '--json'])).toBe(0);
  });
});

describe('bihuan form evaluate, of scores', () => {
  it('adds up tenths', async () => {
    const question = (linkId: string, value: number) => ({ linkId, text: linkId, type: 'choice', answerOption: [score('x', value)] });
    const answer = [{ valueCoding: { code: 'x' } }];
    const files = [
      write('q.json', { ...FORM, item: [question('a', 0.1), question('b', 0.2)] }),
      write('r.json', {
        ...ANSWERED,
        item: [
          { linkId: 'a', answer },
          { linkId: 'b', answer },
        ],
      }),
    ];
    expect(await run(['form', 'evaluate', ...files, '--json'])).toBe(0);
    expect(printed()).toMatchObject({ scores: { total: 0.3 } });
  });

  const weight = (valueDecimal: number) => [{ url: 'http://hl7.org/fhir/StructureDefinition/itemWeight', valueDecimal }];
  const concept = { code: 'a', extension: weight(2) };
  const sum = { ...expression('calculatedExpression', "%resource.item.where(linkId='q').answer.weight().sum()") };
  const computed = { linkId: 't', text: 'T', type: 'decimal', readOnly: true, extension: [sum] };
  const list = (contained: object) => ({ contained: [{ resourceType: 'ValueSet', id: 'v', ...contained }] });
  const choice = { linkId: 'q', text: 'Q', type: 'choice' };

  it.each([
    ['a contained value set', list({ compose: { include: [{ system: 's', concept: [concept] }] } }), { answerValueSet: '#v' }, {}],
    ['an expanded one', list({ expansion: { contains: [{ system: 's', ...concept }] } }), { answerValueSet: '#v' }, {}],
    ['the answer itself', {}, { answerOption: [{ valueCoding: { system: 's', code: 'a' } }] }, { extension: weight(2) }],
  ])('counts those of %s, as weight() does', async (_, form, options, said) => {
    const answer = [{ valueCoding: { system: 's', code: 'a', ...said } }];
    const files = [
      write('q.json', { ...FORM, ...form, item: [{ ...choice, ...options }, computed] }),
      write('r.json', { ...ANSWERED, item: [{ linkId: 'q', answer }] }),
    ];
    expect(await run(['form', 'evaluate', ...files, '--json'])).toBe(0);
    expect(printed()).toMatchObject({ calculated: { t: [{ valueDecimal: 2 }] }, scores: { items: { q: 2 }, total: 2 } });
  });
});

describe('bihuan form check, of what is no form', () => {
  it('gives what is wrong as findings, at the items where it stands', async () => {
    const condition = { question: 'a', operator: '~', answerString: 'x' };
    const item = [
      { linkId: 'a', type: 'strin', text: 'A' },
      { linkId: 'b', type: 'string', text: 'B', enableWhen: [condition] },
    ];
    expect(await run(['form', 'check', write('q.json', { resourceType: 'Questionnaire', item }), '--json'])).toBe(1);
    expect(printed()).toMatchObject({
      findings: [
        { elementId: 'status', rule: 'form-structure', severity: 'error' },
        { elementId: 'a', rule: 'form-structure' },
        { elementId: 'b', rule: 'form-structure' },
      ],
      unsupported: [],
    });
  });
});

describe('bihuan form extract', () => {
  it('gives the observations that the answers are', async () => {
    const coded = {
      resourceType: 'Questionnaire',
      status: 'active',
      extension: [{ url: `${SDC}observationExtract`, valueBoolean: true }],
      item: [{ linkId: 'born', text: 'Born', type: 'date', code: [{ system: 'http://x.org', code: 'b' }] }],
    };
    const files = [write('q.json', coded), write('r.json', { ...response('2010-01-01'), authored: '2026-11-29T10:00:00Z' })];
    expect(await run(['form', 'extract', ...files, '--json'])).toBe(0);
    expect(printed()).toMatchObject({
      resourceType: 'Bundle',
      entry: [{ resource: { resourceType: 'Observation', effectiveDateTime: '2026-11-29T10:00:00Z', valueDateTime: '2010-01-01' } }],
    });
  });
});

describe('bihuan form extract, where answers fill resources', () => {
  it('gives them in the same transaction, and says what could not be put anywhere', async () => {
    const define = (path: string): string => `http://hl7.org/fhir/StructureDefinition/Patient#${path}`;
    const patient = {
      resourceType: 'Questionnaire',
      status: 'active',
      extension: [{ url: `${SDC}itemExtractionContext`, valueCode: 'Patient' }],
      item: [
        { linkId: 'born', text: 'Born', type: 'date', definition: define('Patient.birthDate') },
        { linkId: 'shoe', text: 'Shoe size', type: 'string', definition: define('Patient.shoeSize') },
      ],
    };
    const shoe = { linkId: 'shoe', answer: [{ valueString: '43' }] };
    expect(await run(['form', 'extract', write('q.json', patient), write('r.json', response('2010-01-01', shoe)), '--json'])).toBe(0);
    expect(printed()).toMatchObject({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ resource: { resourceType: 'Patient', birthDate: '2010-01-01' }, request: { method: 'POST', url: 'Patient' } }],
    });
    expect(errors).toEqual([`shoe: not extracted: ${define('Patient.shoeSize')} (element)`]);
  });
});

describe('bihuan form check', () => {
  it('gives findings and what has no effect yet', async () => {
    const file = write('q.json', { ...QUESTIONNAIRE, extension: [{ url: 'http://x.org/y' }] });
    expect(await run(['form', 'check', file, '--json'])).toBe(0);
    expect(printed()).toEqual({ findings: [], unsupported: [{ linkId: null, feature: 'http://x.org/y', changesBehaviour: false }] });
  });

  it('puts a form together from the parts in its bundle, and names one that is not there', async () => {
    const whole = {
      resourceType: 'Questionnaire',
      status: 'active',
      item: [{ linkId: 'p', type: 'display', extension: [{ url: `${SDC}subQuestionnaire`, valueCanonical: 'http://x.org/part' }] }],
    };
    const part = {
      resourceType: 'Questionnaire',
      status: 'active',
      url: 'http://x.org/part',
      item: [{ linkId: 'a', text: 'a', type: 'string' }],
    };
    const bundle = (...resources: readonly object[]) => ({ resourceType: 'Bundle', entry: resources.map((resource) => ({ resource })) });
    expect(await run(['form', 'check', write('q.json', bundle(whole, part))])).toBe(0);
    expect(await run(['form', 'check', write('q2.json', bundle(whole))])).toBe(1);
    expect(out.join('\n')).toContain('http://x.org/part');
  });

  it('ends with 1 on an error', async () => {
    const broken = {
      ...QUESTIONNAIRE,
      item: [{ linkId: 'a', text: 'a', type: 'decimal', extension: [expression('calculatedExpression', '1 +')] }],
    };
    expect(await run(['form', 'check', write('q.json', broken)])).toBe(1);
    expect(out.join('\n')).toContain('[form-expression]');
  });
});

describe('bihuan form with a Bundle', () => {
  const form = {
    resourceType: 'Questionnaire',
    status: 'active',
    item: [{ linkId: 'a', text: 'a', type: 'choice', answerValueSet: 'http://x.org/vs' }],
  };
  const set = { resourceType: 'ValueSet', url: 'http://x.org/vs', compose: { include: [{ system: 's' }] } };
  const system = { resourceType: 'CodeSystem', url: 's', content: 'complete', concept: [{ code: 'x', concept: [{ code: 'y' }] }] };
  const bundle = (...resources: readonly object[]) => ({ resourceType: 'Bundle', entry: resources.map((resource) => ({ resource })) });
  const chosen = (code: string) => ({
    resourceType: 'QuestionnaireResponse',
    status: 'completed',
    item: [{ linkId: 'a', answer: [{ valueCoding: { system: 's', code } }] }],
  });

  it('checks codes against the value sets and code systems in it', async () => {
    const file = write('q.json', bundle(form, set, system));
    expect(await run(['form', 'check', file, '--json'])).toBe(0);
    expect(printed()).toEqual({ findings: [], unsupported: [] });
    out.length = 0;
    expect(await run(['form', 'validate', file, write('y.json', chosen('y')), '--json'])).toBe(0);
    expect(await run(['form', 'validate', file, write('z.json', chosen('z'))])).toBe(1);
    expect(out.join('\n')).toContain('option-unknown');
  });

  it('says which codes only a terminology server could check', async () => {
    const file = write('q.json', bundle(form, set));
    expect(await run(['form', 'check', file])).toBe(0);
    expect(out.join('\n')).toContain('warning: The value set http://x.org/vs is not wholly in the form');
    out.length = 0;
    expect(await run(['form', 'validate', file, write('z.json', chosen('z')), '--json'])).toBe(0);
    expect(printed()).toMatchObject({ issue: [{ severity: 'warning', details: { coding: [{ code: 'option-unchecked' }] } }] });
  });
});

describe('bihuan form', () => {
  it.each([
    [['form'], 'say what to do'],
    [['form', 'evaluate', 'one.json'], 'say what to do'],
    [['form', 'check', '/nowhere/q.json'], 'ENOENT'],
  ])('says what is missing in %j', async (args, words) => {
    expect(await run(args)).toBe(1);
    expect(errors.join('\n')).toContain(words);
  });

  it('says which file is no form, and why', async () => {
    expect(await run(['form', 'check', write('q.json', { resourceType: 'Patient' })])).toBe(1);
    expect(out.join('\n')).toMatch(/q\.json: resourceType: error: .*Questionnaire/);
  });
});
