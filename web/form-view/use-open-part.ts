'use client';

import { useRef, useState, useSyncExternalStore } from 'react';
import { useForm } from './form-context.ts';
import type { FieldKey } from './model.ts';

export interface OpenPart {
  readonly index: number;
  show(index: number): void;
  /** Was it open before? What was seen once stays drawn, hidden: an upload goes on, and a half-typed number stays. */
  wasSeen(index: number): boolean;
}

/** `parts`: the keys of what stands on each page or tab. What is opened elsewhere in the container changes nothing here. */
export function useOpenPart(container: FieldKey, parts: readonly (readonly FieldKey[])[]): OpenPart {
  const { places } = useForm();
  const read = () => places.openIn(container);
  const asked = useSyncExternalStore(places.subscribe, read, read);
  const last = useRef<FieldKey | undefined>(undefined);
  const holds = (key: FieldKey | undefined) => (key === undefined ? -1 : parts.findIndex((keys) => keys.includes(key)));
  const found = holds(asked);
  if (found >= 0) last.current = asked;
  // A part that is not enabled any more gives its place to the first.
  const index = Math.max(0, found >= 0 ? found : holds(last.current));
  const current = parts[index]?.[0] ?? '';
  const [seen, setSeen] = useState<ReadonlySet<FieldKey>>(() => new Set([current]));
  if (!seen.has(current)) setSeen(new Set([...seen, current]));
  return {
    index,
    show: (next) => {
      const key = parts[next]?.[0];
      if (key !== undefined) places.show(container, key);
    },
    wasSeen: (each) => each === index || seen.has(parts[each]?.[0] ?? ''),
  };
}
