'use client';

import { useTranslations } from 'next-intl';
import { isKeyOf } from '#web/lib/use-words.ts';

/** The name of a kind of command; one that has no words yet is shown as it is. */
export function useCommandWords(): (type: string) => string {
  const t = useTranslations('audit.commandType');
  return (type) => {
    const key = type.replaceAll('.', '-');
    return isKeyOf(key, t) ? t(key) : type;
  };
}
