/** Where the report of a sentinel hospital stands, in a word. A zero report is a report; silence is not. */

export const SITE_STAGES = ['missing', 'locked', 'awaited', 'correcting', 'reported', 'zero', 'missed', 'left'] as const;
export type SiteStage = (typeof SITE_STAGES)[number];

export function siteStage({
  status,
  elementIds,
  isOverdue,
  isZero,
}: {
  readonly status: string;
  /** Of the open tasks of its instance. */
  readonly elementIds: readonly string[];
  readonly isOverdue: boolean;
  /** Of what was reported last; null: nothing was. */
  readonly isZero: boolean | null;
}): SiteStage {
  if (status === 'expired') return 'missed';
  if (status === 'aborted' || status === 'canceled') return 'left';
  if (elementIds.includes('settle')) return 'locked';
  if (elementIds.includes('correct')) return 'correcting';
  if (isZero !== null) return isZero ? 'zero' : 'reported';
  return isOverdue || elementIds.includes('chase') ? 'missing' : 'awaited';
}
