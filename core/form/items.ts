import type { QuestionnaireItem } from './questionnaire.ts';

/** All items, those below others as well, in document order. */
export const allItems = (items: readonly QuestionnaireItem[]): readonly QuestionnaireItem[] =>
  items.flatMap((item) => [item, ...allItems(item.item ?? [])]);
