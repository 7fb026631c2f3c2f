/**
 * What people say beside a form (comments, reasons, remarks), for readers to whom answers are closed: where it quotes such an answer word for
 * word, a placeholder stands. Whoever says it in other words, or quotes a part, decides for themselves to tell it.
 */
import type { Locale } from '#core/text.ts';
import { allItems } from '../items.ts';
import { choicesOf, choiceText } from '../options.ts';
import type { AnswerValue, Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import type { QuestionnaireResponse, ResponseItem } from '../response.ts';
import { decimalText, isSameValue } from '../value.ts';
import type { FieldAccess } from './field-access.ts';
import { NOTHING_SHOWN } from './mask.ts';

export interface SaidAnswers {
  /** Words of answers that the reader may not see whole. */
  readonly closed: readonly string[];
  /** Words of those that they may: what stands there as well is no secret. */
  readonly open: readonly string[];
}

export function saidAnswers(questionnaire: Questionnaire, access: FieldAccess, response: Pick<QuestionnaireResponse, 'item'>): SaidAnswers {
  const said = { closed: [] as string[], open: [] as string[] };
  const definitions = new Map(allItems(questionnaire.item ?? []).map((item) => [item.linkId, item]));
  const visit = (items: readonly ResponseItem[] = [], isClosedAround: boolean): void => {
    for (const { linkId, answer = [], item } of items) {
      const isClosed = isClosedAround || (access.get(linkId)?.reading ?? 'open') !== 'open';
      for (const { item: below, ...value } of answer) {
        said[isClosed ? 'closed' : 'open'].push(...wordsOf(questionnaire, definitions.get(linkId), value));
        visit(below, isClosed);
      }
      visit(item, isClosed);
    }
  };
  visit(response.item, false);
  return said;
}

/** Null where there is nothing to keep back. */
export function withoutQuotes({ closed, open }: SaidAnswers): ((text: string) => string) | null {
  const known = new Set(open.map(bare));
  const secrets = [...new Set(closed.filter((text) => isTelling(text) && !known.has(bare(text))))].sort((a, b) => b.length - a.length);
  if (secrets.length === 0) return null;
  const pattern = new RegExp(secrets.map(patternOf).join('|'), 'giu');
  return (text) => text.replace(pattern, NOTHING_SHOWN);
}

const LOCALES: readonly Locale[] = ['zh-CN', 'en'];

/** A sign or two say nothing by themselves; two Chinese characters are a word. */
const isTelling = (text: string): boolean => bare(text).length >= (/\p{Script=Han}/u.test(text) ? 2 : 4);

const bare = (text: string): string => text.replaceAll(/[\s-]/g, '').toLowerCase();

/** Numbers are written in groups: 139 1234 5678, 139-1234-5678. */
const patternOf = (text: string): string => {
  const marks = /^[\dA-Za-z\s-]+$/.test(text) && /\d{4}/.test(bare(text)) ? [...bare(text)] : null;
  return marks ? marks.join('[\\s-]?') : text.trim().replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
};

function wordsOf(questionnaire: Questionnaire, item: QuestionnaireItem | undefined, value: AnswerValue): readonly string[] {
  const { valueString, valueUri, valueDate, valueDateTime, valueTime, valueInteger, valueDecimal, valueQuantity } = value;
  const number = valueInteger ?? valueDecimal ?? valueQuantity?.value;
  const choice = item && value.valueCoding && choicesOf(questionnaire, item)?.find((each) => isSameValue(each.value, value));
  return [
    valueString,
    valueUri,
    valueDate,
    valueDateTime,
    valueTime,
    number === undefined ? undefined : decimalText(number),
    value.valueCoding?.display,
    value.valueCoding?.code,
    value.valueReference?.display,
    value.valueAttachment?.title,
    ...(choice ? LOCALES.map((locale) => choiceText(choice.value, locale)) : []),
  ].filter((text) => text !== undefined);
}
