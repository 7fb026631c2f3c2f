'use client';

import { type ReactNode, startTransition, useEffect, useRef, useState, useSyncExternalStore } from 'react';
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

/** Of a window: what is that near will be looked at soon. */
const NEAR = '50%';

/** The fields of a section, when it is their turn: at once, as they come near, in the background, or because somebody is taken to one of them. */
export function InTurn({ place, isAtOnce, heightPx, children }: InTurnProps) {
  const { turns, places } = useForm();
  const room = useRef<HTMLDivElement>(null);
  const [isDrawn, setDrawn] = useState(() => isAtOnce || turns.isOver);
  const read = () => places.isShown(place);
  const isAsked = useSyncExternalStore(places.subscribe, read, read);
  if (isAsked && !isDrawn) setDrawn(true);
  useEffect(() => {
    if (isDrawn || room.current === null) {
      turns.next();
      return undefined;
    }
    const draw = () => startTransition(() => setDrawn(true));
    const leave = turns.wait(draw);
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) draw();
      },
      { rootMargin: NEAR },
    );
    observer.observe(room.current);
    return () => {
      leave();
      observer.disconnect();
    };
  }, [isDrawn, turns]);
  return isDrawn ? children : <div ref={room} style={{ minHeight: heightPx }} aria-busy />;
}
