/**
 * The five reporting rates of a period (expected, actual, actual on time, rate, rate on time) and what "complete" hides: how many hospitals gave each figure. A
 * hospital counts once, by its first report: a correction makes nobody late, and a report that nobody expected raises no rate.
 */
import { type Figure, figureValue } from './figure.ts';

export interface Report {
  readonly organisationId: string;
  /** Of the same hospital the lowest was the first. */
  readonly version: number;
  readonly isOnTime: boolean;
  /** Empty where the hospital declared that there is nothing to report. */
  readonly figures: readonly Figure[];
}

export interface ReportingRates {
  readonly expected: number;
  readonly actual: number;
  readonly actualOnTime: number;
  /** 0 to 1; null where nobody is expected. */
  readonly rate: number | null;
  readonly rateOnTime: number | null;
}

export interface Completeness {
  readonly code: string;
  /** Hospitals that gave both numbers in their newest version. */
  readonly given: number;
  /** Of all that are expected; null where nobody is. */
  readonly share: number | null;
}

export interface Reporting extends ReportingRates {
  readonly missing: readonly string[];
  /** Reported although nobody expected it. */
  readonly unexpected: readonly string[];
  readonly completeness: readonly Completeness[];
}

export function reportingOf({
  expected,
  reports,
  codes,
}: {
  readonly expected: readonly string[];
  readonly reports: readonly Report[];
  /** The indicators of the set. */
  readonly codes: readonly string[];
}): Reporting {
  const wanted = new Set(expected);
  const first = byHospital(reports, (candidate, known) => candidate.version < known.version);
  const newest = byHospital(reports, (candidate, known) => candidate.version > known.version);
  const actual = [...wanted].filter((id) => first.has(id));
  const actualOnTime = actual.filter((id) => first.get(id)?.isOnTime);
  return {
    expected: wanted.size,
    actual: actual.length,
    actualOnTime: actualOnTime.length,
    rate: share(actual.length, wanted.size),
    rateOnTime: share(actualOnTime.length, wanted.size),
    missing: [...wanted].filter((id) => !first.has(id)).sort(),
    unexpected: [...first.keys()].filter((id) => !wanted.has(id)).sort(),
    completeness: codes.map((code) => {
      const given = actual.filter((id) =>
        newest.get(id)?.figures.some((figure) => figure.code === code && figureValue(figure).kind !== 'missing'),
      );
      return { code, given: given.length, share: share(given.length, wanted.size) };
    }),
  };
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

function byHospital(reports: readonly Report[], isBetter: (candidate: Report, known: Report) => boolean): ReadonlyMap<string, Report> {
  const chosen = new Map<string, Report>();
  for (const report of reports) {
    const known = chosen.get(report.organisationId);
    if (!known || isBetter(report, known)) chosen.set(report.organisationId, report);
  }
  return chosen;
}
