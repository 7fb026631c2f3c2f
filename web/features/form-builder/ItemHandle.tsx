'use client';

import { HolderOutlined } from '@ant-design/icons';
import { useDraggable } from '@dnd-kit/core';
import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useRef } from 'react';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { Dragged } from './drag/dragged.ts';
import styles from './FormBuilder.module.css';
import { onItemKey } from './item-keys.ts';
import type { ItemActs } from './use-item-acts.ts';

export interface ItemHandleProps {
  readonly item: QuestionnaireItem;
  readonly acts: ItemActs;
  readonly isSelected: boolean;
  /** The form is drawn anew after an edit, and with it the handle that had the focus. */
  readonly takesFocus: boolean;
  readonly onFocused: (isFocused: boolean) => void;
}

/** By it an item is taken on the canvas: the rest of it is there to be filled in. With the focus on it the keys of the tree hold. */
export function ItemHandle({ item, acts, isSelected, takesFocus, onFocused }: ItemHandleProps) {
  const t = useTranslations('formBuilder.drag');
  const { linkId, type } = item;
  const name = acts.nameOf(linkId);
  const data: Dragged = { kind: 'item', linkId, type, name };
  const { setNodeRef, listeners } = useDraggable({ id: `canvas ${linkId}`, data });
  const button = useRef<HTMLElement>(null);
  const setButton = useCallback(
    (element: HTMLElement | null) => {
      button.current = element;
      setNodeRef(element);
    },
    [setNodeRef],
  );
  const isWanted = useRef(takesFocus);
  useEffect(() => {
    if (isWanted.current) button.current?.focus({ preventScroll: true });
  }, []);
  return (
    <Button
      {...listeners}
      ref={setButton}
      size="small"
      className={styles.handle}
      icon={<HolderOutlined aria-hidden />}
      aria-label={t('handle', { item: name })}
      tabIndex={isSelected ? 0 : -1}
      onFocus={() => onFocused(true)}
      // Gone with what was drawn, it has not been left.
      onBlur={({ currentTarget }) => currentTarget.isConnected && onFocused(false)}
      // In the head of a group that folds, it would fold.
      onClick={(event) => event.preventDefault()}
      onKeyDown={(event) => onItemKey(event, linkId, acts)}
    />
  );
}
