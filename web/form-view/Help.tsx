'use client';

import { InfoCircleOutlined, QuestionCircleOutlined } from '@ant-design/icons';
import { Popover } from 'antd';
import { useTranslations } from 'next-intl';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import styles from './extras.module.css';
import formStyles from './FormView.module.css';
import { ItemText } from './ItemText.tsx';
import type { RowId } from './model.ts';

interface HelpProps {
  readonly id: string;
  readonly label: string;
  readonly items: readonly QuestionnaireItem[];
  readonly row: RowId;
}

/** Opens and closes the help of a question. */
export function HelpButton({
  id,
  label,
  isOpen,
  onToggle,
}: Pick<HelpProps, 'id' | 'label'> & { readonly isOpen: boolean; onToggle(): void }) {
  const t = useTranslations('form');
  return (
    <button
      type="button"
      className={styles.button}
      aria-label={t('helpFor', { label })}
      aria-expanded={isOpen}
      aria-controls={id}
      onClick={onToggle}
    >
      <QuestionCircleOutlined aria-hidden />
    </button>
  );
}

export function HelpText({ id, items, row, isOpen }: Omit<HelpProps, 'label'> & { readonly isOpen: boolean }) {
  return (
    <div id={id} className={styles.help} hidden={!isOpen}>
      {items.map((item) => (
        <div key={item.linkId}>
          <ItemText item={item} row={row} isBlock />
        </div>
      ))}
    </div>
  );
}

/** A remark that flies over: under the pointer, at the focus, or by a tap. Screen readers get it with the question. */
export function Flyover({ id, label, items, row }: HelpProps) {
  const t = useTranslations('form');
  const words = items.map((item) => (
    <div key={item.linkId}>
      <ItemText item={item} row={row} isBlock />
    </div>
  ));
  return (
    <>
      <Popover content={<div className={styles.flyover}>{words}</div>} trigger={['hover', 'focus']}>
        <button type="button" className={styles.button} aria-label={t('remarkOn', { label })} aria-describedby={id}>
          <InfoCircleOutlined aria-hidden />
        </button>
      </Popover>
      <div id={id} className={formStyles.visuallyHidden}>
        {words}
      </div>
    </>
  );
}
