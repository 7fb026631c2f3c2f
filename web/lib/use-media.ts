'use client';

import { useSyncExternalStore } from 'react';
import { usePreferences } from './preferences-context.tsx';

const PHONE = '(max-width: 767px)';

/** Until the browser has been asked, the server's guess holds, so that the first picture is already the right one. */
export function useIsPhone(): boolean {
  const { isPhone } = usePreferences();
  return useMedia(PHONE, isPhone);
}

export function useMedia(media: string, guess: boolean): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const list = window.matchMedia(media);
      list.addEventListener('change', onChange);
      return () => list.removeEventListener('change', onChange);
    },
    () => window.matchMedia(media).matches,
    () => guess,
  );
}
