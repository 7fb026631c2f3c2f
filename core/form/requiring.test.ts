import { describe, expect, it } from 'vitest';
import type { Questionnaire } from './questionnaire.ts';
import { requiring } from './requiring.ts';
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
    expect(missing(requiring(FORM, ['note']))).toEqual(['note required']);
  });

  it('leaves the form as it is where the outcome asks for nothing', () => {
    expect(requiring(FORM, [])).toBe(FORM);
    expect(missing(FORM)).toEqual([]);
  });
});
