import { localDateOf } from '#core/calendar/zone.ts';

export interface NumberParts {
  /** Of the service: `HZ`. */
  readonly prefix: string;
  /** When it was applied for, ISO. */
  readonly at: string;
  /** Of the applicant's organisation: the date is the one on its wall. */
  readonly zone: string;
  readonly count: number;
}

/** By which people call an instance: `HZ2026112900042`. */
export const instanceNumber = ({ prefix, at, zone, count }: NumberParts): string =>
  `${prefix}${localDateOf(Date.parse(at), zone).replaceAll('-', '')}${String(count).padStart(5, '0')}`;
