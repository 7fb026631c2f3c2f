'use client';

import { QRCode } from 'antd';
import { valueText } from '#core/form/summary.ts';
import styles from '../FormView.module.css';
import { useForm } from '../form-context.ts';
import { Masked } from '../Masked.tsx';
import type { FieldProps } from './field.ts';

/** What the system filled in is text, not a control that refuses to work. */
export function StaticAnswers({ item, settings, answers, id }: FieldProps) {
  const { questionnaire, locale, zone } = useForm();
  const words = answers.map((answer) => valueText(questionnaire, item, answer, locale, { zone }));
  if (settings.control === 'qr-code' && !settings.isMasked && words.length > 0) return <ShownCode id={id} text={words.join('')} />;
  return (
    <output id={id} className={styles.static}>
      {settings.isMasked && words.length > 0 ? <Masked text={words.join(', ')} /> : words.join('\n') || '–'}
    </output>
  );
}

/** To be read off a screen by another phone, or by eye. */
function ShownCode({ id, text }: { readonly id: string; readonly text: string }) {
  return (
    <div className={styles.code}>
      <output id={id}>{text}</output>
      <span aria-hidden>
        <QRCode type="svg" value={text} size={200} color="#000" bgColor="#fff" />
      </span>
    </div>
  );
}
