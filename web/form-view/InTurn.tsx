'use client';

import { type ReactNode, startTransition, useEffect, useState, useSyncExternalStore } from 'react';
import { useForm } from './form-context.ts';
import type { FieldKey } from './model.ts';

interface InTurnProps {
  /** The section. */
  readonly place: FieldKey;
  readonly isAtOnce: boolean;
  /** What the fields will need, about: the sections below should not jump far. */
  readonly heightPx: number;
  readonly children: ReactNode;
}

/** The fields of a section, when it is their turn: at once, in the background, or because somebody is taken to one of them. */
export function InTurn({ place, isAtOnce, heightPx, children }: InTurnProps) {
  const { turns, places } = useForm();
  const [isDrawn, setDrawn] = useState(() => isAtOnce || turns.isOver);
  const read = () => places.isShown(place);
  const isAsked = useSyncExternalStore(places.subscribe, read, read);
  if (isAsked && !isDrawn) setDrawn(true);
  useEffect(() => {
    if (!isDrawn) return turns.wait(() => startTransition(() => setDrawn(true)));
    turns.next();
    return undefined;
  }, [isDrawn, turns]);
  return isDrawn ? children : <div style={{ minHeight: heightPx }} aria-busy />;
}
