'use client';

import {
  type CollisionDetection,
  DndContext,
  type DragMoveEvent,
  DragOverlay,
  type DragStartEvent,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { useTranslations } from 'next-intl';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { createPortal } from 'react-dom';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import styles from '../FormBuilder.module.css';
import { ItemIcon } from '../ItemIcon.tsx';
import { type Place, placeAt } from '../places.ts';
import type { ItemActs } from '../use-item-acts.ts';
import type { Dragged } from './dragged.ts';
import type { DropArea } from './drop-area.ts';
import type { DropTarget, Rect } from './drop-target.ts';

export interface BuilderDragProps {
  readonly form: Questionnaire;
  readonly acts: ItemActs;
  readonly announce: (text: string) => void;
  readonly children: ReactNode;
}

const Dragging = createContext<Dragged | null>(null);

/** What is under way; null while nothing is. */
export const useDragging = (): Dragged | null => useContext(Dragging);

interface Drop {
  readonly target: DropTarget;
  readonly place: Place;
}

/** A drag begins once the pointer moved, and on touch once a finger rested: a tap still chooses, and a list still scrolls. */
const MOUSE = { activationConstraint: { distance: 4 } };
const TOUCH = { activationConstraint: { delay: 180, tolerance: 8 } };

/** The edits of a drag are announced by what does them; the kit's own words would say it twice. */
const SILENT = { onDragStart: () => undefined, onDragOver: () => undefined, onDragEnd: () => undefined, onDragCancel: () => undefined };

/** Items are dragged within and between tree and canvas, and new ones from the menu, by mouse and by finger; keys do the same without dragging. */
export function BuilderDrag({ form, acts, announce, children }: BuilderDragProps) {
  const t = useTranslations('formBuilder.drag');
  const sensors = useSensors(useSensor(MouseSensor, MOUSE), useSensor(TouchSensor, TOUCH));
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const [drop, setDrop] = useState<Drop | null>(null);
  const stop = () => {
    setDragged(null);
    setDrop(null);
  };
  const start = ({ active }: DragStartEvent) => setDragged(draggedIn(active.data.current));
  const move = ({ active, collisions }: DragMoveEvent) => {
    const moved = draggedIn(active.data.current);
    const target = (collisions?.[0]?.data?.target ?? null) as DropTarget | null;
    const place = moved && target ? placeAt(form, target, moved.kind === 'item' ? moved.linkId : null) : null;
    const next = target && place ? { target, place } : null;
    setDrop(next);
    if (next && (drop?.place.parent !== next.place.parent || drop.place.index !== next.place.index)) announce(wordsOf(next.place));
  };
  const wordsOf = ({ parent, index }: Place): string => t('over', { group: acts.nameOf(parent), position: index + 1 });
  const end = () => {
    if (dragged && drop) {
      if (dragged.kind === 'item') acts.move(dragged.linkId, drop.place);
      else acts.add([dragged.entry.item], drop.place);
    }
    stop();
  };
  return (
    <DndContext
      id="builder"
      sensors={sensors}
      collisionDetection={areaUnderPointer}
      accessibility={{ announcements: SILENT, screenReaderInstructions: { draggable: t('instructions') } }}
      onDragStart={start}
      onDragMove={move}
      onDragEnd={end}
      onDragCancel={stop}
    >
      <Dragging value={dragged}>{children}</Dragging>
      <DragOverlay dropAnimation={null} className={styles.dragOverlay}>
        {dragged ? (
          <span className={styles.dragChip} data-dragged>
            <ItemIcon type={dragged.type} /> {dragged.name}
          </span>
        ) : null}
      </DragOverlay>
      {drop ? createPortal(<Mark rect={drop.target.mark} isInside={drop.target.side === 'inside'} />, document.body) : null}
    </DndContext>
  );
}

/** What our own draggables carry. */
const draggedIn = (data: Record<string, unknown> | undefined): Dragged | null => (data as Dragged | undefined) ?? null;

/** The area that the pointer is in decides by what it draws; areas do not overlap. */
const areaUnderPointer: CollisionDetection = ({ pointerCoordinates, droppableContainers }) => {
  if (!pointerCoordinates) return [];
  for (const { id, node, data } of droppableContainers) {
    const rect = node.current?.getBoundingClientRect();
    const { x, y } = pointerCoordinates;
    if (!rect || rect.width === 0 || x < rect.left || x > rect.right || y < rect.top || y > rect.bottom) continue;
    // Our own areas carry it.
    const { targetAt } = data.current as DropArea;
    return [{ id, data: { target: targetAt(pointerCoordinates) } }];
  }
  return [];
};

function Mark({ rect: { left, top, right, bottom }, isInside }: { readonly rect: Rect; readonly isInside: boolean }) {
  return (
    <div
      className={isInside ? styles.dropInside : styles.dropLine}
      data-drop-place
      style={{ left, top, width: right - left, height: bottom - top }}
    />
  );
}
