'use client';

import { useTranslations } from 'next-intl';
import type { EditionState } from '#core/version/edition.ts';
import { Tag, type Tone } from '#web/ui/Tag.tsx';

const TONES: Record<EditionState, Tone> = { draft: 'info', 'in-review': 'warning', published: 'success', discarded: 'neutral' };

export function EditionTag({ state }: { readonly state: EditionState }) {
  const t = useTranslations('formBuilder.states');
  return <Tag tone={TONES[state]}>{t(state)}</Tag>;
}
