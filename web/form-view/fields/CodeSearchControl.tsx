'use client';

import { Select } from 'antd';
import { useTranslations } from 'next-intl';
import { answerAsShown, choiceText } from '#core/form/options.ts';
import type { AnswerValue } from '#core/form/questionnaire.ts';
import { valueKeyOf } from '#core/form/value.ts';
import styles from '../FormView.module.css';
import { useForm } from '../form-context.ts';
import { useCodeList } from './CodeList.tsx';
import { ariaOf, type FieldProps, statusOf } from './field.ts';
import { useCodeSearch } from './use-code-search.ts';

interface Labelled {
  readonly value: string;
  readonly label: string;
}

/** A choice from a list that is not in the form. What was chosen keeps its words, whatever is found later. */
export function CodeSearchControl(props: FieldProps & { readonly valueSet: string }) {
  const { item, valueSet, answers, onChange, onLeave, id, isReadOnly } = props;
  const { locale } = useForm();
  const t = useTranslations('form');
  const search = useCodeSearch(valueSet);
  const asOption = (answer: AnswerValue): Labelled => ({ value: valueKeyOf(answer), label: choiceText(answer, locale) });
  const answerFor = ({ value }: Labelled): readonly AnswerValue[] => {
    const kept = answers.find((answer) => valueKeyOf(answer) === value);
    const choice = search.choices.find(({ key }) => key === value);
    return kept ? [kept] : choice ? [answerAsShown(choice, locale)] : [];
  };
  const shared = {
    ...ariaOf(props),
    ...useCodeList(search),
    id,
    className: styles.full,
    labelInValue: true,
    options: search.choices.map((choice) => ({ value: choice.key, label: choiceText(choice.value, locale), choice })),
    showSearch: { filterOption: false, onSearch: search.search },
    status: statusOf(props),
    disabled: isReadOnly,
    allowClear: !item.required,
    placeholder: t('searchList'),
    popupMatchSelectWidth: false,
    loading: search.state === 'searching',
    onBlur: onLeave,
  } as const;
  return item.repeats ? (
    <Select<Labelled[]> {...shared} mode="multiple" value={answers.map(asOption)} onChange={(next) => onChange(next.flatMap(answerFor))} />
  ) : (
    <Select<Labelled | null>
      {...shared}
      value={answers[0] ? asOption(answers[0]) : null}
      onChange={(next) => onChange(next ? answerFor(next) : [])}
    />
  );
}
