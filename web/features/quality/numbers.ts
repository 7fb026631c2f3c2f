/** Figures as people read them. */
import type { IndicatorView } from '#api/views/quality.ts';

/** Between a figure and its sign: they stay on one line. */
const NO_BREAK = '\u00a0';

/** `0.8523` of a percentage is `85.2 %`; per mille has its own sign. */
export function shown(value: number, { multiplier }: Pick<IndicatorView, 'multiplier'>): string {
  const sign = multiplier === 100 ? `${NO_BREAK}%` : multiplier === 1_000 ? `${NO_BREAK}‰` : '';
  return `${(value * multiplier).toFixed(1)}${sign}`;
}

export const percent = (share: number | null): string => (share === null ? '—' : `${(share * 100).toFixed(1)}${NO_BREAK}%`);

/** 1021 is 1,021 in both languages. */
export const counted = (count: number): string => count.toLocaleString('en');
