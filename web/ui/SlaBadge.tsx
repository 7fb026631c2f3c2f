'use client';

import { ClockCircleOutlined, ExclamationCircleFilled, FieldTimeOutlined } from '@ant-design/icons';
import { useTranslations } from 'next-intl';
import { dateTime } from '#web/lib/time.ts';
import { usePresent } from '#web/lib/use-now.ts';
import { useSpanWords } from '#web/lib/use-words.ts';
import { Tag } from './Tag.tsx';

export interface SlaBadgeProps {
  readonly due: string | null;
  readonly overdue: boolean;
  /** Draws nothing where no time limit is the normal case. */
  readonly hidesNone?: boolean;
}

const MINUTE_MS = 60_000;
const SOON_MS = 120 * MINUTE_MS;

/** How much time is left, in words, with a sign and a colour. */
export function SlaBadge({ due, overdue, hidesNone = false }: SlaBadgeProps) {
  const t = useTranslations('common');
  const span = useSpanWords();
  const now = usePresent();
  if (due === null)
    return hidesNone ? null : (
      <Tag tone="neutral" isPlain>
        {t('noDue')}
      </Tag>
    );

  const left = new Date(due).getTime() - now.getTime();
  const title = t('dueAt', { time: dateTime(due) });
  if (overdue || left < 0) {
    return (
      <Tag tone="danger" icon={<ExclamationCircleFilled aria-hidden />} title={title}>
        {left < -MINUTE_MS ? t('overdueBy', { span: span(-left) }) : t('dueNow')}
      </Tag>
    );
  }
  if (left < SOON_MS) {
    return (
      <Tag tone="warning" icon={<FieldTimeOutlined aria-hidden />} title={title}>
        {t('remaining', { span: span(left) })}
      </Tag>
    );
  }
  return (
    <Tag tone="neutral" isPlain icon={<ClockCircleOutlined aria-hidden />} title={title}>
      {t('remaining', { span: span(left) })}
    </Tag>
  );
}
