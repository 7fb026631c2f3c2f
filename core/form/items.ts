import type { QuestionnaireItem } from './questionnaire.ts';

/** With everything below them, in the order of the form. */
export const allItems = (items: readonly QuestionnaireItem[]): readonly QuestionnaireItem[] =>
  items.flatMap((item) => [item, ...allItems(item.item ?? [])]);
