/** What was submitted of what was eligible, for a disease and a hospital: exclusions are no gap, and what is missing is told stay by stay. */

export const CASE_STAGES = [
  'not-opened',
  'assigning',
  'entering',
  'correcting',
  'in-control',
  'submitted',
  'accepted',
  'locked',
  'excluded',
  'expired',
] as const;
export type CaseStage = (typeof CASE_STAGES)[number];

export interface StayStanding {
  /** Of its case; null: none was opened. */
  readonly status: string | null;
  readonly elementIds: readonly string[];
  /** Was any version of it submitted? */
  readonly isSubmitted: boolean;
  readonly isAccepted: boolean;
  readonly isExcluded: boolean;
}

export function caseStage({ status, elementIds, isSubmitted, isAccepted, isExcluded }: StayStanding): CaseStage {
  if (isExcluded) return 'excluded';
  if (status === null) return 'not-opened';
  if (status === 'expired') return 'expired';
  if (elementIds.includes('assign')) return 'assigning';
  if (elementIds.includes('enter')) return 'entering';
  if (elementIds.includes('correct')) return 'correcting';
  if (elementIds.includes('department-quality') || elementIds.includes('hospital-quality')) return 'in-control';
  if (status !== 'active') return 'locked';
  if (isAccepted) return 'accepted';
  return isSubmitted ? 'submitted' : 'in-control';
}

export interface Reconciliation {
  /** Listed and not excluded. */
  readonly eligible: number;
  readonly submitted: number;
  readonly accepted: number;
  readonly excluded: number;
  /** Eligible without a submission, `submitted + missing = eligible`. */
  readonly missing: number;
  /** Null where nothing is eligible. */
  readonly rate: number | null;
}

export function reconcile(stays: readonly StayStanding[]): Reconciliation {
  const eligible = stays.filter(({ isExcluded }) => !isExcluded);
  const submitted = eligible.filter(({ isSubmitted }) => isSubmitted).length;
  return {
    eligible: eligible.length,
    submitted,
    accepted: eligible.filter(({ isAccepted }) => isAccepted).length,
    excluded: stays.length - eligible.length,
    missing: eligible.length - submitted,
    rate: eligible.length === 0 ? null : submitted / eligible.length,
  };
}

export const isMissing = (stay: StayStanding): boolean => !stay.isExcluded && !stay.isSubmitted;
