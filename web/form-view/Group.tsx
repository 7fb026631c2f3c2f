'use client';

import { settingsOf } from '#core/form/extensions.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import styles from './FormView.module.css';
import { elementIds, useForm, useIsEnabled, useLabel } from './form-context.ts';
import { Item } from './Item.tsx';
import { isTable, keyOf, type RowId } from './model.ts';
import { RepeatingGroup } from './RepeatingGroup.tsx';
import { TableGroup } from './TableGroup.tsx';

interface GroupProps {
  readonly item: QuestionnaireItem;
  readonly row: RowId;
  /** Level of the heading. */
  readonly level: number;
}

/** A group inside a section. */
export function Group({ item, row, level }: GroupProps) {
  const { id } = useForm();
  const text = useLabel(item, row);
  const key = keyOf(row, item.linkId);
  const isEnabled = useIsEnabled(key);
  const { hidden, collapsible } = settingsOf(item);
  if (!isEnabled || hidden) return null;
  const { field, label } = elementIds(id, key);
  const Heading = `h${Math.min(level, 6)}` as 'h4';
  const title = text ? (
    <Heading id={label} className={styles.groupTitle}>
      {item.prefix ? <span className={styles.prefix}>{item.prefix}</span> : null}
      {text}
    </Heading>
  ) : null;
  const body = <GroupBody item={item} row={row} level={level + 1} />;
  if (collapsible && title) {
    return (
      <details id={field} className={`${styles.group} ${styles.wide}`} open={collapsible === 'default-open'}>
        <summary>{title}</summary>
        {body}
      </details>
    );
  }
  return (
    <div id={field} className={`${styles.group} ${styles.wide}`} role="group" aria-labelledby={title ? label : undefined}>
      {title}
      {body}
    </div>
  );
}

/** What is inside a group: its fields, its rows as cards, or its rows as a table. */
export function GroupBody({ item, row, level }: GroupProps) {
  if (item.repeats) return isTable(item) ? <TableGroup item={item} row={row} /> : <RepeatingGroup item={item} row={row} level={level} />;
  return (
    <div className={styles.fields}>
      {(item.item ?? []).map((child) => (
        <Item key={child.linkId} item={child} row={row} level={level} />
      ))}
    </div>
  );
}
