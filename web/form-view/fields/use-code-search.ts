'use client';

import { useEffect, useRef, useState } from 'react';
import { type Choice, choiceOf } from '#core/form/options.ts';
import { useForm } from '../form-context.ts';

const PAUSE_MS = 250;

export interface CodeSearch {
  /** `absent`: there is nowhere to look, as in a form that is not deployed yet. */
  readonly state: 'idle' | 'searching' | 'failed' | 'found' | 'absent';
  readonly choices: readonly Choice[];
  /** More match than are shown. */
  readonly hasMore: boolean;
  /** Asks once typing pauses. */
  search(typed: string): void;
  /** Typing may open the list as well: then it is that which is looked for. */
  opened(isOpen: boolean): void;
  /** The same again, at once. */
  retry(): void;
}

type Found = Pick<CodeSearch, 'state' | 'choices' | 'hasMore'>;

const NOTHING: readonly Choice[] = [];

/** A list that is not in the form. What was found stays until there is something else; an answer that comes after a later one is dropped. */
export function useCodeSearch(canonical: string): CodeSearch {
  const { valueSets } = useForm();
  const [found, setFound] = useState<Found>({ state: valueSets ? 'idle' : 'absent', choices: NOTHING, hasMore: false });
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asking = useRef<AbortController>(undefined);
  const last = useRef('');
  useEffect(
    () => () => {
      clearTimeout(pause.current);
      asking.current?.abort();
    },
    [],
  );
  const ask = async (typed: string): Promise<void> => {
    if (!valueSets) return;
    asking.current?.abort();
    const controller = new AbortController();
    asking.current = controller;
    try {
      const { codings, isComplete } = await valueSets.search(canonical, typed, controller.signal);
      if (!controller.signal.aborted) setFound({ state: 'found', choices: codings.map(choiceOf), hasMore: !isComplete });
    } catch {
      // Why does not matter to whoever types: it can be tried again.
      if (!controller.signal.aborted) setFound({ state: 'failed', choices: NOTHING, hasMore: false });
    }
  };
  const begin = (typed: string, pauseMs: number): void => {
    if (!valueSets) return;
    clearTimeout(pause.current);
    last.current = typed.trim();
    setFound((before) => ({ ...before, state: 'searching' }));
    pause.current = setTimeout(() => void ask(last.current), pauseMs);
  };
  return {
    ...found,
    search: (typed) => begin(typed, PAUSE_MS),
    opened: (isOpen) => {
      if (!isOpen) last.current = '';
      else if (last.current === '') begin('', 0);
    },
    retry: () => begin(last.current, 0),
  };
}
