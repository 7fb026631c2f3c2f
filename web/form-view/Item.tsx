'use client';

import { settingsOf } from '#core/form/extensions.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import { Field } from './Field.tsx';
import styles from './FormView.module.css';
import { useIsEnabled, useLabel } from './form-context.ts';
import { Group } from './Group.tsx';
import { keyOf, type RowId } from './model.ts';

/** Any item of a form; shown while it is enabled. */
export function Item({ item, row, level }: { readonly item: QuestionnaireItem; readonly row: RowId; readonly level: number }) {
  if (item.type === 'group') return <Group item={item} row={row} level={level} />;
  if (item.type === 'display') return <Display item={item} row={row} />;
  const nested = (item.item ?? []).filter(({ type }) => type !== 'display');
  return (
    <>
      <Field item={item} row={row} />
      {nested.map((child) => (
        <Item key={child.linkId} item={child} row={row} level={level} />
      ))}
    </>
  );
}

function Display({ item, row }: { readonly item: QuestionnaireItem; readonly row: RowId }) {
  const label = useLabel(item, row);
  const isEnabled = useIsEnabled(keyOf(row, item.linkId));
  if (!isEnabled || settingsOf(item).hidden) return null;
  return <p className={`${styles.display} ${styles.wide}`}>{label}</p>;
}
