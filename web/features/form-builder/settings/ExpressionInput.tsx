'use client';

import { Button, Input } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useTranslations } from 'next-intl';
import { useId, useMemo, useRef, useState } from 'react';
import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { completionsAt } from '#core/form-edit/expression-help.ts';
import styles from '../FormBuilder.module.css';
import { LiveValue } from './LiveValue.tsx';

export interface ExpressionInputProps {
  readonly id?: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onLeave: () => void;
  readonly isDisabled: boolean;
  readonly item: QuestionnaireItem;
  readonly form: Questionnaire;
}

/** FHIRPath for experts: what may follow is offered while it is written, and what it comes to now stands below. */
export function ExpressionInput({ id: given, label, value, onChange, onLeave, isDisabled, item, form }: ExpressionInputProps) {
  const t = useTranslations('formBuilder.expression');
  const own = useId();
  const id = given ?? own;
  const area = useRef<TextAreaRef>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const completions = useMemo(
    () => (cursor === null ? [] : completionsAt(form, item.linkId === '' ? null : item.linkId, value, cursor).slice(0, 12)),
    [form, item.linkId, value, cursor],
  );
  const where = () => setCursor(area.current?.resizableTextArea?.textArea.selectionStart ?? null);
  const take = ({ text, from, to }: (typeof completions)[number]) => {
    onChange(value.slice(0, from) + text + value.slice(to));
    const at = from + text.length;
    setCursor(at);
    requestAnimationFrame(() => {
      const element = area.current?.resizableTextArea?.textArea;
      element?.focus();
      element?.setSelectionRange(at, at);
    });
  };
  return (
    <div className={styles.expression}>
      <Input.TextArea
        ref={area}
        id={id}
        aria-label={label}
        aria-describedby={`${id}-value`}
        spellCheck={false}
        autoSize={{ minRows: 1, maxRows: 8 }}
        disabled={isDisabled}
        value={value}
        onChange={({ target }) => {
          onChange(target.value);
          setCursor(target.selectionStart);
        }}
        onSelect={where}
        onBlur={onLeave}
      />
      {completions.length > 0 ? (
        <div className={styles.completions} role="group" aria-label={t('completions')}>
          {completions.map((each) => (
            <Button key={each.text} size="small" onMouseDown={(event) => event.preventDefault()} onClick={() => take(each)}>
              {each.label ?? each.text}
            </Button>
          ))}
        </div>
      ) : null}
      <span id={`${id}-value`} className={styles.liveValue} aria-live="polite">
        {value.trim() === '' ? null : <LiveValue form={form} linkId={item.linkId} expression={value} />}
      </span>
    </div>
  );
}
