/** Quality reporting: cycles, who has not reported, a hospital's own view, and hospitals side by side. Changes of a report are commands to its instance. */
import { z } from 'zod';
import { scopeOf } from '#core/access/roles.ts';
import { localDateOf } from '#core/calendar/zone.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse, ResponseItem } from '#core/form/response.ts';
import { ROOT_KEY } from '#core/process/step.ts';
import { type EnteredFigure, readEntry } from '#core/quality/entry.ts';
import { chartOfSeries, countedSeries, funnelOfPeers } from '#core/quality/feedback.ts';
import { comparable, definitionFor, type IndicatorDefinition, nationalDefinition } from '#core/quality/indicator.ts';
import type { IndicatorSet } from '#core/quality/indicator-set.ts';
import { latestVersions } from '#core/quality/latest.ts';
import { dayAfter, lastPeriodBefore, type Period, readPeriod } from '#core/quality/period.ts';
import { reportStage, URGED_ELEMENTS } from '#core/quality/report-stage.ts';
import { readTaskDraft } from '#db/drafts.ts';
import { readLimitDecisions } from '#db/limit-decisions.ts';
import { readOrganisations } from '#db/people.ts';
import {
  type QualityReport,
  type ReportStanding,
  readHospitalsBelow,
  readIndicators,
  readPeriods,
  readReports,
  readSet,
  readSetOfReport,
  readSets,
  readStandings,
} from '#db/quality.ts';
import { peerFigures, readFeedback, readReporting, rebasedFrom, seriesOf } from '#db/quality-feedback.ts';
import { ApiError, notFound, refused } from '../errors.ts';
import { type Context, defineOperation } from '../operation.ts';
import { loadInstance } from '../read/instance.ts';
import { wholeSubmissions } from '../read/whole-submissions.ts';
import type {
  BoardRow,
  CycleBoardView,
  EnteredView,
  HospitalQualityView,
  HospitalReport,
  IndicatorComparisonView,
  IndicatorView,
  QualitySetView,
  QualityView,
  UrgedView,
} from '../views/quality.ts';
import { openDraft, putDraft } from './drafts.ts';
import { urgeEach } from './urge-each.ts';

const setCode = z.string().max(100);
const period = z.string().max(20);
const CYCLES_SHOWN = 12;
const REASON_CHARACTERS_MAX = 2_000;
const OPENING_LIVES_MS = 86_400_000;

export const quality = defineOperation({
  name: 'quality',
  method: 'get',
  path: '/quality',
  summary: 'The sets of indicators, their last cycles with the five rates',
  input: z.object({}),
  right: 'quality.read',
  async run(context): Promise<QualityView> {
    const { db } = context.runtime;
    const scope = scopeOf('quality.read', context.standing.roles);
    const only = await boardScope(context);
    const sets = await Promise.all(
      (await readSets(db, today(context))).map(async (set): Promise<QualitySetView> => {
        const periods = only?.length === 0 ? [] : (await readPeriods(db, set.code)).slice(0, CYCLES_SHOWN);
        const reporting = await Promise.all(periods.map((each) => readReporting(db, { setCode: set.code, period: each, only })));
        const next = lastPeriodBefore(set.frequency, today(context));
        return {
          code: set.code,
          name: set.name,
          nextPeriod: next.code,
          dueOn: dayAfter(next.to, set.dueDays),
          lockOn: dayAfter(next.to, set.lockDays),
          isLockPast: isLockPast(set, next, context),
          cycles: reporting.flatMap((found, index) => (found ? [{ period: periods[index] ?? '', ...ratesOf(found) }] : [])),
          indicators: await nationalIndicators(context, set),
        };
      }),
    );
    return {
      sets,
      ownOrganisationIds: scope === 'all' ? null : (scope ?? []),
      isRegional: only !== undefined && only.length > 0,
      canManage: scopeOf('quality.manage', context.standing.roles) !== null,
    };
  },
});

const isLockPast = ({ lockDays }: Pick<IndicatorSet, 'lockDays'>, { to }: Pick<Period, 'to'>, context: Context): boolean =>
  dayAfter(to, lockDays) < today(context);

/** Whose reports somebody watches on a board: all; those below, who approves for a region; nobody's. */
async function boardScope({ runtime, standing }: Context): Promise<readonly string[] | undefined> {
  if (scopeOf('quality.read', standing.roles) === 'all') return undefined;
  const approves = standing.roles.filter(({ role }) => role === 'quality-approver').map(({ organisationId }) => organisationId);
  return approves.length === 0 ? [] : readHospitalsBelow(runtime.db, approves);
}

const ratesOf = ({ expected, actual, actualOnTime, rate, rateOnTime }: Awaited<ReturnType<typeof readReporting>> & object) => ({
  expected,
  actual,
  actualOnTime,
  rate,
  rateOnTime,
});

export const openCycle = defineOperation({
  name: 'openCycle',
  method: 'post',
  path: '/quality/cycles',
  summary:
    'Open a cycle for a period; while one is open for it this changes nothing. After the day of its lock only with a reason: it is locked at once, for every hospital',
  input: z.object({
    commandId: z.uuid(),
    set: setCode,
    period,
    lateReason: z.string().trim().min(1).max(REASON_CHARACTERS_MAX).optional(),
  }),
  right: 'quality.manage',
  async run(context, { commandId, set, period: code, lateReason }): Promise<{ readonly isRepeated: boolean }> {
    const { standing, runtime } = context;
    const asked = readPeriod(code);
    const known = await readSet(runtime.db, set, today(context));
    if (!known || !asked || asked.frequency !== known.frequency) throw refused({ code: 'period-unknown' });
    if (asked.to >= today(context)) throw refused({ code: 'period-not-over' });
    const isLocked = isLockPast(known, asked, context);
    if (isLocked && lateReason === undefined) throw refused({ code: 'period-locked' });
    const published = await runtime.publisher.message({
      id: commandId,
      name: 'quality-cycle-open',
      correlationKey: `${set}:${code}`,
      variables: { set, period: code, ...(isLocked && lateReason !== undefined ? { lateReason } : {}) },
      byPerson: standing.person.id,
      organisationId: standing.person.organisation.id,
      timeToLiveMs: OPENING_LIVES_MS,
    });
    if (published === 'reused') throw new ApiError(409, { code: 'command-reused' });
    return { isRepeated: published === 'known' };
  },
});

export const cycleBoard = defineOperation({
  name: 'cycleBoard',
  method: 'get',
  path: '/quality/cycles/:set/:period',
  summary: 'Who has reported, who has not, and the five rates',
  input: z.object({ set: setCode, period }),
  right: 'quality.read',
  async run(context, { set: code, period: of }): Promise<CycleBoardView> {
    const only = await boardScope(context);
    if (only?.length === 0) throw notFound();
    const { db } = context.runtime;
    const set = await setOf(context, code, readPeriod(of)?.to ?? today(context));
    const [reporting, all, reports] = await Promise.all([
      readReporting(db, { setCode: code, period: of, only }),
      readStandings(db, `${code}:${of}`),
      readReports(db, { setCode: code, period: of }),
    ]);
    const standings = all.filter(({ organisationId }) => only === undefined || only.includes(organisationId));
    const known = readPeriod(of);
    if (!known || !reporting || standings.length === 0) throw notFound();
    const [dueOn, { zone }] = [dayAfter(known.to, set.dueDays), context.standing];
    const byHospital = new Map<string, QualityReport[]>();
    for (const report of reports) byHospital.set(report.organisationId, [...(byHospital.get(report.organisationId) ?? []), report]);
    return {
      set: { code, name: set.name, indicators: await nationalIndicators(context, set, readPeriod(of)?.to) },
      period: of,
      reporting,
      rows: standings.map((standing) => boardRow(standing, { versions: byHospital.get(standing.organisationId) ?? [], dueOn, zone })),
      canUrge: scopeOf('quality.manage', context.standing.roles) !== null,
      canOpen: only === undefined,
    };
  },
});

interface BoardOptions {
  readonly versions: readonly QualityReport[];
  /** The day on which it is due for everybody. */
  readonly dueOn: string;
  readonly zone: string;
}

function boardRow(standing: ReportStanding, { versions, dueOn, zone }: BoardOptions): BoardRow {
  const { organisationId: id, name, nameEn, status, elementIds, tier, province, instanceId, number, isOverdue, enterUntil } = standing;
  const isExtended = enterUntil !== null && localDateOf(Date.parse(enterUntil), zone) > dueOn;
  const [first, last] = [versions[0], versions.at(-1)];
  return {
    organisation: { id, name, nameEn },
    tier,
    province,
    instanceId,
    number,
    stage: reportStage({ status, elementIds, isReported: versions.length > 0 }),
    isOverdue,
    extendedUntil: isExtended ? enterUntil : null,
    isExtensionAsked: elementIds.includes('extension'),
    isOnTime: first?.isOnTime ?? null,
    submittedAt: first?.submittedAt ?? null,
    version: last?.version ?? 0,
    verdict: last?.check.verdict ?? null,
  };
}

export const urgeReports = defineOperation({
  name: 'urgeReports',
  method: 'post',
  path: '/quality/cycles/:set/:period/urge',
  summary: 'Urge those who have not handed in: one hospital, or all; a result for each',
  input: z.object({ set: setCode, period, commandId: z.uuid(), organisationId: z.string().max(100).optional() }),
  right: 'quality.manage',
  async run(context, { set, period: of, commandId, organisationId }): Promise<UrgedView> {
    const standings = await readStandings(context.runtime.db, `${set}:${of}`);
    const owing = standings.filter(
      (standing) =>
        (organisationId === undefined || standing.organisationId === organisationId) &&
        standing.elementIds.some((elementId) => URGED_ELEMENTS.includes(elementId)),
    );
    return urgeEach(context, owing, { commandId, elementIds: URGED_ELEMENTS, asked: of });
  },
});

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

const ROWS_MAX = 500;
const cell = z.string().max(1_000);

export const enterFigures = defineOperation({
  name: 'enterFigures',
  method: 'post',
  path: '/quality/reports/:id/figures',
  summary: 'Figures out of a table into my draft of a report, with a result for each row; what was in the draft for other indicators stays',
  input: z.object({
    id: z.uuid(),
    rows: z
      .array(z.object({ indicator: cell, numerator: cell, denominator: cell, explanation: cell.optional() }))
      .min(1)
      .max(ROWS_MAX),
  }),
  right: 'signed-in',
  async run(context, { id, rows }): Promise<EnteredView> {
    const { db, definitions } = context.runtime;
    const loaded = await loadInstance(context, id);
    const { instance, graph, state } = loaded;
    const task = Object.values(state.tasks).find(({ elementId }) => ENTERED_AT.includes(elementId));
    const element = task && graph.elements[task.elementId];
    const formHash = element?.elementType === 'userTask' && element.formKey ? graph.forms[element.formKey] : undefined;
    const variables = state.elements[ROOT_KEY]?.variables ?? {};
    if (!task || !formHash || typeof variables.set !== 'string' || typeof variables.period !== 'string')
      throw new ApiError(409, { code: 'task-done' });
    const known = readPeriod(variables.period);
    const set = await setOf(context, variables.set, known?.to ?? today(context));
    const indicators = await readIndicators(db, set.indicators);
    const counted = set.indicators.flatMap(
      (code) => definitionFor(indicators, { code, on: known?.to ?? '', organisationId: instance.organisationId }) ?? [],
    );
    const { figures, results } = readEntry(rows, counted);
    const on = { instanceId: id, taskId: task.taskId };
    if (figures.length > 0) {
      const draft = await readTaskDraft(db, { personId: context.standing.person.id, ...on });
      // A correction begins with what was submitted.
      const before = draft
        ? (await openDraft(context, draft, formHash)).response
        : (await wholeSubmissions(context, loaded)).filter((submission) => submission.formHash === formHash).at(-1)?.whole;
      const questionnaire = await definitions.form(formHash);
      await putDraft.run(context, {
        ...(draft ? { id: draft.id } : {}),
        scope: { kind: 'task', ...on },
        formHash,
        version: draft?.version ?? 0,
        unanswered: [],
        response: withFigures(before ?? { resourceType: 'QuestionnaireResponse', status: 'in-progress' }, questionnaire, figures),
      });
    }
    return { taskId: task.taskId, taken: figures.length, results };
  },
});

const ENTERED_AT: readonly string[] = ['enter', 'correct'];

/** In the order of the form; groups that the table does not speak of stay as they were. */
function withFigures(
  response: QuestionnaireResponse,
  { item = [] }: Questionnaire,
  figures: readonly EnteredFigure[],
): QuestionnaireResponse {
  const answered = item.flatMap(({ linkId }): readonly ResponseItem[] => {
    const figure = figures.find(({ code }) => code === linkId);
    if (!figure) return response.item?.filter((each) => each.linkId === linkId) ?? [];
    const { numerator, denominator, explanation } = figure;
    const counts = Object.entries({ numerator, denominator }).flatMap(([part, value]) =>
      value === null ? [] : [{ linkId: `${linkId}.${part}`, answer: [{ valueInteger: value }] }],
    );
    const words = explanation === null ? [] : [{ linkId: `${linkId}.explanation`, answer: [{ valueString: explanation }] }];
    return [{ linkId, item: [...counts, ...words] }];
  });
  return { ...response, item: answered };
}

export const indicatorComparison = defineOperation({
  name: 'indicatorComparison',
  method: 'get',
  path: '/quality/indicators/:set/:code/:period',
  summary: 'All hospitals that count alike, side by side, with limits as wide as their size makes them',
  input: z.object({ set: setCode, code: z.string().max(100), period }),
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

/** Other hospitals' figures are seen by those alone who oversee them all. */
export function requireAll(context: Context): void {
  if (scopeOf('quality.read', context.standing.roles) !== 'all') throw notFound();
}

/** `on`: an ISO date; of a period, its last. */
export async function setOf({ runtime }: Context, code: string, on: string): Promise<IndicatorSet> {
  const set = await readSet(runtime.db, code, on);
  if (!set) throw notFound();
  return set;
}

async function nationalIndicators(context: Context, set: IndicatorSet, on = today(context)): Promise<readonly IndicatorView[]> {
  const indicators = await readIndicators(context.runtime.db, set.indicators);
  return set.indicators.flatMap((code) => {
    const definition = nationalDefinition(indicators, { code, on });
    return definition ? [indicatorView(definition)] : [];
  });
}

const indicatorView = (definition: IndicatorDefinition): IndicatorView => ({
  code: definition.code,
  name: definition.name,
  numerator: definition.numerator,
  denominator: definition.denominator,
  regime: definition.regime.kind,
  version: definition.version,
  multiplier: definition.multiplier,
  improvement: definition.improvement,
  target: definition.target ?? null,
});

const today = ({ standing }: Context): string => localDateOf(Date.now(), standing.zone);
