'use client';

import { useTranslations } from 'next-intl';
import { flushSync } from 'react-dom';
import { shortLabelOf } from '#core/form/localize.ts';
import { useForm } from './form-context.ts';
import type { OpenPage } from './use-pages.ts';

export const pageId = (formId: string): string => `${formId}-page`;

/** Turns to a page: from its top, with the focus there, and said aloud. */
export function useTurn({ pages, show }: OpenPage): (index: number) => void {
  const { id, locale, announce } = useForm();
  const t = useTranslations('form');
  return (index) => {
    const page = pages[index];
    if (!page) return;
    flushSync(() => show(index));
    const top = document.getElementById(pageId(id));
    top?.scrollIntoView({ block: 'start' });
    top?.focus({ preventScroll: true });
    announce(t('pageTurned', { number: index + 1, count: pages.length, name: shortLabelOf(page.group, locale) }));
  };
}
