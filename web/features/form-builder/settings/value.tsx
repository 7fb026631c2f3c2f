'use client';

import { DatePicker, Input, InputNumber, Select, TimePicker } from 'antd';
import dayjs from 'dayjs';
import { useTranslations } from 'next-intl';
import { answerOf, choicesOf, choiceText } from '#core/form/options.ts';
import type { AnswerValue, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { valueKeyOf } from '#core/form/value.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from '../FormBuilder.module.css';
import { Labelled } from './Labelled.tsx';
import type { SettingProps } from './setting-field.ts';

/** What a question begins with; of several values the first is shown. */
export const InitialField = ({ id, value, onChange, ...rest }: SettingProps<readonly AnswerValue[]>) => (
  <Labelled id={id} name="initial">
    <ValueInput
      {...rest}
      id={id}
      value={value[0] ?? null}
      onChange={(next) => onChange(next ? [next, ...value.slice(1)] : value.slice(1))}
    />
  </Labelled>
);

export const limitField =
  (name: 'minValue' | 'maxValue') =>
  ({ id, ...rest }: SettingProps<AnswerValue | null>) => (
    <Labelled id={id} name={name}>
      <ValueInput id={id} {...rest} />
    </Labelled>
  );

export interface ValueInputProps {
  readonly id: string;
  readonly label?: string;
  readonly value: AnswerValue | null;
  readonly onChange: (value: AnswerValue | null) => void;
  readonly isDisabled: boolean;
  readonly item: QuestionnaireItem;
  readonly form: Questionnaire;
  readonly onLeave?: () => void;
}

/** A value that fits the type of a question. */
export function ValueInput({ id, label, value, onChange, isDisabled, item, form, onLeave }: ValueInputProps) {
  const t = useTranslations('formBuilder.values');
  const { locale } = useText();
  const shared = { id, className: styles.full, disabled: isDisabled, ...(label ? { 'aria-label': label } : {}), onBlur: onLeave } as const;
  switch (item.type) {
    case 'boolean':
      return (
        <Select
          {...shared}
          allowClear
          placeholder={t('unset')}
          value={value?.valueBoolean}
          onChange={(valueBoolean?: boolean) => onChange(valueBoolean === undefined ? null : { valueBoolean })}
          options={[
            { value: true, label: t('yes') },
            { value: false, label: t('no') },
          ]}
        />
      );
    case 'integer':
    case 'decimal': {
      const isWhole = item.type === 'integer';
      return (
        <InputNumber
          {...shared}
          value={value?.valueInteger ?? value?.valueDecimal ?? null}
          {...(isWhole ? { precision: 0 } : {})}
          onChange={(number) => onChange(number === null ? null : isWhole ? { valueInteger: number } : { valueDecimal: number })}
        />
      );
    }
    case 'quantity':
      return (
        <InputNumber
          {...shared}
          value={value?.valueQuantity?.value ?? null}
          onChange={(number) => onChange(number === null ? null : { valueQuantity: { ...value?.valueQuantity, value: number } })}
        />
      );
    case 'date':
      return (
        <DatePicker
          {...shared}
          value={value?.valueDate ? dayjs(value.valueDate) : null}
          onChange={(day) => onChange(day ? { valueDate: day.format('YYYY-MM-DD') } : null)}
        />
      );
    case 'dateTime':
      return (
        <DatePicker
          {...shared}
          showTime={{ format: 'HH:mm' }}
          value={value?.valueDateTime ? dayjs(value.valueDateTime) : null}
          onChange={(day) => onChange(day ? { valueDateTime: day.format('YYYY-MM-DDTHH:mm:ssZ') } : null)}
        />
      );
    case 'time':
      return (
        <TimePicker
          {...shared}
          format="HH:mm"
          value={value?.valueTime ? dayjs(`2000-01-01T${value.valueTime}`) : null}
          onChange={(time) => onChange(time ? { valueTime: time.format('HH:mm:ss') } : null)}
        />
      );
    case 'choice':
    case 'open-choice': {
      const choices = choicesOf(form, item) ?? [];
      const key = value === null ? undefined : valueKeyOf(value);
      return (
        <Select
          {...shared}
          allowClear
          placeholder={t('unset')}
          value={choices.find((choice) => choice.key === key || choice.value.valueCoding?.code === value?.valueCoding?.code)?.key}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(chosen?: string) => {
            const choice = choices.find((each) => each.key === chosen);
            onChange(choice ? answerOf(choice) : null);
          }}
          options={choices.map((choice) => ({ value: choice.key, label: choiceText(choice.value, locale) }))}
        />
      );
    }
    default:
      return (
        <Input
          {...shared}
          value={(item.type === 'url' ? value?.valueUri : value?.valueString) ?? ''}
          onChange={({ target }) =>
            onChange(target.value === '' ? null : item.type === 'url' ? { valueUri: target.value } : { valueString: target.value })
          }
        />
      );
  }
}
