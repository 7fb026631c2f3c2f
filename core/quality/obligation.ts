/**
 * Who has to report: obligations and exemptions with dates, because a hospital that joined, left or was exempted makes every rate wrong for ever where
 * who is expected is a mere list. An obligation counts for a period that it covers whole; an exemption takes every period that it touches.
 */
import type { Period } from './period.ts';

export interface Dated {
  readonly organisationId: string;
  /** ISO dates, both inclusive; null: until further notice. One that was taken back before it began ends on the day before. */
  readonly from: string;
  readonly to: string | null;
}

export interface Exemption extends Dated {
  readonly reason: string;
}

export interface Duties {
  readonly obligations: readonly Dated[];
  readonly exemptions: readonly Dated[];
}

/** Each hospital once, in the order of its id. */
export function obligedIn(period: Pick<Period, 'from' | 'to'>, { obligations, exemptions }: Duties): readonly string[] {
  const exempted = new Set(exemptions.filter((exemption) => touches(exemption, period)).map(({ organisationId }) => organisationId));
  const obliged = new Set(obligations.filter((obligation) => covers(obligation, period)).map(({ organisationId }) => organisationId));
  return [...obliged].filter((id) => !exempted.has(id)).sort();
}

const covers = ({ from, to }: Dated, period: Pick<Period, 'from' | 'to'>): boolean =>
  from <= period.from && (to === null || period.to <= to);

/** Have they a day in common? */
export const touches = (
  { from, to }: Omit<Dated, 'organisationId'>,
  other: { readonly from: string; readonly to: string | null },
): boolean => !isVoid({ from, to }) && !isVoid(other) && (other.to === null || from <= other.to) && (to === null || other.from <= to);

/** Was taken back before it began. */
export const isVoid = ({ from, to }: Omit<Dated, 'organisationId'>): boolean => to !== null && to < from;

export const DUTY_STATES = ['obliged', 'exempted', 'future', 'ended', 'never'] as const;
/** How one hospital stands on a day. `future`: obliged from a later day on. */
export type DutyState = (typeof DUTY_STATES)[number];

/** `duties`: of this hospital alone. */
export function dutyOn(date: string, { obligations, exemptions }: Duties): DutyState {
  const day = { from: date, to: date };
  const real = obligations.filter((each) => !isVoid(each));
  if (real.some((each) => touches(each, day))) return exemptions.some((each) => touches(each, day)) ? 'exempted' : 'obliged';
  if (real.some(({ from }) => from > date)) return 'future';
  return real.length > 0 ? 'ended' : 'never';
}
