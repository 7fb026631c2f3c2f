'use client';

import { AutoComplete, Input, Radio, Select } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { answerOf, choiceText } from '#core/form/options.ts';
import type { AnswerValue } from '#core/form/questionnaire.ts';
import styles from '../FormView.module.css';
import { useForm } from '../form-context.ts';
import { OptionLabel } from '../OptionLabel.tsx';
import { useOptionText } from '../use-option-text.ts';
import { ClearButton } from './BooleanField.tsx';
import { chosenKeys, isDropDown, isVertical } from './ChoiceField.tsx';
import { ariaOf, type FieldProps, type FieldView, statusOf } from './field.ts';
import { OpenCodeSearchControl } from './OpenCodeSearchControl.tsx';

const OTHER = 'other:';

function OpenChoiceControl(props: FieldProps) {
  return props.valueSet === null ? <ListedOpenChoiceControl {...props} /> : <OpenCodeSearchControl {...props} valueSet={props.valueSet} />;
}

/** The list is in the form. */
function ListedOpenChoiceControl(props: FieldProps) {
  const { item, choices, answers, onChange, onLeave, id, isReadOnly } = props;
  const { locale } = useForm();
  const textOf = useOptionText();
  const t = useTranslations('form');
  const options = choices.map((choice) => ({ value: choiceText(choice.value, locale), label: textOf(choice) }));
  /** Words that are those of an option are the option. */
  const answerFor = (words: string): AnswerValue => {
    const choice = choices.find(({ value }) => choiceText(value, locale) === words);
    return choice ? answerOf(choice) : { valueString: words };
  };
  const words = answers.map((answer) => wordsOf(answer, choices, locale));
  const shared = {
    ...ariaOf(props),
    id,
    className: styles.full,
    options,
    status: statusOf(props),
    disabled: isReadOnly,
    placeholder: t('ownWords'),
    onBlur: onLeave,
  } as const;
  if (item.repeats) {
    return <Select<string[]> {...shared} mode="tags" value={words} onChange={(next) => onChange(next.map(answerFor))} />;
  }
  if (!isDropDown(props)) return <RadiosWithOther {...props} />;
  return (
    <AutoComplete
      {...shared}
      allowClear
      value={words[0] ?? ''}
      showSearch={{ filterOption: (typed, option) => String(option?.label).toLowerCase().includes(typed.toLowerCase()) }}
      onChange={(next: string | undefined) => onChange(next ? [answerFor(next)] : [])}
    />
  );
}

function RadiosWithOther(props: FieldProps) {
  const { choices, answers, onChange, onLeave, id, labelId, item, isReadOnly } = props;
  const textOf = useOptionText();
  const t = useTranslations('form');
  const [answer] = answers;
  const [key] = chosenKeys(choices, answers);
  // "Other" is chosen before its words are written, when there is no answer yet.
  const [isOther, setOther] = useState(answer !== undefined && key === undefined);
  const options = [...choices.map((choice) => ({ value: choice.key, label: textOf(choice) })), { value: OTHER, label: t('other') }];
  const labelled = [
    ...choices.map((choice) => ({ value: choice.key, label: <OptionLabel choice={choice} words={textOf(choice)} /> })),
    { value: OTHER, label: t('other') },
  ];
  const choose = (next: string) => {
    setOther(next === OTHER);
    const choice = choices.find((each) => each.key === next);
    onChange(choice ? [answerOf(choice)] : []);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: leaving the group is leaving the field.
    <div id={id} className={styles.choices} onBlur={onLeave}>
      <Radio.Group
        {...ariaOf(props)}
        aria-labelledby={labelId}
        className={isVertical(props, options) ? styles.optionsStacked : styles.options}
        options={labelled}
        disabled={isReadOnly}
        value={isOther ? OTHER : (key ?? null)}
        onChange={({ target }) => choose(target.value)}
      />
      {isOther ? (
        <Input
          className={styles.otherWords}
          aria-label={`${props.label}: ${t('otherLabel')}`}
          placeholder={t('otherLabel')}
          status={statusOf(props)}
          disabled={isReadOnly}
          value={answer?.valueString ?? ''}
          onChange={({ target }) => onChange(target.value === '' ? [] : [{ valueString: target.value }])}
        />
      ) : null}
      {(isOther || key !== undefined) && !item.required && !isReadOnly ? (
        <ClearButton
          onClear={() => {
            setOther(false);
            onChange([]);
          }}
        />
      ) : null}
    </div>
  );
}

function wordsOf(answer: AnswerValue, choices: FieldProps['choices'], locale: Parameters<typeof choiceText>[1]): string {
  const [key] = chosenKeys(choices, [answer]);
  const choice = choices.find((each) => each.key === key);
  return choiceText(choice?.value ?? answer, locale);
}

export const openChoiceField: FieldView = {
  Control: OpenChoiceControl,
  labelling: (props) => (isDropDown(props) || props.item.repeats ? 'control' : 'group'),
  isWide: (props) => props.item.repeats !== true && !isDropDown(props) && props.choices.length > 3,
  repeatsItself: true,
};
