'use client';

import { useText } from '#web/lib/use-words.ts';
import type { KeptHead } from './kept.ts';

/** 远程会诊 · 审核 · HZ202600012 */
export function useLabelWords(): (head: Pick<KeptHead, 'label'>) => string {
  const { text } = useText();
  return ({ label: { service, step, number } }) => [text(service), text(step), number ?? ''].filter((word) => word !== '').join(' · ');
}
