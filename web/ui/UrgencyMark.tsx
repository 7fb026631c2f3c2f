'use client';

import { AlertFilled, ThunderboltFilled } from '@ant-design/icons';
import { useTranslations } from 'next-intl';
import type { Urgency } from '#api/views.ts';
import { Tag } from './Tag.tsx';

/** 危急 and 加急 stand out by colour, form and word; the routine stays quiet. */
export function UrgencyMark({ urgency, showsRoutine = false }: { readonly urgency: Urgency; readonly showsRoutine?: boolean }) {
  const t = useTranslations('common.urgency');
  if (urgency === 'routine') return showsRoutine ? <Tag tone="neutral">{t('routine')}</Tag> : null;
  return (
    <Tag
      tone={urgency === 'emergency' ? 'danger' : 'warning'}
      icon={urgency === 'emergency' ? <AlertFilled aria-hidden /> : <ThunderboltFilled aria-hidden />}
    >
      {t(urgency)}
    </Tag>
  );
}
