'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { InboxList, InboxRow } from '#api/views/inbox.ts';
import { useText } from '#web/lib/use-words.ts';
import { SlaBadge } from '#web/ui/SlaBadge.tsx';
import { StateTag } from '#web/ui/StateTag.tsx';
import { SuspendedTag } from '#web/ui/SuspendedTag.tsx';
import { Tag } from '#web/ui/Tag.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import { UrgencyMark } from '#web/ui/UrgencyMark.tsx';
import styles from './InboxGrid.module.css';
import type { InboxGridProps } from './InboxGrid.tsx';

interface RowProps extends Pick<InboxGridProps, 'list' | 'isPhone' | 'onSelect' | 'onOpen' | 'opensOnClick'> {
  readonly row: InboxRow;
  readonly index: number;
  readonly top: number;
  readonly isSelected: boolean;
  /** Selected by the person, and not just the first of a list that was opened. */
  readonly isChosen: boolean;
  readonly isFocusable: boolean;
  readonly measure: (element: HTMLElement | null) => void;
}

export function InboxGridRow({
  list,
  row,
  index,
  top,
  isSelected,
  isChosen,
  isFocusable,
  opensOnClick,
  measure,
  onSelect,
  onOpen,
}: RowProps) {
  const t = useTranslations('inbox');
  const common = useTranslations('common');
  const { text, name } = useText();
  const isWorklist = list === 'todo' || list === 'claimable';
  const element = useRef<HTMLDivElement>(null);
  // With j and k the focus goes along, but only when it is in the list or nowhere.
  useEffect(() => {
    const active = document.activeElement;
    if (isChosen && (active === document.body || active?.closest('[role="grid"]'))) element.current?.focus({ preventScroll: true });
  }, [isChosen]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const sibling = event.key === 'ArrowDown' ? 'nextElementSibling' : event.key === 'ArrowUp' ? 'previousElementSibling' : null;
    if (sibling === null) return;
    event.preventDefault();
    const target = event.currentTarget[sibling];
    if (target instanceof HTMLElement) target.focus();
  };

  return (
    <div
      ref={(node) => {
        element.current = node;
        measure(node);
      }}
      data-index={index}
      className={styles.row}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      tabIndex={isFocusable ? 0 : -1}
      data-urgency={row.urgency}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => (opensOnClick ? onOpen(row) : onSelect(row))}
      onDoubleClick={() => onOpen(row)}
      onFocus={() => (opensOnClick ? undefined : onSelect(row))}
      onKeyDown={onKeyDown}
    >
      <span role="gridcell" className={styles.what}>
        <span className={styles.title}>
          <UrgencyMark urgency={row.urgency} />
          <strong>{text(row.title) || text(row.serviceName)}</strong>
        </span>
        <span className={styles.facts}>
          {row.hasPatient ? <span>{row.patient ?? t('noPatient')}</span> : null}
          <span>{row.number}</span>
          <span>{name(row.from)}</span>
        </span>
      </span>
      <span role="gridcell" className={styles.step}>
        {row.taskName ? <span>{text(row.taskName)}</span> : null}
        {row.phase ? row.taskName ? <small>{common(`phase.${row.phase}`)}</small> : <span>{common(`phase.${row.phase}`)}</span> : null}
      </span>
      <span role="gridcell" className={styles.due}>
        <Mark list={list} row={row} />
      </span>
      {isWorklist ? (
        <span role="gridcell" className={styles.who}>
          {row.assignee?.name ?? <em>{common('unclaimed')}</em>}
        </span>
      ) : null}
      <span role="gridcell" className={styles.age}>
        <TimeText at={list === 'done' && row.doneAt ? row.doneAt : row.createdAt} />
      </span>
    </div>
  );
}

function Mark({ list, row }: { readonly list: InboxList; readonly row: InboxRow }) {
  const { text } = useText();
  if (list === 'done') return row.outcome ? <Tag tone="neutral">{text(row.outcome)}</Tag> : null;
  if (list === 'started' || list === 'cc') return <StateTag status={row.status} />;
  if (row.suspendedAt !== null) return <SuspendedTag at={row.suspendedAt} />;
  return <SlaBadge due={row.due} overdue={row.overdue} />;
}
