/** The options of a choice as an editor shows them: one line each. What an option carries beyond that stays with it. */
import { EXTENSION } from '#core/form/extensions.ts';
import { choicesOf, choiceText } from '#core/form/options.ts';
import type { AnswerOption, Coding, Extension, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { bareValue, valueKeyOf, valueKindOf } from '#core/form/value.ts';
import { type Extensible, extensionOf, withExtension } from './extension-list.ts';
import { isSame, withList, withMember } from './members.ts';
import { type Setting, textExtension } from './setting.ts';
import { type Translations, translationsOf, withTranslatedMember } from './translations-of.ts';

export interface OptionForEdit {
  /** `valueKeyOf` the option that this line was read from, by which it is found again when its code changes; absent for a new one. */
  readonly key?: string;
  readonly code: string;
  readonly display: string;
  readonly translations: Translations;
  readonly system: string;
  /** `A.`, `1)`: what stands before the words. */
  readonly prefix: string;
  readonly score: number | null;
  /** Cannot be chosen together with others. */
  readonly exclusive: boolean;
  readonly initialSelected: boolean;
  /** It is no coding but a text, number or date, which stands in `code`; an editor shows such options without display. */
  readonly plain?: boolean;
}

export const anOption = (code: string, display: string, settings: Partial<OptionForEdit> = {}): OptionForEdit => ({
  ...{ code, display, translations: {}, system: '', prefix: '', score: null, exclusive: false, initialSelected: false },
  ...settings,
});

export const optionSetting: Setting<readonly OptionForEdit[]> = {
  read: (item) => (item.answerOption ?? []).map(readOption),
  write: (item, options) => {
    const known = new Map((item.answerOption ?? []).map((option) => [valueKeyOf(option), option]));
    const list = options.map((option) => {
      const before = known.get(option.key ?? '') ?? known.get(valueKeyOf(option.plain ? { valueString: option.code } : codingOf(option)));
      return writeOption(before, option);
    });
    // FHIR allows one source of options (que-4).
    return withList(list.length > 0 ? withMember(item, 'answerValueSet', undefined) : item, 'answerOption', list);
  },
};

/** A longer list is edited where it comes from, not in the form. */
const OPTIONS_MAX = 500;

/** Of a value set in the form as well. Writing them makes them the item's own. */
export function optionsForEdit(questionnaire: Questionnaire, item: QuestionnaireItem): readonly OptionForEdit[] {
  const listed = item.answerOption ? null : choicesOf(questionnaire, item);
  return listed && listed.length <= OPTIONS_MAX ? listed.map(({ value }) => readOption(value)) : optionSetting.read(item);
}

function readOption(option: AnswerOption): OptionForEdit {
  const { valueCoding } = option;
  const common = {
    key: valueKeyOf(option),
    prefix: prefixSetting.read(option) || prefixSetting.read(valueCoding ?? {}),
    score: scoreIn(option)?.score ?? null,
    exclusive: extensionOf(option, EXTENSION.optionExclusive)?.valueBoolean === true,
    initialSelected: option.initialSelected === true,
  };
  if (!valueCoding) return { ...anOption(choiceText(option, 'zh-CN'), ''), ...common, plain: true };
  const { code = '', display = '', system = '', _display } = valueCoding;
  return { ...anOption(code, display), translations: translationsOf(_display), system, ...common };
}

function writeOption(before: AnswerOption | undefined, option: OptionForEdit): AnswerOption {
  if (before && isSame({ ...readOption(before), key: '' }, { ...option, key: '' })) return before;
  let written = withOptionValue(before, option);
  written = withMember(written, 'initialSelected', option.initialSelected ? true : undefined);
  const exclusive = extensionOf(written, EXTENSION.optionExclusive) ?? { url: EXTENSION.optionExclusive };
  written = withExtension(written, EXTENSION.optionExclusive, option.exclusive ? { ...exclusive, valueBoolean: true } : null);
  return withScore(withPrefix(written, option.prefix), option.score);
}

const prefixSetting = textExtension(EXTENSION.optionPrefix);

/** It stands on the option, or came on its coding. */
function withPrefix(option: AnswerOption, prefix: string): AnswerOption {
  const { valueCoding } = option;
  const isOnCoding = valueCoding !== undefined && extensionOf(valueCoding, EXTENSION.optionPrefix) !== undefined;
  return isOnCoding ? withMember(option, 'valueCoding', prefixSetting.write(valueCoding, prefix)) : prefixSetting.write(option, prefix);
}

function withOptionValue(before: AnswerOption | undefined, option: OptionForEdit): AnswerOption {
  if (!option.plain) return withMember(before ?? {}, 'valueCoding', withCoding(before?.valueCoding, option));
  const kind = (before && valueKindOf(before)) ?? 'valueString';
  // A number or date keeps its kind while its text is one; a reference is not written as text.
  if (before && (readOption(before).code === option.code || kind === 'valueReference')) return before;
  if (kind === 'valueInteger' && /^-?\d+$/.test(option.code)) return withMember(before ?? {}, kind, Number(option.code));
  const { [kind]: _, ...rest } = before ?? {};
  return kind === 'valueDate' || kind === 'valueTime'
    ? withMember(before ?? {}, kind, option.code)
    : { valueString: option.code, ...withoutValue(rest) };
}

const withoutValue = (option: AnswerOption): AnswerOption => {
  const value = bareValue(option);
  return Object.fromEntries(Object.entries(option).filter(([name]) => !(name in value)));
};

function withCoding(before: Coding | undefined, { code, display, system, translations }: OptionForEdit): Coding {
  let coding = before ?? {};
  for (const [name, value] of Object.entries({ system, code, display })) {
    coding = withMember(coding, name, value === '' ? undefined : value);
  }
  return withTranslatedMember(coding, 'display', translations);
}

const codingOf = ({ system, code, display }: OptionForEdit) => ({
  valueCoding: { ...(system ? { system } : {}), ...(code ? { code } : {}), ...(display ? { display } : {}) },
});

interface PlacedScore {
  readonly on: 'option' | 'coding';
  readonly extension: Extension;
  readonly score: number | undefined;
}

const isScore = ({ url }: Extension): boolean => url === EXTENSION.ordinalValue || url === EXTENSION.itemWeight;

/** FHIR knows two names for it and two places. */
function scoreIn({ extension = [], valueCoding }: AnswerOption): PlacedScore | null {
  const place = (on: PlacedScore['on'], found: Extension | undefined): PlacedScore | null =>
    found ? { on, extension: found, score: found.valueDecimal ?? found.valueInteger } : null;
  return place('option', extension.find(isScore)) ?? place('coding', valueCoding?.extension?.find(isScore));
}

function withScore(option: AnswerOption, score: number | null): AnswerOption {
  const before = scoreIn(option);
  if ((before?.score ?? null) === score) return option;
  const { url } = before?.extension ?? { url: EXTENSION.ordinalValue };
  const isWhole = before?.extension.valueInteger !== undefined && Number.isInteger(score);
  const value =
    score === null
      ? null
      : withMember(
          withMember(before?.extension ?? { url }, isWhole ? 'valueDecimal' : 'valueInteger', undefined),
          isWhole ? 'valueInteger' : 'valueDecimal',
          score,
        );
  const on = <T extends Extensible>(holder: T): T => withExtension(holder, url, value);
  return before?.on === 'coding' ? withMember(option, 'valueCoding', on(option.valueCoding ?? {})) : on(option);
}
