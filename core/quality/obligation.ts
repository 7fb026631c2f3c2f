/**
 * Who has to report: obligations and exemptions with dates, because a hospital that joined, left or was exempted makes every rate wrong for ever where
 * who is expected is a mere list. An obligation counts for a period that it covers whole; an exemption takes every period that it touches.
 */
import type { Period } from './period.ts';

export interface Dated {
  readonly organisationId: string;
  /** ISO dates, both inclusive; null: until further notice. */
  readonly from: string;
  readonly to: string | null;
}

export interface Exemption extends Dated {
  readonly reason: string;
}

/** Each hospital once, in the order of its id. */
export function obligedIn(
  period: Pick<Period, 'from' | 'to'>,
  { obligations, exemptions }: { readonly obligations: readonly Dated[]; readonly exemptions: readonly Exemption[] },
): readonly string[] {
  const exempted = new Set(exemptions.filter((exemption) => touches(exemption, period)).map(({ organisationId }) => organisationId));
  const obliged = new Set(obligations.filter((obligation) => covers(obligation, period)).map(({ organisationId }) => organisationId));
  return [...obliged].filter((id) => !exempted.has(id)).sort();
}

const covers = ({ from, to }: Dated, period: Pick<Period, 'from' | 'to'>): boolean =>
  from <= period.from && (to === null || period.to <= to);

const touches = ({ from, to }: Dated, period: Pick<Period, 'from' | 'to'>): boolean =>
  from <= period.to && (to === null || period.from <= to);
