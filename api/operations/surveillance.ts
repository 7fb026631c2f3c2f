/** Sentinel surveillance: the roster, who has reported and who has not, series with their limits, warnings. Reports are instances and change by commands. */
import { z } from 'zod';
import { scopeOf } from '#core/access/roles.ts';
import { lastPeriodBefore, readPeriod } from '#core/quality/period.ts';
import { siteStage } from '#core/sentinel/site-stage.ts';
import type { SentinelTopic } from '#core/sentinel/topic.ts';
import { readOrganisations } from '#db/people.ts';
import { type ReportStanding, readPeriods, readStandings } from '#db/quality.ts';
import {
  endSite,
  readSentinelReports,
  readSites,
  readTopic,
  readTopics,
  readWarnings,
  type SentinelReport,
  type SentinelSite,
  type SentinelWarning,
  sitesOn,
  designateSite as storeDesignation,
} from '#db/sentinel.ts';
import { ApiError, notFound, refused } from '../errors.ts';
import { type Context, defineOperation } from '../operation.ts';
import { statusOf } from '../read/instance.ts';
import { today } from '../read/today.ts';
import type {
  OrganisationName,
  SentinelRow,
  SentinelSeries,
  SentinelTally,
  SentinelWarningView,
  SiteView,
  SurveillanceTopicPage,
  SurveillanceTopicView,
  SurveillanceView,
} from '../views/surveillance.ts';

const FLOW = 'sentinel-report';
const PERIODS_SHOWN = 30;
const POINTS_SHOWN = 30;
const WARNINGS_SHOWN = 50;
const OPENING_LIVES_MS = 86_400_000;
const topicCode = z.string().max(100);
const organisationId = z.string().max(100);
const reason = z.string().trim().min(1).max(500);

/** Null: of all. */
function ownOnly(context: Context): readonly string[] | null {
  const scope = scopeOf('surveillance.read', context.standing.roles);
  return scope === 'all' ? null : (scope ?? []);
}

const canManage = (context: Context): boolean => scopeOf('surveillance.manage', context.standing.roles) !== null;

export const surveillance = defineOperation({
  name: 'surveillance',
  method: 'get',
  path: '/surveillance',
  summary: 'The topics of sentinel surveillance with their last period, and the warnings',
  input: z.object({}),
  right: 'surveillance.read',
  async run(context): Promise<SurveillanceView> {
    const { db } = context.runtime;
    const own = ownOnly(context);
    const [topics, sites] = await Promise.all([readTopics(db), readSites(db, null)]);
    const views = await Promise.all(
      topics.map(async (topic): Promise<SurveillanceTopicView | null> => {
        const here = sites.filter((site) => site.topic === topic.code);
        if (own && !here.some((site) => own.includes(site.organisationId))) return null;
        const [period] = await readPeriods(db, topic.code, FLOW);
        const rows = period === undefined ? [] : seenRows(own, await rowsOf(context, topic, period));
        return {
          code: topic.code,
          name: topic.name,
          frequency: topic.frequency,
          nextPeriod: lastPeriodBefore(topic.frequency, today(context)).code,
          period: period ?? null,
          sites: sitesOn(here, today(context)).filter((id) => !own || own.includes(id)).length,
          tally: period === undefined ? null : tallyOf(rows),
        };
      }),
    );
    return {
      topics: views.flatMap((view) => view ?? []),
      warnings: own ? [] : await warningsOf(context, null),
      canManage: canManage(context),
      ownOrganisationIds: own,
    };
  },
});

export const surveillanceTopic = defineOperation({
  name: 'surveillanceTopic',
  method: 'get',
  path: '/surveillance/topics/:topic',
  summary: 'The roster of a topic, who has not reported for a period, the series with their limits, the warnings',
  input: z.object({ topic: topicCode, period: z.string().max(20).optional() }),
  right: 'surveillance.read',
  async run(context, { topic: code, period: asked }): Promise<SurveillanceTopicPage> {
    const { db } = context.runtime;
    const own = ownOnly(context);
    const topic = await topicOf(context, code);
    const roster = (await readSites(db, code)).filter((site) => !own || own.includes(site.organisationId));
    if (own && roster.length === 0) throw notFound();
    const periods = (await readPeriods(db, code, FLOW)).slice(0, PERIODS_SHOWN);
    const period = asked ?? periods[0] ?? null;
    const rows = period === null ? [] : seenRows(own, await rowsOf(context, topic, period));
    if (asked !== undefined && rows.length === 0) throw notFound();
    const current = new Set(sitesOn(roster, today(context)));
    return {
      topic: { code, name: topic.name, frequency: topic.frequency, nextPeriod: lastPeriodBefore(topic.frequency, today(context)).code },
      periods,
      period,
      tally: period === null ? null : tallyOf(rows),
      rows,
      roster: roster.map((site) => siteView(site, current, today(context))),
      series: await seriesOf(context, code, own),
      warnings: own ? [] : await warningsOf(context, code),
      canManage: canManage(context),
    };
  },
});

const siteView = (site: SentinelSite, current: ReadonlySet<string>, on: string): SiteView => ({
  organisation: { id: site.organisationId, name: site.name, nameEn: site.nameEn },
  from: site.from,
  to: site.to,
  designatedBy: site.designatedBy,
  endReason: site.endReason,
  isCurrent: current.has(site.organisationId) && site.from <= on && (site.to === null || site.to >= on),
});

async function rowsOf(context: Context, { code }: SentinelTopic, period: string): Promise<readonly SentinelRow[]> {
  const { db } = context.runtime;
  const [standings, reports] = await Promise.all([
    readStandings(db, `${code}:${period}`, null, FLOW),
    readSentinelReports(db, { topic: code, period }),
  ]);
  return standings.map((standing) =>
    rowOf(
      standing,
      reports.find((report) => report.organisationId === standing.organisationId),
    ),
  );
}

const rowOf = (standing: ReportStanding, report: SentinelReport | undefined): SentinelRow => ({
  organisation: { id: standing.organisationId, name: standing.name, nameEn: standing.nameEn },
  instanceId: standing.instanceId,
  stage: siteStage({ ...standing, isZero: report?.counts.isZero ?? null }),
  isOnTime: report?.isOnTime ?? null,
  submittedAt: report?.submittedAt ?? null,
  version: report?.version ?? 0,
  counts: report?.counts ?? null,
  level: report?.level ?? null,
  caseLimit: report?.caseLimit ?? null,
});

const seenRows = (own: readonly string[] | null, rows: readonly SentinelRow[]): readonly SentinelRow[] =>
  rows.filter(({ organisation }) => !own || own.includes(organisation.id));

const MISSING: ReadonlySet<SentinelRow['stage']> = new Set(['missing', 'locked', 'missed']);

function tallyOf(rows: readonly SentinelRow[]): SentinelTally {
  const expected = rows.filter(({ stage }) => stage !== 'left');
  return {
    expected: expected.length,
    reported: expected.filter(({ counts }) => counts !== null).length,
    zero: expected.filter(({ counts }) => counts?.isZero).length,
    late: expected.filter(({ isOnTime }) => isOnTime === false).length,
    missing: expected.filter(({ stage }) => MISSING.has(stage)).length,
  };
}

async function seriesOf(context: Context, topic: string, own: readonly string[] | null): Promise<readonly SentinelSeries[]> {
  const reports = await readSentinelReports(context.runtime.db, { topic });
  const names = await namesOf(
    context,
    reports.map((report) => report.organisationId).filter((id) => !own || own.includes(id)),
  );
  return [...names.values()].map((organisation) => ({
    organisation,
    points: reports
      .filter((report) => report.organisationId === organisation.id)
      .slice(-POINTS_SHOWN)
      .map(({ period, counts, caseLimit, level }) => ({ period, cases: counts.cases, caseLimit, level, isZero: counts.isZero })),
  }));
}

async function warningsOf(context: Context, topic: string | null): Promise<readonly SentinelWarningView[]> {
  const warnings = await readWarnings(context.runtime.db, { topic, limit: WARNINGS_SHOWN });
  const names = await namesOf(
    context,
    warnings.flatMap(({ report }) => report?.organisationId ?? []),
  );
  return warnings.map((warning) => warningView(warning, names));
}

function warningView(
  { instanceId, number, title, openedAt, report, ...rest }: SentinelWarning,
  names: ReadonlyMap<string, OrganisationName>,
): SentinelWarningView {
  const organisation = report && names.get(report.organisationId);
  return {
    instanceId,
    number,
    title,
    status: statusOf({ ...rest, isStopped: false }),
    openedAt,
    report: report && organisation ? { topic: report.topic, period: report.period, organisation, level: report.level } : null,
  };
}

async function namesOf(context: Context, ids: readonly string[]): Promise<ReadonlyMap<string, OrganisationName>> {
  const found = await readOrganisations(context.runtime.db, [...new Set(ids)]);
  return new Map(found.map(({ id, name, nameEn }) => [id, { id, name, nameEn }]));
}

const date = z.iso.date();

export const designateSite = defineOperation({
  name: 'designateSite',
  method: 'post',
  path: '/surveillance/topics/:topic/sites',
  summary: 'Put a hospital on the roster of a topic, from a day on, with or without a last day',
  input: z.object({ topic: topicCode, organisationId, from: date, to: date.nullable() }),
  right: 'surveillance.manage',
  async run(context, { topic, organisationId: id, from, to }): Promise<{ readonly designated: true }> {
    const { db } = context.runtime;
    await topicOf(context, topic);
    if ((await readOrganisations(db, [id])).length === 0) throw notFound();
    if (to !== null && to < from) throw refused({ code: 'site-ends-before' });
    const isNew = await storeDesignation(db, { topic, organisationId: id, from, to, byPerson: context.standing.person.id });
    if (!isNew) throw new ApiError(409, { code: 'site-on-roster' });
    return { designated: true };
  },
});

export const endDesignation = defineOperation({
  name: 'endDesignation',
  method: 'post',
  path: '/surveillance/topics/:topic/sites/end',
  summary: 'The last day of a hospital on the roster of a topic, with the reason; what it owed until then stays owed',
  input: z.object({ topic: topicCode, organisationId, from: date, to: date, reason }),
  right: 'surveillance.manage',
  async run(context, input): Promise<{ readonly ended: true }> {
    const { topic, organisationId: id, from, to, reason: why } = input;
    const end = { topic, organisationId: id, from, to, byPerson: context.standing.person.id, reason: why };
    if (!(await endSite(context.runtime.db, end))) throw new ApiError(409, { code: 'site-not-current' });
    return { ended: true };
  },
});

export const openSentinelPeriod = defineOperation({
  name: 'openSentinelPeriod',
  method: 'post',
  path: '/surveillance/topics/:topic/periods',
  summary: 'Ask the sites of a topic for a period; who was asked already is not asked again',
  input: z.object({ topic: topicCode, period: z.string().max(20), commandId: z.uuid() }),
  right: 'surveillance.manage',
  async run(context, { topic: code, period: asked, commandId }): Promise<{ readonly isRepeated: boolean }> {
    const { standing, runtime } = context;
    const [topic, period] = [await topicOf(context, code), readPeriod(asked)];
    if (!period || period.frequency !== topic.frequency) throw refused({ code: 'period-unknown' });
    if (period.to >= today(context)) throw refused({ code: 'period-not-over' });
    const published = await runtime.publisher.message({
      id: commandId,
      name: 'sentinel-cycle-open',
      correlationKey: `${code}:${period.code}`,
      variables: { topic: code, period: period.code, frequency: topic.frequency },
      byPerson: standing.person.id,
      organisationId: standing.person.organisation.id,
      timeToLiveMs: OPENING_LIVES_MS,
    });
    if (published === 'reused') throw new ApiError(409, { code: 'command-reused' });
    return { isRepeated: published === 'known' };
  },
});

async function topicOf(context: Context, code: string): Promise<SentinelTopic> {
  const topic = await readTopic(context.runtime.db, code);
  if (!topic) throw notFound();
  return topic;
}
