/**
 * What may be changed of who has to report. A period that is over was asked for, or may be any moment: what held then stays, so that no rate of the past
 * changes and nobody is asked twice over. Every change begins with the period that runs, or later.
 */
import { type Dated, type Duties, isVoid, touches } from './obligation.ts';
import { dayAfter, dayBefore, type Frequency, periodOn } from './period.ts';

export type DutyRefusal =
  /** It would change a period that is over. */
  | 'duty-past'
  | 'duty-ends-before'
  | 'already-obliged'
  | 'not-obliged'
  | 'already-exempted'
  /** It ends by then anyway. */
  | 'duty-ended';

/** The first day that a change may touch. */
export const changesFrom = (frequency: Frequency, today: string): string => periodOn(frequency, today).from;

type Days = Omit<Dated, 'organisationId'>;

export interface Changing {
  /** What `changesFrom` says. */
  readonly opensOn: string;
  /** Of this hospital, what is changed among them. */
  readonly duties: Duties;
}

/** Null: it may be. */
export function refusalToOblige(days: Days, { opensOn, duties }: Changing): DutyRefusal | null {
  if (days.from < opensOn) return 'duty-past';
  if (isVoid(days)) return 'duty-ends-before';
  return duties.obligations.some((each) => touches(each, days)) ? 'already-obliged' : null;
}

/** Only where something is owed is there something to be exempted from. */
export function refusalToExempt(days: Days, { opensOn, duties }: Changing): DutyRefusal | null {
  if (days.from < opensOn) return 'duty-past';
  if (isVoid(days)) return 'duty-ends-before';
  if (!duties.obligations.some((each) => touches(each, days))) return 'not-obliged';
  return duties.exemptions.some((each) => touches(each, days)) ? 'already-exempted' : null;
}

/**
 * An obligation or exemption with an earlier end: `lastDay` is the last on which it holds. What has not begun by then is taken back whole. It is never made
 * longer: another one is given for that.
 */
export function endedOn<Kept extends Dated>(kept: Kept, lastDay: string, { opensOn }: Pick<Changing, 'opensOn'>): Kept | DutyRefusal {
  if (dayAfter(lastDay) < opensOn) return 'duty-past';
  if (isVoid(kept) || (kept.to !== null && kept.to <= lastDay)) return 'duty-ended';
  const to = lastDay < kept.from ? dayBefore(kept.from) : lastDay;
  return { ...kept, to };
}
