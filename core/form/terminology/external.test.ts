import { describe, expect, it } from 'vitest';
import { EXTENSION } from '../extensions.ts';
import { answerAsShown, choiceOf } from '../options.ts';
import type { AnswerValue, Questionnaire } from '../questionnaire.ts';
import type { QuestionnaireResponse } from '../response.ts';
import { isUnchecked, markUnchecked } from '../unchecked.ts';
import { validateResponse } from '../validate.ts';
import { codingOf } from './coding.ts';
import { codesToCheck, externalLists, type Verdict } from './external.ts';

const prefers = (valueUrl: string) => ({ url: EXTENSION.preferredTerminologyServer, valueUrl });
const FORM: Questionnaire = {
  resourceType: 'Questionnaire',
  status: 'active',
  extension: [prefers('http://far')],
  contained: [{ resourceType: 'ValueSet', id: 'own', compose: { include: [{ concept: [{ code: 'x' }] }] } }],
  item: [
    { linkId: 'own', type: 'choice', answerValueSet: '#own' },
    {
      linkId: 'group',
      type: 'group',
      extension: [prefers('http://near')],
      item: [{ linkId: 'far', type: 'choice', repeats: true, answerValueSet: 'http://x.org/v|1' }],
    },
    { linkId: 'open', type: 'open-choice', answerValueSet: 'http://x.org/w' },
  ],
};
const answered = (...answers: readonly AnswerValue[]): QuestionnaireResponse => ({
  resourceType: 'QuestionnaireResponse',
  status: 'completed',
  item: [{ linkId: 'group', item: [{ linkId: 'far', answer: answers }] }],
});
const coding = (code: string, system = 's'): AnswerValue => ({ valueCoding: { system, code, display: code } });

describe('what a form leaves to terminology servers', () => {
  it('is each list that is not in it, with the servers that it prefers, the nearest first', () => {
    expect([...externalLists(FORM)]).toEqual([
      ['far', { canonical: 'http://x.org/v|1', servers: ['http://near', 'http://far'] }],
      ['open', { canonical: 'http://x.org/w', servers: ['http://far'] }],
    ]);
  });

  it('is of its answers the codes alone, each once', () => {
    expect(codesToCheck(FORM, answered(coding('a'), coding('a'), coding('b')))).toEqual([
      { canonical: 'http://x.org/v|1', servers: ['http://near', 'http://far'], system: 's', code: 'a' },
      { canonical: 'http://x.org/v|1', servers: ['http://near', 'http://far'], system: 's', code: 'b' },
    ]);
  });

  it('is nothing of own words and of lists in the form', () => {
    const item = [
      { linkId: 'own', answer: [coding('x')] },
      { linkId: 'open', answer: [{ valueString: 'own words' }] },
    ];
    expect(codesToCheck(FORM, { item })).toEqual([]);
  });
});

describe('an answer whose list is on a server', () => {
  const validated = (verdict: Verdict | null, mode: 'submit' | 'draft' = 'submit') =>
    validateResponse(FORM, answered(coding('a')), { mode, ...(verdict && { verdictOf: () => verdict }) }).map(
      ({ code, severity, path }) => `${severity} ${code} ${path}`,
    );

  it.each<[string, Verdict | null, readonly string[]]>([
    ['is right where the server lists it', 'listed', []],
    ['is refused as any option that is not in its list', 'unlisted', ['error option-unknown group/far#0']],
    ['is taken with a warning where no server could be asked', 'unknown', ['warning option-unchecked group/far#0']],
    ['is not checked in a browser', null, []],
  ])('%s', (_name, verdict, issues) => expect(validated(verdict)).toEqual(issues));

  it('never keeps a draft from being saved', () => {
    expect(validated('unlisted', 'draft')).toEqual(['warning option-unknown group/far#0']);
  });

  it('must have a code', () => {
    const issues = validateResponse(FORM, answered({ valueCoding: { display: 'a' } }), { mode: 'submit' });
    expect(issues).toMatchObject([{ code: 'option-unknown', severity: 'error' }]);
  });
});

it.each<['zh-CN' | 'en', string]>([
  ['zh-CN', '甲'],
  ['en', 'A'],
])('a choice from a server keeps the words that were shown in %s', (locale, display) => {
  const choice = choiceOf(codingOf('s', { code: 'a', display: 'A', designation: [{ language: 'zh', value: '甲' }] }));
  expect(answerAsShown(choice, locale)).toEqual({ valueCoding: { system: 's', code: 'a', display } });
});

describe('the mark of an answer that was not checked', () => {
  const marks = (response: QuestionnaireResponse, verdict: Verdict): readonly boolean[] =>
    (markUnchecked(FORM, response, () => verdict).item?.[0]?.item?.[0]?.answer ?? []).map(isUnchecked);
  const forged = { ...coding('a'), extension: [{ url: EXTENSION.unchecked, valueBoolean: true }] };

  it.each<[string, AnswerValue, Verdict, boolean]>([
    ['stands where no server could be asked', coding('a'), 'unknown', true],
    ['does not stand where one could', coding('a'), 'listed', false],
    ['is taken away where a client claims it', forged, 'listed', false],
  ])('%s', (_name, answer, verdict, is) => expect(marks(answered(answer), verdict)).toEqual([is]));

  it('leaves the other extensions of an answer', () => {
    const overridden = { ...coding('a'), extension: [{ url: EXTENSION.overridden, valueBoolean: true }] };
    const [answer] = markUnchecked(FORM, answered(overridden), () => 'listed').item?.[0]?.item?.[0]?.answer ?? [];
    expect(answer).toEqual(overridden);
  });
});
