'use client';

import { InputNumber, Slider } from 'antd';
import type { AnswerValue } from '#core/form/questionnaire.ts';
import { decimalText } from '#core/form/value.ts';
import styles from '../FormView.module.css';
import { ariaOf, type FieldProps, type FieldView, statusOf } from './field.ts';
import { ScaleControl, scaleOf } from './ScaleControl.tsx';
import { ScaleEnds } from './ScaleEnds.tsx';

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
function IntegerControl(props: FieldProps) {
  const { answers, onChange, settings, labelId, isReadOnly } = props;
  const answerWith = (valueInteger: number): AnswerValue => ({ valueInteger });
  const scale = scaleOf(props);
  if (scale) return <ScaleControl {...props} scale={scale} />;
  const number = <NumberControl {...props} answerWith={answerWith} isWhole />;
  if (!isSlider(props)) return number;
  const [min, max] = [settings.minValue?.valueInteger ?? 0, settings.maxValue?.valueInteger ?? 100];
  return (
    <div className={styles.slider}>
      <div>
        <Slider
          ariaLabelledByForHandle={labelId}
          min={min}
          max={max}
          step={settings.sliderStep ?? 1}
          value={answers[0]?.valueInteger ?? min}
          disabled={isReadOnly}
          onChange={(value: number) => onChange([answerWith(value)])}
        />
        <ScaleEnds {...props} />
      </div>
      {number}
    </div>
  );
}

const DecimalControl = (props: FieldProps) => (
  <NumberControl {...props} answerWith={(valueDecimal) => ({ valueDecimal })} isWhole={false} />
);

const isSlider = ({ settings, isCell }: FieldProps): boolean => settings.control === 'slider' && !isCell;

export const integerField: FieldView = {
  Control: IntegerControl,
  labelling: (props) => (scaleOf(props) ? 'group' : 'control'),
  isWide: (props) => (scaleOf(props)?.length ?? 0) > 6,
  repeatsItself: false,
};

export const decimalField: FieldView = { Control: DecimalControl, labelling: () => 'control', isWide: () => false, repeatsItself: false };
