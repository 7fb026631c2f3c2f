/** The response that a form begins with: initial values, preselected options, and what the caller knows already. */
import { settingsOf } from './extensions.ts';
import type { AnswerValue, Questionnaire, QuestionnaireItem } from './questionnaire.ts';
import type { QuestionnaireResponse, ResponseItem } from './response.ts';
import { bareValue } from './value.ts';

export interface BlankOptions {
  /** Link id → answers that take the place of the form's initial ones. */
  readonly values?: Readonly<Record<string, AnswerValue | readonly AnswerValue[]>>;
}

export function blankResponse(questionnaire: Questionnaire, { values = {} }: BlankOptions = {}): QuestionnaireResponse {
  const blankItems = (items: readonly QuestionnaireItem[]): readonly ResponseItem[] => items.flatMap(blankItem);

  const blankItem = (item: QuestionnaireItem): readonly ResponseItem[] => {
    if (item.type === 'display') return [];
    if (item.type === 'group') {
      const children = blankItems(item.item ?? []);
      if (item.repeats) return Array.from({ length: rowsAtStart(item) }, () => instance(item.linkId, children));
      return children.length > 0 ? [instance(item.linkId, children)] : [];
    }
    const answers = initialAnswers(item, values[item.linkId]);
    const [first, ...others] = answers;
    if (!first) return [];
    const nested = blankItems(item.item ?? []);
    return [{ linkId: item.linkId, answer: [nested.length > 0 ? { ...first, item: nested } : first, ...others] }];
  };

  const item = blankItems(questionnaire.item ?? []);
  return {
    resourceType: 'QuestionnaireResponse',
    ...(questionnaire.url ? { questionnaire: canonicalOf(questionnaire) } : {}),
    status: 'in-progress',
    ...(item.length > 0 ? { item } : {}),
  };
}

/** `url|version`: what a response is pinned to. */
export const canonicalOf = ({ url, version }: Questionnaire): string => (version ? `${url}|${version}` : (url ?? ''));

const instance = (linkId: string, item: readonly ResponseItem[]): ResponseItem => (item.length > 0 ? { linkId, item } : { linkId });

/** A table that must have rows shows the first ones; an optional one starts empty, because an empty row is an issue. */
const rowsAtStart = (item: QuestionnaireItem): number => (item.required ? Math.max(1, settingsOf(item).minOccurs ?? 1) : 0);

/** What a question begins with. */
export function initialAnswers(item: QuestionnaireItem, given?: AnswerValue | readonly AnswerValue[]): readonly AnswerValue[] {
  const list = given === undefined ? formInitials(item) : isList(given) ? given : [given];
  return (item.repeats ? list : list.slice(0, 1)).map(bareValue);
}

const isList = (given: AnswerValue | readonly AnswerValue[]): given is readonly AnswerValue[] => Array.isArray(given);

const formInitials = (item: QuestionnaireItem): readonly AnswerValue[] =>
  item.initial ?? (item.answerOption ?? []).filter((option) => option.initialSelected === true);
