'use client';

import { useTranslations } from 'next-intl';
import { between, dateTime, shortDateTime } from '#web/lib/time.ts';
import { usePresent } from '#web/lib/use-now.ts';
import { useSpanWords } from '#web/lib/use-words.ts';

export interface TimeTextProps {
  readonly at: string;
  /** `relative` says how long ago, `short` the date without what is obvious, `full` everything. */
  readonly as?: 'relative' | 'short' | 'full';
}

const FRESH_MS = 60_000;

/** A point in time; the other way of saying it stands in the tooltip. */
export function TimeText({ at, as = 'relative' }: TimeTextProps) {
  const t = useTranslations('common');
  const span = useSpanWords();
  const now = usePresent();
  const passed = between(at, now);
  const relative =
    Math.abs(passed) < FRESH_MS ? t('justNow') : passed < 0 ? t('in', { span: span(-passed) }) : t('ago', { span: span(passed) });
  const absolute = as === 'short' ? shortDateTime(at, now) : dateTime(at);
  return (
    <time dateTime={at} title={as === 'relative' ? dateTime(at) : relative} style={{ whiteSpace: 'nowrap' }}>
      {as === 'relative' ? relative : absolute}
    </time>
  );
}
