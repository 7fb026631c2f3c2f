/** Figures that hospitals had reported before: the same for the same hospital, indicator and month, and one hospital whose process got worse. */
import type { Catalogue } from '#core/quality/catalogue.ts';
import { definitionFor, definitionKey } from '#core/quality/indicator.ts';
import type { IndicatorSet } from '#core/quality/indicator-set.ts';
import { lastPeriodBefore, type Period, periodBefore } from '#core/quality/period.ts';
import type { Database } from '#db/database.ts';
import { type QualityReport, type ReportedFigure, storeReport } from '#db/quality.ts';
import { readCatalogue } from './indicator-catalogue.ts';
import type { Organisation } from './network.ts';

const MONTHS = 14;
const WORSE = { organisationId: 'org-luyuan', code: 'urgent-consult', lastMonths: 3 };

/** The months before the one that the next cycle asks for. */
export async function importPastReports(db: Database, organisations: readonly Organisation[], today: string): Promise<void> {
  const known = await readCatalogue();
  for (const set of known.sets) {
    const periods: Period[] = [];
    for (
      let next = periodBefore(set.frequency, lastPeriodBefore(set.frequency, today));
      periods.length < MONTHS;
      next = periodBefore(set.frequency, next)
    )
      periods.push(next);
    for (const [age, period] of periods.entries())
      for (const organisation of organisations) await storeReport(db, pastReport(known, set, { organisation, period, age }));
  }
}

interface Place {
  readonly organisation: Organisation;
  readonly period: Period;
  /** 0: the newest. */
  readonly age: number;
}

function pastReport({ indicators }: Catalogue, set: IndicatorSet, { organisation: { id, tier }, period, age }: Place): QualityReport {
  const figures = set.indicators.flatMap((code): readonly ReportedFigure[] => {
    const definition = definitionFor(indicators, { code, on: period.to, organisationId: id });
    if (!definition) return [];
    const chance = chanceOf(`${id}/${code}/${period.code}`);
    const denominator = Math.round((SIZES[code] ?? 100) * (TIER_SIZES[tier] ?? 1) * (0.85 + 0.3 * chance)) + 1;
    const isWorse = id === WORSE.organisationId && code === WORSE.code && age < WORSE.lastMonths;
    const share = (SHARES[code] ?? 0.9) * (isWorse ? 0.6 : 0.96 + 0.08 * chanceOf(`${period.code}/${id}/${code}`));
    return [
      { code, numerator: Math.min(denominator, Math.round(denominator * share)), denominator, definition: definitionKey(definition) },
    ];
  });
  return {
    instanceId: null,
    version: 1,
    setCode: set.code,
    period: period.code,
    organisationId: id,
    submittedAt: `${period.to}T10:00:00.000Z`,
    isOnTime: true,
    isNothing: false,
    check: { verdict: 'valid', violations: [], missing: [], impossible: [], outliers: [] },
    figures,
  };
}

const SIZES: Readonly<Record<string, number>> = {
  'urgent-consult': 60,
  'discharge-record': 900,
  'sepsis-bundle': 25,
  reoperation: 400,
  'consult-closed': 30,
};
const SHARES: Readonly<Record<string, number>> = {
  'urgent-consult': 0.9,
  'discharge-record': 0.93,
  'sepsis-bundle': 0.82,
  reoperation: 0.006,
  'consult-closed': 0.9,
};
const TIER_SIZES: Readonly<Record<Organisation['tier'], number>> = { province: 2, city: 1, county: 0.5, community: 0.15 };

/** 0 to 1, by the text alone (FNV-1a). */
function chanceOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return (hash % 10_007) / 10_007;
}
