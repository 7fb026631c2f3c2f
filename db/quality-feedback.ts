/** What reports come to: the rates of a period, and what each hospital hears. Rules are core's; here they get their rows. */
import { callsForEnquiry } from '#core/quality/control-chart.ts';
import { chartOfSeries, feedbackOn, type IndicatorFeedback, type PeerFigure, type PeriodFigure } from '#core/quality/feedback.ts';
import { definitionFor } from '#core/quality/indicator.ts';
import { latestVersions } from '#core/quality/latest.ts';
import { readPeriod } from '#core/quality/period.ts';
import { type Reporting, reportingOf } from '#core/quality/rates.ts';
import type { LimitDecision } from '#core/quality/rebase.ts';
import type { Database } from './database.ts';
import { readLimitDecisions } from './limit-decisions.ts';
import { type QualityReport, readIndicators, readObliged, readReports, readSet } from './quality.ts';

export interface CycleRef {
  readonly setCode: string;
  readonly period: string;
  /** Of these hospitals alone. */
  readonly only?: readonly string[] | undefined;
}

/** Null where the set or the period is not known. */
export async function readReporting(db: Database, { setCode, period: code, only }: CycleRef): Promise<Reporting | null> {
  const period = readPeriod(code);
  const set = period && (await readSet(db, setCode, period.to));
  if (!set || !period) return null;
  const [obliged, reports] = await Promise.all([readObliged(db, setCode, period), readReports(db, { setCode, period: code })]);
  const isAsked = ({ organisationId }: { readonly organisationId: string }): boolean => only === undefined || only.includes(organisationId);
  const expected = obliged.filter(isAsked).map(({ organisationId }) => organisationId);
  return reportingOf({ expected, reports: reports.filter(isAsked), codes: set.indicators });
}

export async function readFeedback(
  db: Database,
  { setCode, period: code, organisationId }: CycleRef & { readonly organisationId: string },
): Promise<readonly IndicatorFeedback[] | null> {
  const period = readPeriod(code);
  const set = period && (await readSet(db, setCode, period.to));
  if (!set || !period) return null;
  const [indicators, ofPeriod, ofHospital, decisions] = await Promise.all([
    readIndicators(db, set.indicators),
    readReports(db, { setCode, period: code }),
    readReports(db, { setCode, organisationId }),
    readLimitDecisions(db, { setCode, organisationId }),
  ]);
  const peers = peerFigures(ofPeriod);
  const series = seriesOf(ofHospital.filter((report) => report.period <= code));
  return set.indicators.flatMap((indicator) => {
    const definition = definitionFor(indicators, { code: indicator, on: period.to, organisationId });
    return definition ? [feedbackOn(definition, { organisationId, peers, series, rebasedFrom: rebasedFrom(decisions, indicator) })] : [];
  });
}

export interface HospitalSignals {
  readonly organisationId: string;
  /** Codes of indicators whose chart calls for an enquiry. */
  readonly indicators: readonly string[];
}

/** Of those who reported for the period; null where the set or the period is not known. */
export async function readSignals(db: Database, { setCode, period: code }: CycleRef): Promise<readonly HospitalSignals[] | null> {
  const period = readPeriod(code);
  const set = period && (await readSet(db, setCode, period.to));
  if (!set || !period) return null;
  const [indicators, reports, decisions] = await Promise.all([
    readIndicators(db, set.indicators),
    readReports(db, { setCode }),
    readLimitDecisions(db, { setCode }),
  ]);
  const byHospital = new Map<string, QualityReport[]>();
  for (const report of reports)
    if (report.period <= code) byHospital.set(report.organisationId, [...(byHospital.get(report.organisationId) ?? []), report]);
  return [...byHospital].flatMap(([organisationId, own]) => {
    if (!own.some((report) => report.period === code)) return [];
    const series = seriesOf(own);
    const ofHospital = decisions.filter((decision) => decision.organisationId === organisationId);
    const found = set.indicators.filter((indicator) => {
      const definition = definitionFor(indicators, { code: indicator, on: period.to, organisationId });
      return definition !== null && callsForEnquiry(chartOfSeries(definition, series, rebasedFrom(ofHospital, indicator)));
    });
    return found.length === 0 ? [] : [{ organisationId, indicators: found }];
  });
}

/** Of one hospital's decisions those about an indicator. */
export const rebasedFrom = (decisions: readonly LimitDecision[], indicator: string): readonly string[] =>
  decisions.filter(({ code }) => code === indicator).map(({ from }) => from);

export const peerFigures = (reports: readonly QualityReport[]): readonly PeerFigure[] =>
  latestVersions(reports).flatMap(({ organisationId, figures }) => figures.map((figure) => ({ ...figure, organisationId })));

export const seriesOf = (reports: readonly QualityReport[]): readonly PeriodFigure[] =>
  latestVersions(reports).flatMap(({ period, figures }) => figures.map((figure) => ({ ...figure, period })));
