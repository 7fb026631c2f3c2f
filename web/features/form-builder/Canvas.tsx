'use client';

import { useTranslations } from 'next-intl';
import { type PointerEvent, useCallback, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { findItem } from '#core/form-edit/tree.ts';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { useDropArea } from './drag/drop-area.ts';
import { targetOnCanvas } from './drag/drop-target.ts';
import styles from './FormBuilder.module.css';
import { ItemHandle } from './ItemHandle.tsx';
import { LivingForm, type LivingFormProps } from './LivingForm.tsx';
import type { ItemActs } from './use-item-acts.ts';

export interface CanvasProps extends Omit<LivingFormProps, 'onDrawn'> {
  readonly selected: string | null;
  readonly onSelect: (linkId: string) => void;
  readonly acts: ItemActs;
  readonly isLocked: boolean;
}

/** The living form, on which items are chosen by pressing them, moved by their handles, and new ones dropped. */
export function Canvas({ form, selected, onSelect, acts, isLocked, ...living }: CanvasProps) {
  const t = useTranslations('formBuilder');
  const frame = useRef<HTMLDivElement | null>(null);
  const chosenHere = useRef<string | null>(null);
  const isHandleFocused = useRef(false);
  const [round, setRound] = useState(0);
  const [chosen, setChosen] = useState<HTMLElement | null>(null);
  const [hovered, setHovered] = useState<HTMLElement | null>(null);
  const setArea = useDropArea('canvas', form, targetOnCanvas);
  const setFrame = useCallback(
    (element: HTMLDivElement | null) => {
      frame.current = element;
      setArea(element);
    },
    [setArea],
  );

  useEffect(() => {
    setHovered(null);
    if (selected === null || round === 0) return;
    const drawn = [...(frame.current?.querySelectorAll<HTMLElement>('[data-link-id]') ?? [])];
    const marked = drawn.filter(({ dataset }) => dataset.linkId === selected);
    for (const element of marked) element.dataset.selected = 'true';
    setChosen(marked[0] ?? null);
    // What was chosen here is in sight, and must not move under the pointer.
    if (chosenHere.current !== selected) marked[0]?.scrollIntoView({ block: 'nearest' });
    chosenHere.current = null;
    return () => {
      for (const element of marked) delete element.dataset.selected;
      setChosen(null);
    };
  }, [selected, round]);

  const choose = (target: EventTarget): void => {
    const { linkId } = itemElement(target)?.dataset ?? {};
    if (!linkId) return;
    chosenHere.current = linkId;
    onSelect(linkId);
  };
  const hover = ({ target, pointerType }: PointerEvent) => {
    if (pointerType === 'mouse') setHovered(itemElement(target));
  };
  const anchors = isLocked ? [] : [...new Set([chosen, hovered])].filter((element) => element !== null);

  return (
    // Shortcuts of the pointer, which the tree has for the keyboard; who comes by Tab chooses as well.
    // With the click and not before it: the settings at the side change their height, and nothing may move while a button is held down.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above.
    <div
      ref={setFrame}
      className={styles.canvas}
      onClickCapture={({ target }) => choose(target)}
      onKeyUp={({ key, target }) => {
        if (key === 'Tab') choose(target);
      }}
      onPointerOver={hover}
      onPointerLeave={() => setHovered(null)}
    >
      {form.item?.length ? (
        <LivingForm {...living} form={form} onDrawn={setRound} />
      ) : (
        <EmptyState title={t('empty')} hint={t('dropHint')} />
      )}
      {anchors.map((element) => {
        const found = findItem(form, element.dataset.linkId ?? '');
        const holder = handleHolder(element);
        if (!found || !holder) return null;
        return createPortal(
          <ItemHandle
            item={found.item}
            acts={acts}
            isSelected={element === chosen}
            takesFocus={element === chosen && isHandleFocused.current}
            onFocused={(isFocused) => {
              isHandleFocused.current = isFocused;
            }}
          />,
          holder,
          `${found.item.linkId}/${round}`,
        );
      })}
    </div>
  );
}

const itemElement = (target: EventTarget): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-link-id]') : null;

/** A row of a table holds cells only, and of a group that folds the head alone is always in sight. */
function handleHolder(element: HTMLElement): HTMLElement | null {
  if (element.tagName === 'TR') return element.querySelector<HTMLElement>('th, td');
  return element.tagName === 'DETAILS' ? element.querySelector('summary') : element;
}
