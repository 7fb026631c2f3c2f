/** A hospital's reports and charts, and hospitals side by side. */
import { z } from 'zod';
import { scopeOf } from '#core/access/roles.ts';
import { chartOfSeries, countedSeries, funnelOfPeers } from '#core/quality/feedback.ts';
import { comparable, definitionFor, nationalDefinition } from '#core/quality/indicator.ts';
import { latestVersions } from '#core/quality/latest.ts';
import { readPeriod } from '#core/quality/period.ts';
import { reportStage } from '#core/quality/report-stage.ts';
import { readLimitDecisions } from '#db/limit-decisions.ts';
import { readOrganisations } from '#db/people.ts';
import {
  type QualityReport,
  type ReportStanding,
  readIndicators,
  readPeriods,
  readReports,
  readSet,
  readSetOfReport,
  readSets,
  readStandings,
} from '#db/quality.ts';
import { peerFigures, readFeedback, rebasedFrom, seriesOf } from '#db/quality-feedback.ts';
import { notFound } from '../errors.ts';
import { defineOperation } from '../operation.ts';
import { indicatorView, requireAll, setOf } from '../read/indicators.ts';
import { today } from '../read/today.ts';
import type { HospitalQualityView, HospitalReport, IndicatorComparisonView } from '../views/quality.ts';

const setCode = z.string().max(100);
const CYCLES_SHOWN = 12;

export const hospitalQuality = defineOperation({
  name: 'hospitalQuality',
  method: 'get',
  path: '/quality/hospitals/:id',
  summary: 'The reports of a hospital, its control charts and how it stands among its peers',
  input: z.object({
    id: z.string().max(100),
    set: setCode.optional(),
    /** A report of the set that is meant. */ report: z.uuid().optional(),
  }),
  right: 'quality.read',
  async run(context, { id, set: named, report }): Promise<HospitalQualityView> {
    const scope = scopeOf('quality.read', context.standing.roles);
    if (scope !== 'all' && !scope?.includes(id)) throw notFound();
    const { db } = context.runtime;
    const [sets, asked] = [await readSets(db, today(context)), report === undefined ? named : await readSetOfReport(db, report)];
    const current = sets.find(({ code }) => asked === undefined || code === asked);
    const [organisation] = await readOrganisations(db, [id]);
    if (!current || !organisation) throw notFound();
    const [reports, periods] = await Promise.all([
      readReports(db, { setCode: current.code, organisationId: id }),
      readPeriods(db, current.code),
    ]);
    const standings = await Promise.all(
      periods.slice(0, CYCLES_SHOWN).map(async (each) => {
        const standing = (await readStandings(db, `${current.code}:${each}`, id))[0];
        return standing ? [hospitalReport(each, standing, reports)] : [];
      }),
    );
    const newest = latestVersions(reports)
      .map((report) => report.period)
      .sort()
      .at(-1);
    const feedback =
      newest === undefined ? [] : ((await readFeedback(db, { setCode: current.code, period: newest, organisationId: id })) ?? []);
    const on = newest === undefined ? today(context) : (readPeriod(newest)?.to ?? today(context));
    const set = (await readSet(db, current.code, on)) ?? current;
    const indicators = await readIndicators(db, set.indicators);
    const series = seriesOf(reports);
    const decisions = await readLimitDecisions(db, { setCode: set.code, organisationId: id });
    const deciders = await context.runtime.directory.persons(decisions.map(({ byPerson }) => byPerson));
    return {
      organisation,
      set: { code: set.code, name: set.name },
      sets: sets.map(({ code, name }) => ({ code, name })),
      reports: standings.flat(),
      canRebase: scopeOf('quality.manage', context.standing.roles) !== null,
      period: newest ?? null,
      indicators: set.indicators.flatMap((code) => {
        const definition = definitionFor(indicators, { code, on, organisationId: id });
        if (!definition) return [];
        const counted = countedSeries(definition, series);
        const chart = chartOfSeries(definition, series, rebasedFrom(decisions, code));
        const points = chart.points.map((point, index) => ({ ...point, period: '', numerator: 0, denominator: 0, ...counted[index] }));
        return [
          {
            indicator: indicatorView(definition),
            feedback: feedback.find((each) => each.code === code) ?? null,
            chart: {
              assurance: chart.assurance,
              points,
              decisions: decisions
                .filter((decision) => decision.code === code)
                .map(({ from, reason, byPerson, at }) => ({ from, reason, by: deciders.get(byPerson) ?? null, at })),
            },
          },
        ];
      }),
    };
  },
});

function hospitalReport(of: string, { instanceId, status, elementIds }: ReportStanding, reports: readonly QualityReport[]): HospitalReport {
  const versions = reports.filter((report) => report.period === of);
  return {
    period: of,
    instanceId,
    stage: reportStage({ status, elementIds, isReported: versions.length > 0 }),
    isOnTime: versions[0]?.isOnTime ?? null,
    versions: versions.map(({ version, submittedAt, isNothing, check, figures }) => ({
      version,
      submittedAt,
      isNothing,
      check,
      figures: figures.map(({ code, numerator, denominator }) => ({ code, numerator, denominator })),
    })),
  };
}

export const indicatorComparison = defineOperation({
  name: 'indicatorComparison',
  method: 'get',
  path: '/quality/indicators/:set/:code/:period',
  summary: 'All hospitals that count alike, side by side, with limits as wide as their size makes them',
  input: z.object({ set: setCode, code: z.string().max(100), period: z.string().max(20) }),
  right: 'quality.read',
  async run(context, { set: of, code, period: asked }): Promise<IndicatorComparisonView> {
    requireAll(context);
    const { db } = context.runtime;
    const known = readPeriod(asked);
    const [set, indicators] = [await setOf(context, of, known?.to ?? today(context)), await readIndicators(db, [code])];
    const definition = known && nationalDefinition(indicators, { code, on: known.to });
    if (!definition) throw notFound();
    const peers = peerFigures(await readReports(db, { setCode: of, period: asked })).filter((peer) => peer.code === code);
    const funnel = funnelOfPeers(definition, peers);
    const organisations = new Map(
      (
        await readOrganisations(
          db,
          funnel.points.map(({ id }) => id),
        )
      ).map((each) => [each.id, each]),
    );
    return {
      set: { code: of, name: set.name },
      period: asked,
      indicator: indicatorView(definition),
      center: funnel.center,
      dispersion: funnel.dispersion,
      points: funnel.points.map((point) => {
        const peer = peers.find(({ organisationId }) => organisationId === point.id);
        const organisation = organisations.get(point.id) ?? { id: point.id, name: point.id, nameEn: point.id };
        return { ...point, organisation, numerator: peer?.numerator ?? 0, denominator: peer?.denominator ?? 0 };
      }),
      leftOut: comparable(peers, definition).leftOut.length,
    };
  },
});
