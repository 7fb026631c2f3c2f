import { describe, expect, it } from 'vitest';
import { accessRule } from '#test/support/access-rule.ts';
import type { Extension, Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import { fieldAccess, type Viewer } from './field-access.ts';

const form = (...item: readonly QuestionnaireItem[]): Questionnaire => ({ resourceType: 'Questionnaire', status: 'active', item });
const question = (linkId: string, ...extension: readonly Extension[]): QuestionnaireItem => ({ linkId, type: 'string', extension });

/** What a viewer may do with the only item of a form. */
function may(rules: readonly Extension[], { places = ['review'], roles = ['manager'] }: Partial<Viewer> = {}): string {
  const access = fieldAccess(form(question('q', ...rules)), { places, roles }).get('q');
  if (!access) return 'write';
  if (access.reading !== 'open') return access.reading;
  return access.isReadOnly ? 'read' : 'must write';
}

describe('a right of a field', () => {
  it.each([
    ['without conditions it holds everywhere and for all', [accessRule('hidden')], {}, 'hidden'],
    ['at the step that it names', [accessRule('hidden', { elements: ['review'] })], {}, 'hidden'],
    ['not at another step', [accessRule('hidden', { elements: ['confirm'] })], {}, 'write'],
    ['not for a reader by right, who stands at no step', [accessRule('hidden', { elements: ['review'] })], { places: [null] }, 'write'],
    ['for the role that it names', [accessRule('masked', { roles: ['manager'] })], {}, 'masked'],
    ['not for another role', [accessRule('masked', { roles: ['executor'] })], {}, 'write'],
    ['not for the role that it excepts', [accessRule('hidden', { exceptRoles: ['manager'] })], {}, 'write'],
    ['for all other roles', [accessRule('hidden', { exceptRoles: ['applicant'] })], {}, 'hidden'],
    ['only where step and role meet', [accessRule('read-only', { elements: ['review'], roles: ['executor'] })], {}, 'write'],
    ['where step and role meet', [accessRule('read-only', { elements: ['review'], roles: ['manager'] })], {}, 'read'],
    ['the strictest of several', [accessRule('read-only'), accessRule('hidden'), accessRule('masked')], {}, 'hidden'],
    ['required at a step', [accessRule('required', { elements: ['review'] })], {}, 'must write'],
  ] satisfies [string, Extension[], Partial<Viewer>, string][])('%s', (_, rules, viewer, expected) => {
    expect(may(rules, viewer)).toBe(expected);
  });

  it.each([
    ['the widest of several roles', [accessRule('hidden', { roles: ['executor'] })], { roles: ['executor', 'manager'] }, 'write'],
    [
      'the widest where each role has a rule of its own',
      [accessRule('hidden', { roles: ['executor'] }), accessRule('masked', { roles: ['manager'] })],
      { roles: ['executor', 'manager'] },
      'masked',
    ],
    [
      'not wider together than one of them is: what one may not write the other does not see',
      [accessRule('hidden', { roles: ['executor'] }), accessRule('read-only', { roles: ['manager'] })],
      { roles: ['executor', 'manager'] },
      'read',
    ],
    ['the widest of several steps', [accessRule('hidden', { elements: ['confirm'] })], { places: ['confirm', 'opinion'] }, 'write'],
    [
      'required only where every role is asked',
      [accessRule('required', { roles: ['executor'] })],
      { roles: ['executor', 'manager'] },
      'write',
    ],
    ['every rule for whoever comes without a role', [accessRule('hidden', { roles: ['executor'] })], { roles: [] }, 'hidden'],
    ['also one with exceptions', [accessRule('masked', { exceptRoles: ['applicant'] })], { roles: [] }, 'masked'],
    [
      'every rule for whoever comes from no step, such as with a copy',
      [accessRule('hidden', { elements: ['confirm'] })],
      { places: [] },
      'hidden',
    ],
  ] satisfies [string, Extension[], Partial<Viewer>, string][])('%s', (_, rules, viewer, expected) => {
    expect(may(rules, viewer)).toBe(expected);
  });

  it('of a group is that of everything below it, in groups and below questions', () => {
    const nested = form({
      linkId: 'g',
      type: 'group',
      extension: [accessRule('hidden')],
      item: [
        { ...question('q'), item: [question('below')] },
        { linkId: 'inner', type: 'group', item: [question('deep')] },
      ],
    });
    expect([...fieldAccess(nested, { places: [null], roles: ['manager'] }).keys()]).toEqual(['g', 'q', 'below', 'inner', 'deep']);
  });

  it('that asks for an answer asks it of the item itself, not of all that stands below', () => {
    const nested = form({ linkId: 'g', type: 'group', extension: [accessRule('required')], item: [question('q')] });
    expect([...fieldAccess(nested, { places: [null], roles: ['manager'] }).keys()]).toEqual(['g']);
  });

  it('of an unknown mode asks nothing; the checker refuses it', () => {
    expect(may([{ url: accessRule('hidden').url, extension: [{ url: 'mode', valueCode: 'secret' }] }])).toBe('write');
  });
});
