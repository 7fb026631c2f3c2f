/** Reporting cycles: opened for a period, who has reported and who has not, urged. Changes of a report are commands to its instance. */
import { z } from 'zod';
import { scopeOf } from '#core/access/roles.ts';
import { localDateOf } from '#core/calendar/zone.ts';
import type { IndicatorSet } from '#core/quality/indicator-set.ts';
import { dayAfter, lastPeriodBefore, type Period, readPeriod } from '#core/quality/period.ts';
import { reportStage, URGED_ELEMENTS } from '#core/quality/report-stage.ts';
import {
  type QualityReport,
  type ReportStanding,
  readHospitalsBelow,
  readLastReported,
  readPeriods,
  readReports,
  readSet,
  readSets,
  readStandings,
} from '#db/quality.ts';
import { readReporting } from '#db/quality-feedback.ts';
import { ApiError, notFound, refused } from '../errors.ts';
import { type Context, defineOperation } from '../operation.ts';
import { nationalIndicators, setOf } from '../read/indicators.ts';
import { today } from '../read/today.ts';
import type { BoardRow, CycleBoardView, QualitySetView, QualityView, UrgedView } from '../views/quality.ts';
import { reason } from './operations.ts';
import { urgeEach } from './urge-each.ts';

const setCode = z.string().max(100);
const period = z.string().max(20);
const CYCLES_SHOWN = 12;
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
          lastReported: await readLastReported(db, set.code),
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
    lateReason: reason.optional(),
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
      dueOn,
      lockOn: dayAfter(known.to, set.lockDays),
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
