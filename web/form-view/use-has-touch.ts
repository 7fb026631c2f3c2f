'use client';

import { useSyncExternalStore } from 'react';

const TOUCH = '(pointer: coarse)';

/** Is a finger the main pointer? Both answers give controls of the same size, so nothing moves when the browser corrects the server. */
export function useHasTouch(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const list = window.matchMedia(TOUCH);
      list.addEventListener('change', onChange);
      return () => list.removeEventListener('change', onChange);
    },
    () => window.matchMedia(TOUCH).matches,
    () => false,
  );
}
