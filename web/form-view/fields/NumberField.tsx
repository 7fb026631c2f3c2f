'use client';

import { InputNumber, Slider } from 'antd';
import type { AnswerValue } from '#core/form/questionnaire.ts';
import { decimalText } from '#core/form/value.ts';
import styles from '../FormView.module.css';
import { ariaOf, type FieldProps, type FieldView, statusOf } from './field.ts';
import { ScaleControl, scaleOf } from './ScaleControl.tsx';
import { ScaleEnds } from './ScaleEnds.tsx';
import { ScanCode } from './ScanCode.tsx';

const numberOf = (answer: AnswerValue | undefined): number | null => answer?.valueInteger ?? answer?.valueDecimal ?? null;

function NumberControl(props: FieldProps & { readonly answerWith: (value: number) => AnswerValue; readonly isWhole: boolean }) {
  const { answers, onChange, onLeave, id, settings, isReadOnly, answerWith, isWhole } = props;
  return (
    <InputNumber<number>
      {...ariaOf(props)}
      id={id}
      className={styles.full}
      value={numberOf(answers[0])}
      inputMode={isWhole ? 'numeric' : 'decimal'}
      // No min and max here: they would change what was typed instead of saying what is wrong with it.
      formatter={(value) => (value === undefined ? '' : typeof value === 'number' ? decimalText(value) : value)}
      placeholder={settings.entryFormat}
      status={statusOf(props)}
      readOnly={isReadOnly}
      variant={isReadOnly ? 'filled' : 'outlined'}
      controls={false}
      suffix={props.unit}
      onChange={(value) => onChange(value === null ? [] : [answerWith(Number(value))])}
      onBlur={onLeave}
    />
  );
}

/** A slider has no unanswered position, so a number stands beside it that can be empty. */
function SliderControl(props: FieldProps & { readonly answerWith: (value: number) => AnswerValue; readonly isWhole: boolean }) {
  const { answers, onChange, settings, labelId, isReadOnly, answerWith, isWhole } = props;
  const min = numberOf(settings.minValue) ?? 0;
  const max = numberOf(settings.maxValue) ?? 100;
  return (
    <div className={styles.slider}>
      <div>
        <Slider
          ariaLabelledByForHandle={labelId}
          min={min}
          max={max}
          // Without a step of its own a decimal moves in hundredths of the way.
          step={settings.sliderStep ?? (isWhole ? 1 : (max - min) / 100)}
          value={numberOf(answers[0]) ?? min}
          disabled={isReadOnly}
          onChange={(value: number) => onChange([answerWith(value)])}
        />
        <ScaleEnds {...props} />
      </div>
      <NumberControl {...props} />
    </div>
  );
}

const withInteger = (valueInteger: number): AnswerValue => ({ valueInteger });
const withDecimal = (valueDecimal: number): AnswerValue => ({ valueDecimal });

function IntegerControl(props: FieldProps) {
  const scale = scaleOf(props);
  if (scale) return <ScaleControl {...props} scale={scale} />;
  if (props.settings.control === 'qr-code') return <CodeControl {...props} />;
  const Control = isSlider(props) ? SliderControl : NumberControl;
  return <Control {...props} answerWith={withInteger} isWhole />;
}

/** Typed, or read by the camera; a code that is no whole number is not taken. */
function CodeControl(props: FieldProps) {
  const { isReadOnly, onChange } = props;
  const take = (text: string) => {
    if (/^\d{1,15}$/.test(text)) onChange([withInteger(Number(text))]);
  };
  return (
    <div className={styles.codeControl}>
      <NumberControl {...props} answerWith={withInteger} isWhole />
      {isReadOnly ? null : <ScanCode onRead={take} />}
    </div>
  );
}

function DecimalControl(props: FieldProps) {
  const Control = isSlider(props) ? SliderControl : NumberControl;
  return <Control {...props} answerWith={withDecimal} isWhole={false} />;
}

const isSlider = ({ settings, isCell }: FieldProps): boolean => settings.control === 'slider' && !isCell;

export const integerField: FieldView = {
  Control: IntegerControl,
  labelling: (props) => (scaleOf(props) ? 'group' : 'control'),
  isWide: (props) => (scaleOf(props)?.length ?? 0) > 6,
  repeatsItself: false,
};

export const decimalField: FieldView = { Control: DecimalControl, labelling: () => 'control', isWide: () => false, repeatsItself: false };
