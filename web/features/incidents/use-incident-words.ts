'use client';

import { useTranslations } from 'next-intl';
import { isKeyOf } from '#web/lib/use-words.ts';

/** What a code means and what an operator does about it; one that has no words yet is shown as it is. */
export function useIncidentWords(): { readonly codeName: (code: string) => string; readonly mend: (code: string) => string } {
  const names = useTranslations('incidents.codes');
  const mends = useTranslations('incidents.mends');
  return {
    codeName: (code) => (isKeyOf(code, names) ? names(code) : code),
    mend: (code) => (isKeyOf(code, mends) ? mends(code) : ''),
  };
}
