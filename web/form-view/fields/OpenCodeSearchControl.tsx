'use client';

import { AutoComplete, Select } from 'antd';
import { useTranslations } from 'next-intl';
import { answerAsShown, type Choice, choiceText } from '#core/form/options.ts';
import type { AnswerValue } from '#core/form/questionnaire.ts';
import styles from '../FormView.module.css';
import { useForm } from '../form-context.ts';
import { useCodeList } from './CodeList.tsx';
import { ariaOf, type FieldProps, statusOf } from './field.ts';
import { useCodeSearch } from './use-code-search.ts';

/** A choice from a list that is not in the form, or own words. Words that are those of what was found are what was found. */
export function OpenCodeSearchControl(props: FieldProps & { readonly valueSet: string }) {
  const { item, valueSet, answers, onChange, onLeave, id, isReadOnly } = props;
  const { locale } = useForm();
  const t = useTranslations('form');
  const search = useCodeSearch(valueSet);
  const options = distinctWords(search.choices, (choice) => choiceText(choice.value, locale));
  const answerFor = (words: string): AnswerValue => {
    const kept = answers.find((answer) => choiceText(answer, locale) === words);
    const option = options.find(({ value }) => value === words);
    return kept ?? (option ? answerAsShown(option.choice, locale) : { valueString: words });
  };
  const shared = {
    ...ariaOf(props),
    ...useCodeList(search),
    id,
    className: styles.full,
    options,
    status: statusOf(props),
    disabled: isReadOnly,
    allowClear: !item.required,
    placeholder: t('searchOwnWords'),
    popupMatchSelectWidth: false,
    showSearch: { filterOption: false, onSearch: search.search },
    onBlur: onLeave,
  } as const;
  const words = answers.map((answer) => choiceText(answer, locale));
  return item.repeats ? (
    <Select<string[]> {...shared} mode="tags" value={words} onChange={(next) => onChange(next.map(answerFor))} />
  ) : (
    <AutoComplete {...shared} value={words[0] ?? ''} onChange={(next: string | undefined) => onChange(next ? [answerFor(next)] : [])} />
  );
}

/** Here the words are what is chosen by, so those that two concepts share bear their codes. */
function distinctWords(choices: readonly Choice[], wordsOf: (choice: Choice) => string) {
  const seen = new Set<string>();
  return choices.map((choice) => {
    const words = wordsOf(choice);
    const value = seen.has(words) ? `${words} (${choice.value.valueCoding?.code ?? ''})` : words;
    seen.add(words);
    return { value, label: words, choice };
  });
}
