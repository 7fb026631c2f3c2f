'use client';

import { AuditOutlined, InfoCircleOutlined, LockOutlined, QuestionCircleOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { settingsOf } from '#core/form/extensions.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import styles from './FormView.module.css';
import { useLabel } from './form-context.ts';
import { ItemExtras } from './ItemExtras.tsx';
import { ItemText } from './ItemText.tsx';
import type { RowId } from './model.ts';
import { Protected, usePresence } from './Protected.tsx';

/** Words between the questions. A sign tells what they are for, where the form says it. */
export function Display({ item, row }: { readonly item: QuestionnaireItem; readonly row: RowId }) {
  const label = useLabel(item, row);
  const presence = usePresence(item, row);
  if (presence === 'hidden') return null;
  const { control, displayCategory } = settingsOf(item);
  const category = displayCategory ?? control ?? '';
  const sign = SIGNS[category];
  return (
    <Protected isOn={presence === 'protected'}>
      <div data-link-id={item.linkId} className={`${styles.display} ${styles.wide}`} data-category={sign ? category : undefined}>
        {sign ? <span className={styles.displaySign}>{sign}</span> : null}
        <div className={styles.displayWords}>
          <ItemText item={item} row={row} isBlock />
          <ItemExtras item={item} label={label} />
        </div>
      </div>
    </Protected>
  );
}

const SIGNS: Readonly<Record<string, ReactNode>> = {
  instructions: <InfoCircleOutlined aria-hidden />,
  help: <QuestionCircleOutlined aria-hidden />,
  security: <LockOutlined aria-hidden />,
  legal: <AuditOutlined aria-hidden />,
};
