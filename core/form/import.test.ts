import { describe, expect, it } from 'vitest';
import { importQuestionnaire, importResponse } from './import.ts';
import { outcomeOf } from './outcome.ts';
import { fhirPathOf } from './path.ts';

const asked = (item: object) => ({ resourceType: 'Questionnaire', status: 'active', item: [{ linkId: 'a', ...item }] });
const imported = (input: unknown): unknown => {
  const parsed = importQuestionnaire(input);
  return parsed.ok ? parsed.value : parsed.problems;
};

describe('a questionnaire that comes from elsewhere', () => {
  it('is kept as it came, with whatever we do not know', () => {
    const foreign = {
      ...asked({ type: 'string', extension: [{ url: 'http://x.org/y', valueAge: { value: 3 } }] }),
      date: '2026',
      contact: [{ name: 'x' }],
    };
    expect(imported(foreign)).toEqual(foreign);
  });

  it('may contain what is neither a value set nor a code system', () => {
    const form = {
      ...asked({ type: 'string' }),
      contained: [{ resourceType: 'Library', id: 'l', content: [{ contentType: 'text/cql' }] }],
    };
    expect(imported(form)).toEqual(form);
  });

  it('is found in a bundle, and contains the value sets that came along', () => {
    const set = {
      resourceType: 'ValueSet',
      url: 'http://x.org/vs',
      status: 'active',
      compose: { include: [{ concept: [{ code: 'x' }] }] },
    };
    const form = asked({ type: 'choice', answerValueSet: 'http://x.org/vs|2' });
    expect(imported({ resourceType: 'Bundle', entry: [{ resource: set }, { resource: form }] })).toEqual({
      ...form,
      contained: [{ ...set, id: 'value-set-1' }],
      item: [{ linkId: 'a', type: 'choice', answerValueSet: '#value-set-1' }],
    });
  });

  it.each([
    ['a coding', { type: 'coding', answerOption: [{ valueCoding: { code: 'x' } }] }, 'choice'],
    ['a coding or a text', { type: 'coding', answerConstraint: 'optionsOrString', answerValueSet: '#x' }, 'open-choice'],
    ['a text with options', { type: 'string', answerOption: [{ valueString: 'x' }] }, 'choice'],
    ['a text without', { type: 'string' }, 'string'],
    ['a question that only groups', { type: 'question' }, 'group'],
  ])('of R5: %s is what R4 calls it', (_name, item, type) => {
    const { answerConstraint: _, ...kept } = item as { answerConstraint?: string };
    expect(imported(asked({ ...item }))).toEqual(asked({ ...kept, type }));
  });

  it('that is none says so', () => {
    expect(imported({ resourceType: 'Patient' })).toEqual([{ path: 'resourceType', message: expect.stringContaining('Questionnaire') }]);
    expect(importResponse({ resourceType: 'Bundle' }).ok).toBe(false);
    expect(imported('x')).toHaveLength(1);
  });
});

it.each([
  ['an expression', { valueExpression: { language: 'text/fhirpath', expression: -1 } }],
  ['what is said of a text', { valueString: 'x', _valueString: { extension: true } }],
])('an extension in which %s is malformed is a problem at its place', (_, value) => {
  const problems = imported(asked({ type: 'string', extension: [{ url: 'http://x.org/y', ...value }] }));
  expect(problems).toMatchObject([{ path: expect.stringMatching(/^item\[0\]\.extension\[0\]\._?value/) }]);
});

it('the own words of a rule are told as they are', () => {
  const text = { 'zh-CN': '例如 {"a": 1}', en: 'As in {"a": {b}}' };
  const { issue } = outcomeOf([{ code: 'constraint', linkId: 'a', path: 'a', severity: 'error', text }], 'en');
  expect(issue[0]?.details.text).toBe('As in {"a": {b}}');
});

describe('what stands deep', () => {
  const within = (depth: number, inner: object, around: (inner: object) => object): object => {
    let made = inner;
    for (let level = 0; level < depth; level += 1) made = around(made);
    return made;
  };

  it('is refused, however deep it is', () => {
    const group = within(5_000, { linkId: 'a', type: 'string' }, (inner) => ({ linkId: 'a', type: 'group', item: [inner] }));
    expect(imported({ resourceType: 'Questionnaire', status: 'active', item: [group] })).toMatchObject([{ path: '' }]);
  });

  it('is taken of a response as far as of its form', () => {
    const asked = within(12, { linkId: 'a', type: 'string' }, (inner) => ({ linkId: 'a', type: 'string', item: [inner] }));
    const given = within(12, { linkId: 'a', answer: [{ valueString: 'x' }] }, (inner) => ({
      linkId: 'a',
      answer: [{ valueString: 'x', item: [inner] }],
    }));
    expect(importQuestionnaire({ resourceType: 'Questionnaire', status: 'active', item: [asked] }).ok).toBe(true);
    expect(importResponse({ resourceType: 'QuestionnaireResponse', status: 'completed', item: [given] }).ok).toBe(true);
  });
});

describe('a response that comes from elsewhere', () => {
  const given = (item: object) => importResponse({ resourceType: 'QuestionnaireResponse', status: 'completed', item: [item] });
  const said = { extension: [{ url: 'http://x.org/y', valueString: 'z' }] };

  it('may say more of its words and values', () => {
    expect(given({ linkId: 'a', text: 'A', _text: said, answer: [{ valueString: 'x', _valueString: said }] }).ok).toBe(true);
  });

  it.each([
    ['aGk=', true],
    ['aG\nk=', true],
    ['aGk', false],
    ['$$$$', false],
  ])('with the file %j in it is taken: %s', (data, isTaken) => {
    expect(given({ linkId: 'a', answer: [{ valueAttachment: { data } }] }).ok).toBe(isTaken);
  });
});

it('an issue says where it is in FHIRPath, and an outcome without one that nothing is wrong', () => {
  expect(fhirPathOf('a%2Fb[1]/it%27s#0')).toBe("QuestionnaireResponse.item.where(linkId='a/b')[1].item.where(linkId='it\\'s').answer[0]");
  const { issue } = outcomeOf([{ code: 'required', linkId: 'a', path: 'a', severity: 'error' }], 'en');
  expect(issue).toEqual([
    {
      severity: 'error',
      code: 'required',
      details: { coding: [{ system: expect.any(String), code: 'required' }], text: 'This is required' },
      expression: ["QuestionnaireResponse.item.where(linkId='a')"],
    },
  ]);
  expect(outcomeOf([], 'zh-CN').issue).toMatchObject([{ severity: 'information' }]);
});
