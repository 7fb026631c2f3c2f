import { describe, expect, it } from 'vitest';
import type { Questionnaire } from './questionnaire.ts';
import { requiring, unaffirmed } from './requiring.ts';
import { validateResponse } from './validate.ts';

const FORM: Questionnaire = {
  resourceType: 'Questionnaire',
  status: 'active',
  item: [
    {
      linkId: 'group',
      type: 'group',
      item: [
        { linkId: 'note', type: 'string' },
        { linkId: 'other', type: 'string' },
      ],
    },
  ],
};
const EMPTY = { resourceType: 'QuestionnaireResponse', status: 'completed' } as const;
const missing = (form: Questionnaire) => validateResponse(form, EMPTY, { mode: 'submit' }).map(({ code, linkId }) => `${linkId} ${code}`);

describe('what an outcome cannot be without', () => {
  it('must be answered, wherever it stands in the form', () => {
    expect(missing(requiring(FORM, { requires: ['note'] }))).toEqual(['note required']);
  });

  it('is a yes where it stands for a checklist: silence and a no are told, each at its question', () => {
    const demands = { affirms: ['other'] };
    const answered = (valueBoolean: boolean) =>
      unaffirmed([{ linkId: 'group', item: [{ linkId: 'other', answer: [{ valueBoolean }] }] }], demands);
    expect(missing(requiring(FORM, demands))).toEqual(['other required']);
    expect(answered(false)).toMatchObject([{ code: 'constraint', linkId: 'other', path: 'group/other', severity: 'error' }]);
    expect(answered(true)).toEqual([]);
  });

  it('leaves the form as it is where the outcome asks for nothing', () => {
    expect(requiring(FORM, {})).toBe(FORM);
    expect(missing(FORM)).toEqual([]);
  });
});
