'use client';

import { CheckCircleFilled, EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import { referenceText } from '#core/form/options.ts';
import styles from '../FormView.module.css';
import { useForm } from '../form-context.ts';
import type { FieldProps } from './field.ts';

/** A deliberate act of the person who is signed in. The door refuses any other name; the time is that of the step that carries it. */
export function SignatureControl(props: FieldProps) {
  const { answers, onChange, onLeave, id, labelId, isReadOnly } = props;
  const { signer, locale } = useForm();
  const t = useTranslations('form');
  const signed = answers[0]?.valueReference;
  if (signed) {
    return (
      <div id={id} className={styles.signature} data-signed role="group" aria-labelledby={labelId} aria-describedby={props.describedBy}>
        <CheckCircleFilled aria-hidden className={styles.signedMark} />
        <span className={styles.signer}>{referenceText(signed, locale)}</span>
        <span className={styles.muted}>{t('signed')}</span>
        {isReadOnly ? null : (
          <Button type="link" size="small" className={styles.touch} onClick={() => onChange([])}>
            {t('unsign')}
          </Button>
        )}
      </div>
    );
  }
  return (
    <div className={styles.signature}>
      <Button
        id={id}
        icon={<EditOutlined aria-hidden />}
        aria-labelledby={`${labelId} ${id}`}
        aria-describedby={props.describedBy}
        danger={props.isInvalid}
        disabled={!signer || isReadOnly}
        onBlur={onLeave}
        onClick={() => signer && onChange([{ valueReference: signer }])}
      >
        {signer?.display ? t('signAs', { name: signer.display }) : t('sign')}
      </Button>
      {signer || isReadOnly ? null : <span className={styles.muted}>{t('cannotSign')}</span>}
    </div>
  );
}
