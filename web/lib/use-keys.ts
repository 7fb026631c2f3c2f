'use client';

import { useLayoutEffect, useRef } from 'react';

type Bindings = Readonly<Record<string, () => void>>;

/** Single keys as commands of a page. Off while somebody types, composes Chinese, holds a modifier or has a dialog open. */
export function useKeys(bindings: Bindings): void {
  const latest = useRef(bindings);
  // With the page and not after it: a key that follows at once means what is in sight by then.
  useLayoutEffect(() => {
    latest.current = bindings;
  });
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest(TYPING)) return;
      // Enter on a button or link is theirs.
      if (event.key === 'Enter' && event.target instanceof Element && event.target.closest('button, a')) return;
      const binding = latest.current[event.key];
      if (!binding || hasOpenDialog()) return;
      event.preventDefault();
      binding();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

const TYPING = 'input, textarea, select, [contenteditable="true"], [role="combobox"], [role="slider"]';

/** A dialog that was closed may stay in the document, hidden. */
const hasOpenDialog = (): boolean =>
  [...document.querySelectorAll('[role="dialog"][aria-modal="true"]')].some((dialog) => dialog.checkVisibility());
