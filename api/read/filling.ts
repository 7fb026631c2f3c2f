/** Filling in a form: as whoever does it gets it, and what the server knows of what they may not change. */
import { offsetDateTimeOf } from '#core/calendar/zone.ts';
import { type FieldAccess, fieldAccess, type Viewer } from '#core/form/access/field-access.ts';
import { questionnaireFor } from '#core/form/access/questionnaire-for.ts';
import { responseFor } from '#core/form/access/response-for.ts';
import { withProtected } from '#core/form/access/with-protected.ts';
import { evaluateResponse, withAnswers } from '#core/form/expression/evaluate.ts';
import { engineFor } from '#core/form/expression/load.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import type { Context } from '../operation.ts';
import { withReferenceNames } from './reference-names.ts';
import type { Seen } from './seen.ts';

export interface Filling {
  readonly questionnaire: Questionnaire;
  readonly viewer: Viewer;
  readonly access: FieldAccess;
  /** What it begins with, whole: never for an answer of the API as it is. */
  readonly known: () => Promise<QuestionnaireResponse>;
}

export const fillingOf = (questionnaire: Questionnaire, viewer: Viewer, known: Filling['known']): Filling => ({
  questionnaire,
  viewer,
  access: fieldAccess(questionnaire, viewer),
  known,
});

/** The form and what stands in it: the draft, where there is one, with what is known in the place of what is not theirs. */
export async function opened(context: Context, filling: Filling, draft: QuestionnaireResponse | null): Promise<Seen> {
  const { questionnaire, access } = filling;
  if (access.size === 0) {
    const response = responseFor(access, draft ?? (await filling.known()));
    return { questionnaire, response: await withReferenceNames(context, response) };
  }
  const known = await filling.known();
  const begun = withProtected(questionnaire, access, draft ?? known, known);
  const engine = await engineFor(questionnaire);
  const evaluated = evaluateResponse(questionnaire, begun, engine && { engine, now: offsetDateTimeOf(Date.now(), context.standing.zone) });
  // With what is computed in it: where that reads something hidden, the browser cannot.
  const whole: QuestionnaireResponse = { ...begun, ...withAnswers(evaluated.root, new Map()) };
  return {
    questionnaire: questionnaireFor(questionnaire, access, { whole: evaluated, kept: known }),
    response: await withReferenceNames(context, responseFor(access, whole)),
  };
}

/** What of a draft is its person's own. The rest is put in again when it is opened, as it is then. */
export const ownOf = (
  { questionnaire, access }: Pick<Filling, 'questionnaire' | 'access'>,
  draft: QuestionnaireResponse,
): QuestionnaireResponse => withProtected(questionnaire, access, draft, null);
