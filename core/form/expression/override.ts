/** A person's own answer in the place of what the form computes: it stays until the person gives it up. */
import type { BoundItem } from '../bind.ts';
import { EXTENSION } from '../extensions.ts';
import type { AnswerValue, QuestionnaireItem } from '../questionnaire.ts';
import type { ResponseAnswer } from '../response.ts';

export const isOverride = ({ extension = [] }: AnswerValue & Pick<ResponseAnswer, 'extension'>): boolean =>
  extension.some(({ url, valueBoolean }) => url === EXTENSION.overridden && valueBoolean === true);

/** What is read-only nobody may answer otherwise, whatever a response says. */
export const isOverridden = ({ item, answers }: Pick<BoundItem, 'item' | 'answers'>): boolean =>
  isOverridable(item) && answers.some(({ answer }) => isOverride(answer));

export const isOverridable = ({ readOnly }: Pick<QuestionnaireItem, 'readOnly'>): boolean => readOnly !== true;

export const asOverride = (answer: AnswerValue): ResponseAnswer => ({
  ...answer,
  extension: [{ url: EXTENSION.overridden, valueBoolean: true }],
});
