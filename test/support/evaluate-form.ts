/** Which items of a form are enabled, by their paths. */
import { itemsIn } from '#core/form/bind.ts';
import { evaluateResponse } from '#core/form/expression/evaluate.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';

export function evaluateForm(questionnaire: Questionnaire, response: Pick<QuestionnaireResponse, 'item'>) {
  const { root, isEnabled } = evaluateResponse(questionnaire, response);
  const enabled = new Set([...itemsIn(root)].filter(isEnabled).map(({ path }) => path));
  return { enabled, isEnabled: (path: string): boolean => enabled.has(path) };
}
