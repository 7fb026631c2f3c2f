'use client';

import { Button, Checkbox, Radio } from 'antd';
import { useTranslations } from 'next-intl';
import styles from '../FormView.module.css';
import { RequiredMark } from '../RequiredMark.tsx';
import { ariaOf, type FieldProps, type FieldView } from './field.ts';

function BooleanControl(props: FieldProps) {
  const { answers, onChange, onLeave, id, labelId, label, item, isReadOnly, isCell } = props;
  const t = useTranslations('form');
  const value = answers[0]?.valueBoolean;
  if (isCheckBox(props)) {
    return (
      <Checkbox
        {...ariaOf(props)}
        id={id}
        className={styles.checkBox}
        checked={value === true}
        disabled={isReadOnly}
        aria-label={isCell ? label : undefined}
        // Unticked is unanswered, so that "required" means that it has to be ticked.
        onChange={({ target }) => onChange(target.checked ? [{ valueBoolean: true }] : [])}
        onBlur={onLeave}
      >
        {isCell ? null : (
          <span id={labelId}>
            {label}
            {item.required ? <RequiredMark /> : null}
          </span>
        )}
      </Checkbox>
    );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: leaving the group is leaving the field.
    <div id={id} className={styles.choices} onBlur={onLeave}>
      <Radio.Group
        {...ariaOf(props)}
        aria-labelledby={labelId}
        className={styles.options}
        disabled={isReadOnly}
        options={[
          { value: true, label: t('yes') },
          { value: false, label: t('no') },
        ]}
        value={value ?? null}
        onChange={({ target }) => onChange([{ valueBoolean: target.value }])}
      />
      {value === undefined || item.required || isReadOnly ? null : <ClearButton onClear={() => onChange([])} />}
    </div>
  );
}

/** Radio buttons cannot be unchosen; an optional answer can. */
export function ClearButton({ onClear }: { readonly onClear: () => void }) {
  const t = useTranslations('form');
  return (
    <Button type="link" size="small" className={styles.clear} onClick={onClear}>
      {t('clear')}
    </Button>
  );
}

const isCheckBox = ({ settings, isCell }: FieldProps): boolean => settings.control === 'check-box' || isCell;

export const booleanField: FieldView = {
  Control: BooleanControl,
  labelling: (props) => (props.isCell ? 'control' : isCheckBox(props) ? 'own' : 'group'),
  isWide: (props) => isCheckBox(props) && props.label.length > 16,
  repeatsItself: false,
};
