'use client';

import { useController } from 'react-hook-form';
import { type Displays, displaysOf } from '#core/form/displays.ts';
import { expressionsOf } from '#core/form/expression/expressions.ts';
import { asOverride, isOverride } from '#core/form/expression/override.ts';
import { settingsOf } from '#core/form/extensions.ts';
import { labelOf } from '#core/form/localize.ts';
import { type Choice, choicesOf } from '#core/form/options.ts';
import type { QuestionnaireItem, QuestionType } from '#core/form/questionnaire.ts';
import { externalValueSet } from '#core/form/terminology/place.ts';
import { valueKeyOf } from '#core/form/value.ts';
import type { FieldProps, FieldView } from './fields/field.ts';
import { FIELDS } from './fields/index.ts';
import { elementIds, useComputedOptions, useForm, useIssue, useLabel } from './form-context.ts';
import { answersAt, type FieldKey, keyOf, type RowId } from './model.ts';
import type { ComputedOptions } from './store.ts';

export interface FieldState {
  readonly key: FieldKey;
  readonly ids: ReturnType<typeof elementIds>;
  readonly view: FieldView;
  readonly props: FieldProps;
  readonly displays: Displays;
  /** For what the question must be answered, where it need not be in any case. */
  readonly needed: string | undefined;
  /** Gives up what a person put in the place of a computed value; null where there is no such thing. */
  readonly useComputed: (() => void) | null;
}

export interface FieldPlace {
  readonly item: QuestionnaireItem;
  readonly row: RowId;
  readonly isCell: boolean;
}

/** One question as the form holds it: its answers, what may be chosen, what is wrong, and the ids that tie its parts together. */
export function useField({ item, row, isCell }: FieldPlace): FieldState {
  const { id, control, leave, questionnaire, locale, isReadOnly, neededFor, remarks, store } = useForm();
  const key = keyOf(row, item.linkId);
  const { field } = useController({ name: key, control });
  const issue = useIssue(key);
  const label = useLabel(item, row);
  const ids = elementIds(id, key);
  const answers = answersAt({ [key]: field.value ?? [] }, key);
  const displays = displaysOf(item);
  const settings = settingsOf(item);
  const computed = useComputedOptions(key);
  const choices = offered(choicesOf(questionnaire, item) ?? [], computed);
  const isOverridable = expressionsOf(item).calculated !== undefined && item.readOnly !== true;
  const needed = item.required ? undefined : neededFor.get(item.linkId);
  const hasHints = displays.hints.length > 0 || hasEndsInWords(item) || needed !== undefined;
  const wordsOf = (display: QuestionnaireItem | null) => (display ? labelOf(display, locale) : undefined);
  const props: FieldProps = {
    item,
    settings,
    choices,
    valueSet: computed?.values ? null : externalValueSet(questionnaire, item),
    label,
    unit: settings.unit?.display ?? settings.unit?.code ?? wordsOf(displays.unit),
    lower: wordsOf(displays.lower),
    upper: wordsOf(displays.upper),
    answers,
    onChange: isOverridable ? (given) => field.onChange(given.map(asOverride)) : field.onChange,
    onLeave: () => leave(key),
    onPending: (code) => store.hold(key, code),
    id: ids.control,
    labelId: ids.label,
    describedBy: [
      remarks.has(item.linkId) ? ids.remarks : '',
      hasHints ? ids.help : '',
      displays.flyovers.length > 0 ? ids.flyover : '',
      ids.issue,
    ]
      .filter(Boolean)
      .join(' '),
    isInvalid: issue !== null,
    isReadOnly: isReadOnly || item.readOnly === true,
    isCell,
  };
  return {
    key,
    ids,
    view: FIELDS[item.type as QuestionType],
    props,
    displays,
    needed,
    useComputed: isOverridable && !isReadOnly && answers.some(isOverride) ? () => field.onChange([]) : null,
  };
}

/** Without a scale to stand at, the words for its ends explain the number. */
export function hasEndsInWords(item: QuestionnaireItem): boolean {
  const { lower, upper } = displaysOf(item);
  return (lower !== null || upper !== null) && settingsOf(item).control !== 'slider';
}

/** What can be chosen now: computed options in place of the form's own, without what is withdrawn. */
function offered(choices: readonly Choice[], computed: ComputedOptions | undefined): readonly Choice[] {
  if (!computed) return choices;
  const listed = computed.values?.map((value) => ({ key: valueKeyOf(value), value, isExclusive: false })) ?? choices;
  return listed.filter(({ key }) => !computed.withdrawn.includes(key));
}
