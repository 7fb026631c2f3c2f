/**
 * When the limits of a control chart begin anew: by an explained decision and never by themselves, since a process that drifts must not move its own limits. The limits
 * before come from the points before alone.
 */

/** From which period on, and why. */
export interface LimitDecision {
  /** Code of the indicator. */
  readonly code: string;
  readonly from: string;
  readonly reason: string;
}

export type RebaseRefusal = 'period-not-charted' | 'phase-begins-there';

/** `periods`: of the chart's points, ascending. Null where they may begin anew at that point. */
export function refuseRebase(
  periods: readonly string[],
  decided: readonly Pick<LimitDecision, 'from'>[],
  from: string,
): RebaseRefusal | null {
  if (!periods.includes(from)) return 'period-not-charted';
  return from === periods[0] || decided.some((decision) => decision.from === from) ? 'phase-begins-there' : null;
}

/** Positions of the points at which limits begin anew, ascending; a period without a point begins with the next that has one. */
export function rebasedAt(periods: readonly string[], from: readonly string[]): readonly number[] {
  const positions = from.map((period) => periods.findIndex((each) => each >= period)).filter((position) => position > 0);
  return [...new Set(positions)].sort((a, b) => a - b);
}
