'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { SettingName } from '#core/form-edit/item-changes.ts';
import styles from '../FormBuilder.module.css';

/** Of an item, or of the form as a whole. */
export type LabelName = SettingName | 'launched';

export interface LabelledProps {
  readonly id: string;
  readonly name: LabelName;
  /** Several controls under one name are a group. */
  readonly isGroup?: boolean;
  readonly hint?: string | undefined;
  readonly children: ReactNode;
}

/** The name of a setting over its control. */
export function Labelled({ id, name, isGroup = false, hint, children }: LabelledProps) {
  const t = useTranslations('formBuilder.settings');
  const words = (
    <>
      {t(name)}
      {hint ? <small id={`${id}-hint`}>{hint}</small> : null}
    </>
  );
  return isGroup ? (
    <fieldset className={styles.setting}>
      <legend>{words}</legend>
      {children}
    </fieldset>
  ) : (
    <div className={styles.setting}>
      <label htmlFor={id}>{words}</label>
      {children}
    </div>
  );
}
