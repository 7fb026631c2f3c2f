/** A response as lines of words: for reading beside a task, for print and for the timeline. Only what is enabled and answered. */
import type { Locale } from '#core/text.ts';
import { type BoundItem, bindResponse, type Container } from './bind.ts';
import { displaysOf } from './displays.ts';
import { createEnablement } from './enablement.ts';
import { settingsOf } from './extensions.ts';
import { labelOf } from './localize.ts';
import { choicesOf, choiceText } from './options.ts';
import type { AnswerValue, Questionnaire, QuestionnaireItem } from './questionnaire.ts';
import type { QuestionnaireResponse } from './response.ts';
import { decimalText, isSameValue } from './value.ts';

export interface SummaryLine {
  readonly linkId: string;
  readonly path: string;
  /** Titles of the groups around it, outermost first; rows of a repeating group end in their number. */
  readonly group: readonly string[];
  readonly label: string;
  /** One text for each answer. */
  readonly values: readonly string[];
}

export interface SummaryOptions {
  /** IANA zone for date-times; as they were written when absent. */
  readonly zone?: string;
}

export function formSummary(
  questionnaire: Questionnaire,
  response: Pick<QuestionnaireResponse, 'item'>,
  locale: Locale,
  options: SummaryOptions = {},
): readonly SummaryLine[] {
  const isEnabled = createEnablement();
  const linesIn = (container: Container, group: readonly string[]): readonly SummaryLine[] =>
    container.items.flatMap((bound) => (isEnabled(bound) && !settingsOf(bound.item).hidden ? linesOf(bound, group) : []));

  const linesOf = (bound: BoundItem, group: readonly string[]): readonly SummaryLine[] => {
    const { item, path, instances, answers } = bound;
    const label = labelOf(item, locale) || item.linkId;
    if (item.type === 'group') {
      return instances.flatMap((instance, index) => linesIn(instance, [...group, item.repeats ? `${label} ${index + 1}` : label]));
    }
    if (answers.length === 0) return [];
    const values = answers.map(({ answer }) => valueText(questionnaire, item, answer, locale, options));
    const nested = answers.flatMap((answer) => linesIn(answer.nested, group));
    return [{ linkId: item.linkId, path, group, label, values }, ...nested];
  };

  return linesIn(bindResponse(questionnaire, response), []);
}

const YES_NO = { 'zh-CN': ['是', '否'], en: ['Yes', 'No'] } as const satisfies Record<Locale, readonly [string, string]>;

/** One answer in words. Times and numbers are written the way every reader of the network understands: 2026-03-01 14:30. */
export function valueText(
  questionnaire: Questionnaire,
  item: QuestionnaireItem,
  answer: AnswerValue,
  locale: Locale,
  { zone }: SummaryOptions = {},
): string {
  if (answer.valueBoolean !== undefined) return YES_NO[locale][answer.valueBoolean ? 0 : 1];
  if (answer.valueQuantity) {
    const { value, unit, code } = answer.valueQuantity;
    return [value === undefined ? '' : decimalText(value), unit ?? code].filter(Boolean).join(' ');
  }
  if (answer.valueAttachment) return answer.valueAttachment.title ?? answer.valueAttachment.url ?? '';
  if (answer.valueDateTime !== undefined) return dateTimeText(answer.valueDateTime, zone);
  if (answer.valueTime !== undefined) return answer.valueTime.slice(0, 5);
  if (answer.valueUri !== undefined) return answer.valueUri;
  const number = answer.valueDecimal ?? answer.valueInteger;
  if (number !== undefined) return [decimalText(number), unitText(item, locale)].filter(Boolean).join(' ');
  // The answer carries the display of the form's own language; the form knows the others.
  const choice = choicesOf(questionnaire, item)?.find(({ value }) => isSameValue(value, answer));
  return choiceText(choice?.value ?? answer, locale);
}

/** A unit is a code of the item, or words in a display below it. */
function unitText(item: QuestionnaireItem, locale: Locale): string | undefined {
  const { unit } = settingsOf(item);
  const said = displaysOf(item).unit;
  return unit?.display ?? unit?.code ?? (said ? labelOf(said, locale) : undefined);
}

function dateTimeText(value: string, zone: string | undefined): string {
  if (zone === undefined || value.length <= 10) return value.slice(0, 16).replace('T', ' ');
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(value));
}
