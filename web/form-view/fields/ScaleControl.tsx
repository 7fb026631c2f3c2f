'use client';

import { Radio } from 'antd';
import styles from '../FormView.module.css';
import { ariaOf, type FieldProps } from './field.ts';
import { ScaleEnds } from './ScaleEnds.tsx';

/** Scores are better chosen than slid: a slider with few steps becomes a row of numbers. */
const STEPS_MAX = 11;

export function scaleOf({ settings, isCell, item }: FieldProps): readonly number[] | null {
  const min = settings.minValue?.valueInteger;
  const max = settings.maxValue?.valueInteger;
  if (settings.control !== 'slider' || isCell || item.repeats || min === undefined || max === undefined) return null;
  const count = Math.floor((max - min) / (settings.sliderStep ?? 1)) + 1;
  if (count < 2 || count > STEPS_MAX) return null;
  return Array.from({ length: count }, (_, index) => min + index * (settings.sliderStep ?? 1));
}

export function ScaleControl(props: FieldProps & { readonly scale: readonly number[] }) {
  const { answers, onChange, onLeave, id, labelId, isReadOnly, scale } = props;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: leaving the group is leaving the field.
    <div id={id} onBlur={onLeave}>
      <Radio.Group
        {...ariaOf(props)}
        aria-labelledby={labelId}
        className={styles.scale}
        optionType="button"
        buttonStyle="solid"
        disabled={isReadOnly}
        options={scale.map((value) => ({ value, label: String(value) }))}
        value={answers[0]?.valueInteger ?? null}
        onChange={({ target }) => onChange([{ valueInteger: target.value }])}
      />
      <ScaleEnds {...props} />
    </div>
  );
}
