'use client';

import { Checkbox, Radio, Select } from 'antd';
import { useTranslations } from 'next-intl';
import { answerOf, type Choice } from '#core/form/options.ts';
import type { AnswerValue } from '#core/form/questionnaire.ts';
import { isSameValue } from '#core/form/value.ts';
import styles from '../FormView.module.css';
import { OptionLabel } from '../OptionLabel.tsx';
import { useOptionText } from '../use-option-text.ts';
import { ClearButton } from './BooleanField.tsx';
import { CodeSearchControl } from './CodeSearchControl.tsx';
import { ariaOf, type FieldProps, type FieldView, statusOf } from './field.ts';

/** More than this is a list to open. */
const RADIOS_MAX = 5;
const CHECK_BOXES_MAX = 8;
/** Options with longer words stand below each other. */
const SHORT_OPTION_LENGTH = 14;

export function isDropDown({ settings, choices, valueSet, item, isCell }: FieldProps): boolean {
  const { control } = settings;
  if (valueSet !== null || isCell || control === 'drop-down' || control === 'autocomplete') return true;
  if (control === 'radio-button' || control === 'check-box' || choices.some(({ media }) => media)) return false;
  return choices.length > (item.repeats ? CHECK_BOXES_MAX : RADIOS_MAX);
}

/** Options that were chosen, also those that the form no longer has: they must be seen to be mended. */
export const chosenKeys = (choices: readonly Choice[], answers: readonly AnswerValue[]): readonly string[] =>
  answers.flatMap((answer) => choices.find((choice) => isSameValue(choice.value, answer))?.key ?? []);

/** An exclusive option puts the others out, and any other puts it out. */
export function answersFor(choices: readonly Choice[], keys: readonly string[]): readonly AnswerValue[] {
  const chosen = keys.flatMap((key) => choices.find((choice) => choice.key === key) ?? []);
  const last = chosen.at(-1);
  if (!last) return [];
  const kept = last.isExclusive ? [last] : chosen.filter((choice) => !choice.isExclusive);
  return kept.map(answerOf);
}

function ChoiceControl(props: FieldProps) {
  return props.valueSet === null ? <ListedChoiceControl {...props} /> : <CodeSearchControl {...props} valueSet={props.valueSet} />;
}

/** The list is in the form. */
function ListedChoiceControl(props: FieldProps) {
  const { item, choices, answers, onChange, onLeave, id, labelId, isReadOnly } = props;
  const textOf = useOptionText();
  const t = useTranslations('form');
  const options = choices.map((choice) => ({ value: choice.key, label: textOf(choice) }));
  const keys = chosenKeys(choices, answers);
  if (isDropDown(props)) {
    const shared = {
      ...ariaOf(props),
      id,
      className: styles.full,
      options,
      status: statusOf(props),
      disabled: isReadOnly,
      allowClear: !item.required,
      placeholder: t('choose'),
      showSearch: { optionFilterProp: 'label' },
      notFoundContent: t('nothingFound'),
      popupMatchSelectWidth: false,
      onBlur: onLeave,
    } as const;
    return item.repeats ? (
      <Select<string[]> {...shared} mode="multiple" value={[...keys]} onChange={(next) => onChange(answersFor(choices, next))} />
    ) : (
      <Select<string> {...shared} value={keys[0]} onChange={(next) => onChange(next === undefined ? [] : answersFor(choices, [next]))} />
    );
  }
  const isStacked = isVertical(props, options);
  const labelled = choices.map((choice) => ({ value: choice.key, label: <OptionLabel choice={choice} words={textOf(choice)} /> }));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: leaving the group is leaving the field.
    <div id={id} className={styles.choices} onBlur={onLeave}>
      {item.repeats ? (
        <div role="group" aria-labelledby={labelId} aria-describedby={props.describedBy}>
          <Checkbox.Group
            className={isStacked ? styles.optionsStacked : styles.options}
            options={labelled}
            disabled={isReadOnly}
            value={[...keys]}
            // The group gives its order, not the order of ticking: the one ticked last decides what is exclusive.
            onChange={(next) => onChange(answersFor(choices, lastTicked(keys, next)))}
          />
        </div>
      ) : (
        <Radio.Group
          {...ariaOf(props)}
          aria-labelledby={labelId}
          className={isStacked ? styles.optionsStacked : styles.options}
          options={labelled}
          disabled={isReadOnly}
          value={keys[0] ?? null}
          onChange={({ target }) => onChange(answersFor(choices, [target.value]))}
        />
      )}
      {!item.repeats && keys.length > 0 && !item.required && !isReadOnly ? <ClearButton onClear={() => onChange([])} /> : null}
    </div>
  );
}

export const lastTicked = (before: readonly string[], now: readonly string[]): readonly string[] => [
  ...now.filter((key) => before.includes(key)),
  ...now.filter((key) => !before.includes(key)),
];

export function isVertical({ settings }: FieldProps, options: readonly { readonly label: string }[]): boolean {
  if (settings.orientation) return settings.orientation === 'vertical';
  return options.some(({ label }) => widthOf(label) > SHORT_OPTION_LENGTH * 2);
}

/** A Chinese character is as wide as two letters. */
const widthOf = (text: string): number => [...text].reduce((width, mark) => width + (mark.charCodeAt(0) > 0x2e7f ? 2 : 1), 0);

export const choiceField: FieldView = {
  Control: ChoiceControl,
  labelling: (props) => (isDropDown(props) ? 'control' : 'group'),
  isWide: (props) => !isDropDown(props) && (props.item.repeats === true || props.choices.length > 4),
  repeatsItself: true,
};
