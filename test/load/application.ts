import { choicesOf } from '#core/form/options.ts';
import type { AnswerValue, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { fillForm } from '../support/fill-form.ts';

/** An application for an ordinary consult, of the kind whose team has experts in the crowd of `load.ts`. */
export function fillApplication(questionnaire: Questionnaire, personId: string): QuestionnaireResponse {
  const answers = {
    'consult.subkind': choice(questionnaire, 'consult.subkind', 'difficult'),
    'consult.specialty': choice(questionnaire, 'consult.specialty', 'respiratory'),
  };
  return fillForm(questionnaire, { personId, answers });
}

function choice(questionnaire: Questionnaire, linkId: string, code: string): readonly AnswerValue[] {
  const find = (items: readonly QuestionnaireItem[]): readonly AnswerValue[] =>
    items.flatMap((item) =>
      item.linkId === linkId
        ? (choicesOf(questionnaire, item) ?? []).map(({ value }) => value).filter(({ valueCoding }) => valueCoding?.code === code)
        : find(item.item ?? []),
    );
  return find(questionnaire.item ?? []);
}
