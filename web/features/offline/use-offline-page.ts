'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { canKeep, deviceStore } from './device-store.ts';
import { KEPT_DAYS } from './kept.ts';

/** The service worker answers only when nobody else does, and says then what the pages told it to say. */
export function useOfflinePage(): void {
  const t = useTranslations('offline.page');
  const locale = useLocale();
  useEffect(() => {
    if (!canKeep() || navigator.serviceWorker === undefined) return;
    // `{count}` is filled in by the worker, which alone knows it then.
    const words = {
      title: t('title'),
      hint: t('hint'),
      nothing: t('nothing'),
      toSave: t.raw('toSave'),
      toSend: t.raw('toSend'),
      other: t.raw('other'),
      going: t('going', { days: KEPT_DAYS }),
      retry: t('retry'),
    };
    void deviceStore()
      .then((store) => store.put('facts', { locale, words, days: KEPT_DAYS }, 'offline-page'))
      .catch(() => undefined);
    void navigator.serviceWorker.register('/service-worker.js', { updateViaCache: 'none' }).catch(() => undefined);
  }, [t, locale]);
}
