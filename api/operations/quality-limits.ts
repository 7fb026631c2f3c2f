/** Begins the limits of a hospital's control chart anew: a decision of the centre with its reason, told on the chart for ever. */
import { z } from 'zod';
import { chartOfSeries, countedSeries } from '#core/quality/feedback.ts';
import { definitionFor } from '#core/quality/indicator.ts';
import { readPeriod } from '#core/quality/period.ts';
import { refuseRebase } from '#core/quality/rebase.ts';
import { readLimitDecisions, storeLimitDecision } from '#db/limit-decisions.ts';
import { readOrganisations } from '#db/people.ts';
import { readIndicators, readReports, readSet } from '#db/quality.ts';
import { rebasedFrom, seriesOf } from '#db/quality-feedback.ts';
import { notFound, refused } from '../errors.ts';
import { defineOperation } from '../operation.ts';
import { today } from '../read/today.ts';
import { reason } from './operations.ts';

const code = z.string().max(100);

export const rebaseLimits = defineOperation({
  name: 'rebaseLimits',
  method: 'post',
  path: '/quality/hospitals/:id/limits',
  summary:
    'Begin the limits of a control chart anew from a period on, with the reason; the limits before come from the points before alone',
  input: z.object({
    id: code,
    set: code,
    indicator: code,
    from: z.string().max(20),
    reason,
  }),
  right: 'quality.manage',
  async run({ runtime: { db }, standing }, { id, set: setCode, indicator, from, reason }): Promise<{ readonly phases: number }> {
    const [set, [organisation]] = await Promise.all([readSet(db, setCode, today({ standing })), readOrganisations(db, [id])]);
    if (!set?.indicators.includes(indicator) || !organisation) throw notFound();
    const [indicators, reports, decisions] = await Promise.all([
      readIndicators(db, [indicator]),
      readReports(db, { setCode, organisationId: id }),
      readLimitDecisions(db, { setCode, organisationId: id }),
    ]);
    const series = seriesOf(reports);
    const newest = series
      .map(({ period }) => period)
      .sort()
      .at(-1);
    const on = readPeriod(newest ?? '')?.to ?? '';
    const definition = definitionFor(indicators, { code: indicator, on, organisationId: id });
    if (!definition) throw notFound();
    const decided = decisions.filter((decision) => decision.code === indicator);
    const periods = countedSeries(definition, series).map(({ period }) => period);
    const refusal = refuseRebase(periods, decided, from);
    if (refusal) throw refused({ code: refusal });
    const isNew = await storeLimitDecision(db, setCode, {
      organisationId: id,
      code: indicator,
      from,
      reason,
      byPerson: standing.person.id,
    });
    if (!isNew) throw refused({ code: 'phase-begins-there' });
    const { points } = chartOfSeries(definition, series, [...rebasedFrom(decided, indicator), from]);
    return { phases: (points.at(-1)?.phase ?? 0) + 1 };
  },
});
