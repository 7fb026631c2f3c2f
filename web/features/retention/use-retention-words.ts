'use client';

import { useTranslations } from 'next-intl';
import { readRetention } from '#core/retention/retention.ts';

const MONTHS_OF_YEAR = 12;

/** How long a flow keeps its records: 封存后 30 年, 长期. */
export function useRetentionWords(): (retention: string | null) => string {
  const t = useTranslations('retention');
  const common = useTranslations('common');
  return (text) => {
    const retention = text === null ? null : readRetention(text);
    if (!retention) return t('forEver');
    const { months, days } = retention;
    const parts = [
      ['years', Math.floor(months / MONTHS_OF_YEAR)],
      ['months', months % MONTHS_OF_YEAR],
      ['days', days],
    ] as const;
    const words = parts.flatMap(([unit, count]) => (count > 0 ? [t(unit, { count })] : []));
    return t('afterSeal', { duration: words.join(common('separator')) });
  };
}
