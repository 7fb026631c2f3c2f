import { describe, expect, it } from 'vitest';
import { accessRule } from '#test/support/access-rule.ts';
import { checkQuestionnaire } from '../check.ts';
import { EXTENSION } from '../extensions.ts';
import type { Extension, QuestionnaireItem } from '../questionnaire.ts';

const question = (linkId: string, extension: readonly Extension[], more: Partial<QuestionnaireItem> = {}): QuestionnaireItem => ({
  linkId,
  type: 'string',
  text: '问',
  extension,
  ...more,
});
const found = (...item: readonly QuestionnaireItem[]) =>
  checkQuestionnaire({ resourceType: 'Questionnaire', status: 'active', item }).map(
    ({ elementId, rule, severity }) => `${severity} ${rule} ${elementId}`,
  );

describe('rights of fields', () => {
  it.each([
    [
      'of a known mode and known roles are fine',
      [question('q', [accessRule('masked', { roles: ['executor'], elements: ['confirm'] })])],
      [],
    ],
    [
      'of an unknown mode are refused',
      [question('q', [{ url: EXTENSION.access, extension: [{ url: 'mode', valueCode: 'secret' }] }])],
      ['error form-access q'],
    ],
    ['without a mode are refused', [question('q', [{ url: EXTENSION.access }])], ['error form-access q']],
    ['for an unknown role are refused', [question('q', [accessRule('hidden', { roles: ['nurse'] })])], ['error form-access q']],
    [
      'except for an unknown role are refused',
      [question('q', [accessRule('hidden', { exceptRoles: ['nurse'] })])],
      ['error form-access q'],
    ],
    [
      'that hide what must always be answered are refused',
      [question('q', [accessRule('hidden')], { required: true })],
      ['error form-access q'],
    ],
    ['that hide it at some steps are fine', [question('q', [accessRule('hidden', { elements: ['confirm'] })], { required: true })], []],
    [
      'that hide it from all but one role are fine: that role answers',
      [question('q', [accessRule('hidden', { exceptRoles: ['applicant'] })], { required: true })],
      [],
    ],
    [
      'that hide what begins with a value are fine',
      [question('q', [accessRule('hidden')], { required: true, initial: [{ valueString: 'x' }] })],
      [],
    ],
    [
      'that ask and hide at one step are refused',
      [question('q', [accessRule('hidden'), accessRule('required', { elements: ['confirm'] })])],
      ['error form-access q'],
    ],
    [
      'that ask at one step and hide at another are fine',
      [question('q', [accessRule('hidden', { elements: ['review'] }), accessRule('required', { elements: ['confirm'] })])],
      [],
    ],
    [
      'that ask of one role what is masked for another are fine',
      [question('q', [accessRule('masked', { roles: ['executor'] }), accessRule('required', { roles: ['applicant'] })])],
      [],
    ],
  ] satisfies [string, QuestionnaireItem[], string[]][])('%s', (_, items, expected) => {
    expect(found(...items)).toEqual(expected);
  });

  it('are undone by what is computed from the answer for everybody: a warning', () => {
    const calculated = { language: 'text/fhirpath', expression: "%resource.item.where(linkId='q').answer.value" };
    const copy = question('copy', [{ url: EXTENSION.calculatedExpression, valueExpression: calculated }]);
    expect(found(question('q', [accessRule('hidden', { roles: ['executor'] })]), copy)).toEqual(['warning form-access-reading copy']);
  });
});
