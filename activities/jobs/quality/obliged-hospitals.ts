/** The list of a reporting cycle: every hospital that is obliged for the period, with who approves above it and the days that count. */
import { z } from 'zod';
import { instantOf, localDateOf } from '#core/calendar/zone.ts';
import { type IndicatorDefinition, nationalDefinition } from '#core/quality/indicator.ts';
import type { IndicatorSet } from '#core/quality/indicator-set.ts';
import { lastPeriodBefore, type Period, readPeriod } from '#core/quality/period.ts';
import { asksAlike, reportForm, withCellRemarks } from '#core/quality/report-form.ts';
import { setOn } from '#core/quality/set-version.ts';
import { readSetVersions } from '#db/indicator-sets.ts';
import { readIndicators, readObliged, readSet } from '#db/quality.ts';
import { JobError } from '../jobs.ts';
import { readInput } from '../read-input.ts';
import type { AskedBy, ReadRoster } from '../start-instances.ts';

/** Of the flow that the cycle starts. */
const REPORT_FORM = 'quality-report';
/** In which its cells are remarked on, each with the prefix of its rows. */
const REMARKED = { 'quality-check': 'check', 'quality-approval': 'approval', 'quality-acceptance': 'acceptance' } as const;
const DAY_MS = 86_400_000;

const selection = z.object({
  set: z.string(),
  /** Absent: the latest that was over when the cycle began. */
  period: z.string().nullish(),
  openedAt: z.iso.datetime({ offset: true }),
  zone: z.string(),
});

export const obligedHospitals: ReadRoster = async (db, given) => {
  const { set: code, period: asked, openedAt, zone } = readInput(selection, given);
  const today = localDateOf(Date.parse(openedAt), zone);
  const known = await readSet(db, code, today);
  const period = asked ? readPeriod(asked) : known && lastPeriodBefore(known.frequency, today);
  if (!known) throw new JobError(`No set of indicators is called "${code}".`, { isFinal: true });
  if (!period) throw new JobError(`"${asked}" is no period.`, { isFinal: true });
  const version = setOn(await readSetVersions(db, code), period.to);
  const set = version?.set ?? known;
  const indicators = await readIndicators(db, set.indicators);
  const definitions = set.indicators.flatMap((indicator) => nationalDefinition(indicators, { code: indicator, on: period.to }) ?? []);
  const hospitals = await readObliged(db, code, period);
  return {
    occasion: occasionOf(code, period.code),
    recipients: hospitals.map(({ organisationId, city, province }) => ({ organisationId, variables: { city, province } })),
    shared: { set: code, period: period.code, ...datesOf(set, period, zone) },
    // What nobody has defined yet is asked as the flow asks it.
    ...(definitions.length === set.indicators.length && { asks: askedBy(set, definitions, version?.publishedBy ?? null) }),
  };
};

function askedBy(set: IndicatorSet, definitions: readonly IndicatorDefinition[], byPerson: string | null): AskedBy {
  const form = reportForm(set, definitions);
  const make = (now: object | null): object | null => (now && asksAlike(now, form) ? null : form);
  const remarked = Object.entries(REMARKED).map(([formKey, prefix]) => ({
    formKey,
    make: (now: object | null): object | null => now && withCellRemarks(now, prefix, set, definitions),
  }));
  return { forms: [{ formKey: REPORT_FORM, make }, ...remarked], byPerson, note: `${set.code} ${set.version}` };
}

export const occasionOf = (setCode: string, period: string): string => `${setCode}:${period}`;

function datesOf({ dueDays, lockDays, feedbackDays }: IndicatorSet, { to }: Period, zone: string) {
  const endOfDay = (days: number): string => {
    const date = new Date(Date.parse(to) + days * DAY_MS).toISOString().slice(0, 10);
    return new Date(instantOf(date, '23:59:59', zone)).toISOString();
  };
  return { due: endOfDay(dueDays), lockAt: endOfDay(lockDays), feedbackAt: endOfDay(feedbackDays) };
}
