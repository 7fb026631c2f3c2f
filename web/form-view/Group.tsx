'use client';

import { useMemo } from 'react';
import { settingsOf } from '#core/form/extensions.ts';
import { type Layout, layoutOf } from '#core/form/layout.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import styles from './FormView.module.css';
import { elementIds, useForm, useLabel } from './form-context.ts';
import { GridGroup } from './GridGroup.tsx';
import { Item } from './Item.tsx';
import { ItemExtras } from './ItemExtras.tsx';
import { ItemText } from './ItemText.tsx';
import { MatrixGroup } from './MatrixGroup.tsx';
import { keyOf, type RowId } from './model.ts';
import { Protected, usePresence } from './Protected.tsx';
import { RepeatingGroup } from './RepeatingGroup.tsx';
import { TabGroup } from './TabGroup.tsx';
import { TableGroup } from './TableGroup.tsx';

export interface GroupProps {
  readonly item: QuestionnaireItem;
  readonly row: RowId;
  /** Level of the heading. */
  readonly level: number;
}

/** A group inside a section. */
export function Group({ item, row, level }: GroupProps) {
  const { id } = useForm();
  const text = useLabel(item, row);
  const presence = usePresence(item, row);
  if (presence === 'hidden') return null;
  const { collapsible } = settingsOf(item);
  const { field, label } = elementIds(id, keyOf(row, item.linkId));
  const Heading = `h${Math.min(level, 6)}` as 'h4';
  const title = text ? (
    <Heading id={label} className={styles.groupTitle}>
      {item.prefix ? <span className={styles.prefix}>{item.prefix}</span> : null}
      <ItemText item={item} row={row} />
    </Heading>
  ) : null;
  const body = (
    <Protected isOn={presence === 'protected'}>
      <ItemExtras item={item} label={text} />
      <GroupBody item={item} row={row} level={level + 1} />
    </Protected>
  );
  if (collapsible && title) {
    return (
      <details id={field} data-link-id={item.linkId} className={`${styles.group} ${styles.wide}`} open={collapsible === 'default-open'}>
        <summary>{title}</summary>
        {body}
      </details>
    );
  }
  return (
    <div
      id={field}
      data-link-id={item.linkId}
      className={`${styles.group} ${styles.wide}`}
      role="group"
      aria-labelledby={title ? label : undefined}
    >
      {title}
      {body}
    </div>
  );
}

/** What is inside a group, in the layout that it asks for. */
export function GroupBody(props: GroupProps) {
  const { questionnaire } = useForm();
  const { item } = props;
  const layout = useMemo(() => layoutOf(questionnaire, item), [questionnaire, item]);
  return bodyIn(layout, props);
}

function bodyIn(layout: Layout, props: GroupProps) {
  switch (layout.kind) {
    case 'rows':
      return <RepeatingGroup {...props} />;
    case 'table':
      return <TableGroup {...props} />;
    case 'tabs':
      return <TabGroup {...props} layout={layout} />;
    case 'matrix':
      return <MatrixGroup {...props} layout={layout} />;
    case 'grid':
      return <GridGroup {...props} layout={layout} />;
    case 'fields':
      return <Items {...props} items={props.item.item ?? []} />;
  }
}

/** Items one after the other, as many beside each other as there is room for. */
export function Items({ items, row, level }: Omit<GroupProps, 'item'> & { readonly items: readonly QuestionnaireItem[] }) {
  if (items.length === 0) return null;
  return (
    <div className={styles.fields}>
      {items.map((child) => (
        <Item key={child.linkId} item={child} row={row} level={level} />
      ))}
    </div>
  );
}
