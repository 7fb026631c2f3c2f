/** Checks a report as it was submitted and keeps its figures: a version once, whatever is done twice. */
import { z } from 'zod';
import { countedSeries } from '#core/quality/feedback.ts';
import { factName, figuresOf } from '#core/quality/figure.ts';
import { checkReport, type ReportCheck } from '#core/quality/figure-check.ts';
import { unexplained } from '#core/quality/findings.ts';
import { definitionFor, definitionKey, type IndicatorDefinition } from '#core/quality/indicator.ts';
import { latestVersions } from '#core/quality/latest.ts';
import { periodBefore, readPeriod } from '#core/quality/period.ts';
import type { Database } from '#db/database.ts';
import { type QualityReport, readIndicators, readReports, readSet, storeReport } from '#db/quality.ts';
import { readInstance } from '#db/stored-instance.ts';
import { JobError, type JobHandler } from '../jobs.ts';
import { readInput } from '../read-input.ts';

const inputs = z.object({
  set: z.string(),
  period: z.string(),
  version: z.int().min(1),
  onTime: z.boolean(),
  submittedAt: z.iso.datetime({ offset: true }),
  report: z.object({ outcome: z.string() }).loose(),
});

const NOTHING: ReportCheck = { verdict: 'valid', violations: [], missing: [], impossible: [], outliers: [] };

export const validateReport =
  (db: Database): JobHandler =>
  async ({ instanceId, variables }) => {
    const { set: setCode, period: code, version, onTime, submittedAt, report } = readInput(inputs, variables);
    const period = readPeriod(code);
    const [instance, set] = await Promise.all([readInstance(db, instanceId), period && readSet(db, setCode, period.to)]);
    if (!instance || !set || !period) throw new JobError(`The set ${setCode} or the period ${code} is not known.`, { isFinal: true });
    const { organisationId } = instance;
    const indicators = await readIndicators(db, set.indicators);
    const definitions = set.indicators.map(
      (each) => definitionFor(indicators, { code: each, on: period.to, organisationId }) ?? undefinedIndicator(each, period.to),
    );
    const isNothing = report.outcome === 'nothing';
    const figures = isNothing ? [] : figuresOf(set.indicators, report);
    const before = latestVersions(await readReports(db, { setCode, organisationId })).filter((earlier) => earlier.period < code);
    const previousCode = periodBefore(period.frequency, period).code;
    const previous = before.find((earlier) => earlier.period === previousCode && !earlier.isNothing)?.figures ?? null;
    const check = isNothing
      ? NOTHING
      : checkReport(
          {
            set,
            definitions,
            figures,
            previous,
            past: Object.fromEntries(definitions.map((each) => [each.code, pastValues(each, before)])),
          },
          { at: new Date(submittedAt).toISOString(), zone: 'UTC' },
        );
    const counted = figures.map((figure, index) => ({ ...figure, definition: keyAt(definitions, index) }));
    await storeReport(db, {
      instanceId,
      version,
      setCode,
      period: code,
      organisationId,
      submittedAt,
      isOnTime: onTime,
      isNothing,
      check,
      figures: counted,
    });
    const found = {
      violations: check.violations.map(({ rule }) => rule),
      missing: check.missing,
      impossible: check.impossible,
      outliers: check.outliers,
    };
    const open = unexplained(set, found, (each) => report[factName(each, 'explained')] === true);
    return {
      validation: { ...found, unexplained: open, verdict: check.verdict === 'warned' && open.length > 0 ? 'unexplained' : check.verdict },
    };
  };

const keyAt = (definitions: readonly IndicatorDefinition[], index: number): string => {
  const definition = definitions[index];
  if (!definition) throw new Error('Figures come in the order of their definitions.');
  return definitionKey(definition);
};

function pastValues(definition: IndicatorDefinition, before: readonly QualityReport[]): readonly number[] {
  const series = before.flatMap(({ period, figures }) => figures.map((figure) => ({ ...figure, period })));
  return countedSeries(definition, series).map(({ numerator, denominator }) => numerator / denominator);
}

function undefinedIndicator(code: string, on: string): never {
  throw new JobError(`The indicator ${code} has no definition on ${on}.`, { isFinal: true });
}
