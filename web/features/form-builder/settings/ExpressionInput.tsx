'use client';

import { Button, Input } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useTranslations } from 'next-intl';
import { useId, useMemo, useRef, useState } from 'react';
import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { type Completion, completionsAt } from '#core/form-edit/completions.ts';
import { useText } from '#web/lib/use-words.ts';
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

const NOTHING = { from: 0, to: 0, options: [] } as const satisfies ReturnType<typeof completionsAt>;

/** More than this is no help. */
const OFFERED_MAX = 12;

/** FHIRPath for experts: what may follow is offered while it is written, and what it comes to now stands below. */
export function ExpressionInput({ id: given, label, value, onChange, onLeave, isDisabled, item, form }: ExpressionInputProps) {
  const t = useTranslations('formBuilder.expression');
  const own = useId();
  const id = given ?? own;
  const area = useRef<TextAreaRef>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const { text } = useText();
  const { from, to, options } = useMemo(
    () => (cursor === null ? NOTHING : completionsAt(form, item.linkId === '' ? null : item.linkId, value, cursor)),
    [form, item.linkId, value, cursor],
  );
  const where = () => setCursor(area.current?.resizableTextArea?.textArea.selectionStart ?? null);
  const take = ({ insert, cursor: back }: Completion) => {
    onChange(value.slice(0, from) + insert + value.slice(to));
    const at = from + insert.length + back;
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
      {options.length > 0 ? (
        <div className={styles.completions} role="group" aria-label={t('completions')}>
          {options.slice(0, OFFERED_MAX).map((each) => (
            <Button key={each.insert} size="small" onMouseDown={(event) => event.preventDefault()} onClick={() => take(each)}>
              {each.insert} {each.text ? <small>{text(each.text)}</small> : null}
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
