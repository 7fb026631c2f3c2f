/** The one way in which submitted answers leave the API: a form and its answers as a viewer may see them. */
import { fieldAccess, type Viewer } from '#core/form/access/field-access.ts';
import { questionnaireFor } from '#core/form/access/questionnaire-for.ts';
import { responseFor, type VisibleResponse } from '#core/form/access/response-for.ts';
import { evaluateResponse } from '#core/form/expression/evaluate.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { WholeSubmission } from './whole-submissions.ts';

export interface Seen {
  readonly questionnaire: Questionnaire;
  readonly response: VisibleResponse;
}

export function seenBy(viewer: Viewer, { questionnaire, whole }: Pick<WholeSubmission, 'questionnaire' | 'whole'>): Seen {
  const access = fieldAccess(questionnaire, viewer);
  return {
    // Nothing is computed again: what was submitted holds.
    questionnaire:
      access.size === 0 ? questionnaire : questionnaireFor(questionnaire, access, { whole: evaluateResponse(questionnaire, whole) }),
    response: responseFor(access, whole),
  };
}
