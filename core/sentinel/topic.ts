/**
 * What is watched by sentinel hospitals (requirements 4.8.2), how often they report it, and by when. A day's or week's report is due some hours after the
 * period; without it by then somebody is alarmed, because no report does not mean no case.
 */
import { z } from 'zod';
import { instantOf } from '#core/calendar/zone.ts';
import type { Period } from '#core/quality/period.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

export const SENTINEL_FREQUENCIES = ['day', 'week'] as const;
export type SentinelFrequency = (typeof SENTINEL_FREQUENCIES)[number];

export const sentinelTopic = z
  .strictObject({
    code: z.string().regex(/^[a-z][a-z0-9-]*$/),
    name: z.strictObject({ 'zh-CN': z.string().min(1), en: z.string().min(1) }),
    frequency: z.enum(SENTINEL_FREQUENCIES),
    /** After the end of the period, in hours: until then a report is on time, until then it is taken, until then it is corrected. */
    dueHours: z.int().positive(),
    lockHours: z.int().positive(),
    correctHours: z.int().positive(),
    /** So many periods before make the level with which a new one is compared. */
    baselinePeriods: z.int().min(1).max(104),
  })
  .refine(({ dueHours, lockHours, correctHours }) => dueHours < lockHours && lockHours <= correctHours, {
    error: 'A report is due before it is locked, and locked before it is no longer corrected.',
  });

export type SentinelTopic = z.infer<typeof sentinelTopic>;

export interface SentinelDates {
  /** Instants, ISO 8601 in UTC. */
  readonly due: string;
  readonly lockAt: string;
  readonly correctUntil: string;
}

/** Counted from the midnight that ends the period in the zone. */
export function sentinelDates(
  { dueHours, lockHours, correctHours }: SentinelTopic,
  { to }: Pick<Period, 'to'>,
  zone: string,
): SentinelDates {
  const dayAfter = new Date(Date.parse(to) + DAY_MS).toISOString().slice(0, 10);
  const end = instantOf(dayAfter, '00:00:00', zone);
  const after = (hours: number): string => new Date(end + hours * HOUR_MS).toISOString();
  return { due: after(dueHours), lockAt: after(lockHours), correctUntil: after(correctHours) };
}
