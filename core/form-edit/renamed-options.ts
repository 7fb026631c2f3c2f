/**
 * An option gets another code: whoever asks for it by the old one asks for the new one. That are the conditions of other items, and the question's
 * own initial answers. What expressions say of codes is not ours to guess.
 */
import type { Coding, EnableWhen, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { valueKeyOf } from '#core/form/value.ts';
import { withMember } from './members.ts';
import type { OptionForEdit } from './option-setting.ts';
import { updateItem, withItems } from './tree.ts';

export function withRenamedOptions(
  questionnaire: Questionnaire,
  before: QuestionnaireItem,
  options: readonly OptionForEdit[],
): Questionnaire {
  const renamed = renamedIn(before, options);
  if (renamed.length === 0) return questionnaire;
  const ask = (item: QuestionnaireItem): QuestionnaireItem => {
    const enableWhen = item.enableWhen?.map((each) => (each.question === before.linkId ? withCode(each, renamed) : each));
    const isChanged = enableWhen?.some((each, index) => each !== item.enableWhen?.[index]) ?? false;
    const own = isChanged ? withMember(item, 'enableWhen', enableWhen) : item;
    const below = own.item?.map(ask);
    return below?.some((each, index) => each !== own.item?.[index]) ? withItems(own, below) : own;
  };
  return updateItem(withItems(questionnaire, (questionnaire.item ?? []).map(ask)), before.linkId, (item) => withInitial(item, renamed));
}

interface RenamedOption {
  readonly before: Coding;
  readonly after: OptionForEdit;
}

function renamedIn({ answerOption = [] }: QuestionnaireItem, options: readonly OptionForEdit[]): readonly RenamedOption[] {
  const known = new Map(answerOption.map((option) => [valueKeyOf(option), option.valueCoding]));
  const left = new Set(options.map(({ code }) => code));
  return options.flatMap((after): readonly RenamedOption[] => {
    const before = known.get(after.key ?? '');
    // Where another option has the old code now, that one is meant.
    const isRenamed = before?.code !== undefined && before.code !== after.code && after.code !== '' && !left.has(before.code);
    return isRenamed ? [{ before, after }] : [];
  });
}

/** As in `isSameValue`: a coding without a system meets the code of any. */
const isMeant = (coding: Coding, before: Coding): boolean =>
  coding.code === before.code && (!coding.system || !before.system || coding.system === before.system);

function recoded(coding: Coding, renamed: readonly RenamedOption[]): Coding {
  const found = renamed.find(({ before }) => isMeant(coding, before));
  if (!found) return coding;
  const { code, display, system } = found.after;
  const named = withMember(coding, 'code', code);
  const spelled = named.display === undefined ? named : withMember(named, 'display', display === '' ? undefined : display);
  return spelled.system === undefined ? spelled : withMember(spelled, 'system', system === '' ? undefined : system);
}

function withCode(condition: EnableWhen, renamed: readonly RenamedOption[]): EnableWhen {
  const { answerCoding } = condition;
  const coding = answerCoding && recoded(answerCoding, renamed);
  return coding === answerCoding ? condition : withMember(condition, 'answerCoding', coding);
}

function withInitial(item: QuestionnaireItem, renamed: readonly RenamedOption[]): QuestionnaireItem {
  const initial = item.initial?.map((value) => {
    const coding = value.valueCoding && recoded(value.valueCoding, renamed);
    return coding === value.valueCoding ? value : withMember(value, 'valueCoding', coding);
  });
  return initial?.some((value, index) => value !== item.initial?.[index]) ? withMember(item, 'initial', initial) : item;
}
