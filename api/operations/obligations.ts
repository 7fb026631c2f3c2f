/** Who has to report a set, and who is exempted: listed, obliged, ended, exempted. Nothing that is over changes; who changed what is kept. */
import { z } from 'zod';
import { provinceName } from '#core/access/provinces.ts';
import { scopeOf } from '#core/access/roles.ts';
import type { Json, JsonObject } from '#core/json.ts';
import type { IndicatorSet } from '#core/quality/indicator-set.ts';
import { DUTY_STATES, type Duties, type DutyState, dutyOn, isVoid, obligedIn } from '#core/quality/obligation.ts';
import { changesFrom, type DutyRefusal, endedOn, refusalToExempt, refusalToOblige } from '#core/quality/obligation-change.ts';
import { dayBefore, periodOn } from '#core/quality/period.ts';
import type { Database } from '#db/database.ts';
import { noteQualityChange, type QualityChange, readQualityChanges } from '#db/indicator-sets.ts';
import {
  changingQuality,
  type DutyOrganisation,
  endDuty,
  type KeptExemption,
  type KeptObligation,
  readDutyOrganisations,
  readExemptions,
  readObligations,
  storeExemption,
  storeObligations,
} from '#db/obligations.ts';
import { notFound, refused } from '../errors.ts';
import { type Context, defineOperation } from '../operation.ts';
import { requireAll, setOf } from '../read/indicators.ts';
import { today } from '../read/today.ts';
import type { DutyRow, DutyView, ObligationsView, ObligedView, QualityHistoryView } from '../views/obligations.ts';
import type { PersonView } from '../views.ts';

const PAGE_SIZE = 50;
const HISTORY_PAGE = 50;
const NAMED_IN_HISTORY = 3;
const HOSPITALS_MAX = 5_000;

const setCode = z.string().max(100);
const date = z.iso.date();
const reason = z.string().trim().max(500);

/** What is searched for. */
const filter = {
  q: z.string().trim().max(100).default(''),
  /** Six digits of GB/T 2260. */
  province: z.string().max(6).default(''),
  tier: z.string().max(20).default(''),
  state: z.enum(DUTY_STATES).optional(),
};

export const obligations = defineOperation({
  name: 'obligations',
  method: 'get',
  path: '/quality/sets/:set/obligations',
  summary: 'Who has to report a set: every hospital with how it stands today, searched and page by page',
  input: z.object({ set: setCode, ...filter, page: z.coerce.number().int().min(1).max(10_000).default(1) }),
  right: 'quality.read',
  async run(context, { set: code, page, ...asked }): Promise<ObligationsView> {
    requireAll(context);
    const set = await setOf(context, code, today(context));
    const known = await readDuties(context.runtime.db, code);
    const found = known.organisations.filter((each) => isMeant(each, asked));
    const stateOf = (id: string): DutyState => dutyOn(today(context), known.of(id));
    const states = new Map(found.map(({ id }) => [id, stateOf(id)]));
    const chosen = found.filter(({ id }) => asked.state === undefined || states.get(id) === asked.state);
    const shown = chosen.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
    const running = periodOn(set.frequency, today(context));
    const expected = new Set(obligedIn(running, known));
    return {
      set: { code, name: set.name, frequency: set.frequency },
      changesFrom: running.from,
      running: { period: running.code, from: running.from, to: running.to, expected: expected.size },
      counts: countsOf([...states.values()]),
      provinces: [...new Set(known.organisations.map(({ province }) => province))].sort().map((each) => ({
        code: each,
        name: provinceName(each),
      })),
      tiers: [...new Set(known.organisations.map(({ tier }) => tier))],
      rows: await rowsOf(context, shown, { known, opensOn: running.from, expected }),
      total: chosen.length,
      page,
      pageSize: PAGE_SIZE,
      canChange: scopeOf('quality.oblige', context.standing.roles) !== null,
    };
  },
});

interface KnownDuties {
  readonly organisations: readonly DutyOrganisation[];
  readonly obligations: readonly KeptObligation[];
  readonly exemptions: readonly KeptExemption[];
  readonly of: (organisationId: string) => {
    readonly obligations: readonly KeptObligation[];
    readonly exemptions: readonly KeptExemption[];
  };
}

/** Read whole: some thousand hospitals with a few lines each, and what they come to is core's to say. */
async function readDuties(db: Database, setCode: string): Promise<KnownDuties> {
  const [organisations, obligations, exemptions] = await Promise.all([
    readDutyOrganisations(db),
    readObligations(db, setCode),
    readExemptions(db, setCode),
  ]);
  const [owed, freed] = [byHospital(obligations), byHospital(exemptions)];
  return { organisations, obligations, exemptions, of: (id) => ({ obligations: owed.get(id) ?? [], exemptions: freed.get(id) ?? [] }) };
}

function byHospital<Duty extends { readonly organisationId: string }>(duties: readonly Duty[]): ReadonlyMap<string, readonly Duty[]> {
  const grouped = new Map<string, Duty[]>();
  for (const duty of duties) grouped.set(duty.organisationId, [...(grouped.get(duty.organisationId) ?? []), duty]);
  return grouped;
}

type Filter = z.output<z.ZodObject<typeof filter>>;

function isMeant({ id, name, nameEn, tier, province }: DutyOrganisation, asked: Filter): boolean {
  const words = asked.q.toLowerCase();
  const isNamed = words === '' || id === asked.q || name.toLowerCase().includes(words) || nameEn.toLowerCase().includes(words);
  return isNamed && (asked.province === '' || province === asked.province) && (asked.tier === '' || tier === asked.tier);
}

function countsOf(states: readonly DutyState[]): Record<DutyState, number> {
  const counts: Record<DutyState, number> = { obliged: 0, exempted: 0, future: 0, ended: 0, never: 0 };
  for (const state of states) counts[state] += 1;
  return counts;
}

interface Shown {
  readonly known: KnownDuties;
  readonly opensOn: string;
  readonly expected: ReadonlySet<string>;
}

async function rowsOf(
  context: Context,
  organisations: readonly DutyOrganisation[],
  { known, opensOn, expected }: Shown,
): Promise<readonly DutyRow[]> {
  const on = today(context);
  const duties = organisations.map(({ id }) => known.of(id));
  const givers = duties.flatMap((each) => [...each.obligations, ...each.exemptions]).map(({ byPerson }) => byPerson);
  const people = await context.runtime.directory.persons(givers);
  return organisations.map(({ id, name, nameEn, tier, province }, index) => {
    const own = duties[index] ?? { obligations: [], exemptions: [] };
    const obligation = shownObligation(own.obligations, on);
    return {
      organisation: { id, name, nameEn },
      tier,
      province: provinceName(province),
      state: dutyOn(on, own),
      isExpected: expected.has(id),
      obligation: obligation && dutyView(obligation, { opensOn, people }),
      exemptions: own.exemptions
        .filter((each) => !isVoid(each) && (each.to === null || each.to >= on))
        .map((each) => ({ ...dutyView(each, { opensOn, people }), reason: each.reason })),
    };
  });
}

/** The one that holds, else the next one, else the last one. */
function shownObligation(own: readonly KeptObligation[], on: string): KeptObligation | null {
  const real = own.filter((each) => !isVoid(each));
  return real.find(({ to }) => to === null || to >= on) ?? real.at(-1) ?? null;
}

const dutyView = (
  duty: KeptObligation,
  { opensOn, people }: { readonly opensOn: string; readonly people: ReadonlyMap<string, PersonView> },
): DutyView => ({
  id: duty.id,
  from: duty.from,
  to: duty.to,
  by: duty.byPerson === null ? null : (people.get(duty.byPerson) ?? null),
  endReason: duty.endReason,
  canEnd: typeof endedOn(duty, dayBefore(opensOn), { opensOn }) !== 'string',
});

export const oblige = defineOperation({
  name: 'oblige',
  method: 'post',
  path: '/quality/sets/:set/obligations',
  summary:
    'Oblige hospitals from a day on: those named, or all that a search finds; who cannot be is told with the reason, the others are obliged',
  input: z.object({
    set: setCode,
    from: date,
    to: date.nullable().default(null),
    hospitals: z.union([
      /** Each by its id, or by its name in either language as it stands. */
      z.strictObject({ list: z.array(z.string().trim().min(1).max(200)).min(1).max(HOSPITALS_MAX) }),
      z.strictObject({ found: z.strictObject(filter) }),
    ]),
  }),
  right: 'quality.oblige',
  async run(context, { set: code, from, to, hospitals }): Promise<ObligedView> {
    const set = await setOf(context, code, today(context));
    const opensOn = changesFrom(set.frequency, today(context));
    // What is wrong with the days is wrong for everybody.
    const wrong = refusalToOblige({ from, to }, { opensOn, duties: { obligations: [], exemptions: [] } });
    if (wrong) throw refused({ code: wrong });
    return changingQuality(context.runtime.db, async (trx) => {
      const known = await readDuties(trx, code);
      const meant = 'list' in hospitals ? named(known, hospitals.list) : found(known, hospitals.found, today(context));
      const decided = meant.map((organisation) => ({
        organisation,
        refusal: refusalToOblige({ from, to }, { opensOn, duties: known.of(organisation.id) }),
      }));
      const taken = decided.flatMap(({ organisation, refusal }) => (refusal === null ? [organisation.id] : []));
      if (taken.length > 0) {
        const given = taken.map((organisationId) => ({ organisationId, from, to }));
        await storeObligations(trx, code, given, me(context));
        await note(trx, context, { subject: 'obligation', set, act: 'oblige', before: null, after: { organisationIds: taken, from, to } });
      }
      return {
        obliged: taken.length,
        refused: decided.flatMap(({ organisation: { id, name, nameEn }, refusal }) =>
          refusal === null ? [] : [{ organisation: { id, name, nameEn }, code: refusal }],
        ),
      };
    });
  },
});

/** Whoever names one that is not there has another list: nothing of it is taken. */
function named({ organisations }: KnownDuties, list: readonly string[]): readonly DutyOrganisation[] {
  const called = new Map(organisations.flatMap((each) => [each.id, each.name, each.nameEn].map((name) => [name, each] as const)));
  const unknown = list.filter((line) => !called.has(line));
  if (unknown.length > 0) throw refused({ code: 'hospital-unknown', data: { unknown } });
  return [...new Set(list.flatMap((line) => called.get(line) ?? []))];
}

const found = (known: KnownDuties, asked: Filter, on: string): readonly DutyOrganisation[] =>
  known.organisations.filter(
    (each) => isMeant(each, asked) && (asked.state === undefined || dutyOn(on, known.of(each.id)) === asked.state),
  );

const end = { set: setCode, id: z.uuid(), lastDay: date, reason };

export const endObligation = defineOperation({
  name: 'endObligation',
  method: 'post',
  path: '/quality/sets/:set/obligations/:id/end',
  summary: 'The last day of an obligation, with the reason; what was owed for a period that is over stays owed',
  input: z.object(end),
  right: 'quality.oblige',
  run: (context, input): Promise<{ readonly to: string }> => endOf(context, 'obligation', input),
});

export const withdrawExemption = defineOperation({
  name: 'withdrawExemption',
  method: 'post',
  path: '/quality/sets/:set/exemptions/:id/withdraw',
  summary: 'The last day of an exemption, with the reason; who was not asked for a period that is over stays so',
  input: z.object(end),
  right: 'quality.oblige',
  run: (context, input): Promise<{ readonly to: string }> => endOf(context, 'exemption', input),
});

interface End {
  readonly set: string;
  readonly id: string;
  readonly lastDay: string;
  readonly reason: string;
}

async function endOf(
  context: Context,
  kind: 'obligation' | 'exemption',
  { set: code, id, lastDay, reason: why }: End,
): Promise<{ readonly to: string }> {
  const set = await setOf(context, code, today(context));
  if (why === '') throw refused({ code: 'reason-required' });
  return changingQuality(context.runtime.db, async (trx) => {
    const kept = (await (kind === 'obligation' ? readObligations(trx, code) : readExemptions(trx, code))).find((each) => each.id === id);
    if (!kept) throw notFound();
    const ended = endedOn<KeptObligation>(kept, lastDay, { opensOn: changesFrom(set.frequency, today(context)) });
    if (typeof ended === 'string') throw refused({ code: ended });
    const to = ended.to ?? lastDay;
    await endDuty(trx, kind, { id, to, endedBy: me(context), endReason: why });
    const about = { organisationIds: [kept.organisationId], from: kept.from };
    await note(trx, context, {
      subject: kind,
      set,
      act: kind === 'obligation' ? 'end' : 'withdraw',
      reason: why,
      before: { ...about, to: kept.to },
      after: { ...about, to },
    });
    return { to };
  });
}

export const exempt = defineOperation({
  name: 'exempt',
  method: 'post',
  path: '/quality/sets/:set/exemptions',
  summary: 'Exempt a hospital for some time, with the reason: every period that this touches is not asked of it',
  input: z.object({ set: setCode, organisationId: z.string().max(100), from: date, to: date.nullable().default(null), reason }),
  right: 'quality.oblige',
  async run(context, { set: code, organisationId, from, to, reason: why }): Promise<{ readonly exempted: true }> {
    const set = await setOf(context, code, today(context));
    if (why === '') throw refused({ code: 'reason-required' });
    return changingQuality(context.runtime.db, async (trx) => {
      const known = await readDuties(trx, code);
      if (!known.organisations.some(({ id }) => id === organisationId)) throw notFound();
      const duties: Duties = known.of(organisationId);
      const refusal: DutyRefusal | null = refusalToExempt({ from, to }, { opensOn: changesFrom(set.frequency, today(context)), duties });
      if (refusal) throw refused({ code: refusal });
      await storeExemption(trx, code, { organisationId, from, to, reason: why, byPerson: me(context) });
      const after = { organisationIds: [organisationId], from, to };
      await note(trx, context, { subject: 'exemption', set, act: 'exempt', reason: why, before: null, after });
      return { exempted: true };
    });
  },
});

export const qualityHistory = defineOperation({
  name: 'qualityHistory',
  method: 'get',
  path: '/quality/sets/:set/history',
  summary: 'Who changed what in obligations, exemptions and versions of a set; newest first',
  input: z.object({ set: setCode, before: z.string().regex(/^\d+$/).optional() }),
  right: 'quality.read',
  async run(context, { set: code, before = null }): Promise<QualityHistoryView> {
    requireAll(context);
    await setOf(context, code, today(context));
    const { db, directory } = context.runtime;
    const read = await readQualityChanges(db, { setCode: code, before, limit: HISTORY_PAGE + 1 });
    const changes = read.slice(0, HISTORY_PAGE);
    const people = await directory.persons(changes.map(({ byPerson }) => byPerson));
    const about = changes.map(({ after }) => organisationsIn(after));
    const organisations = await directory.organisations(about.flatMap((ids) => ids.slice(0, NAMED_IN_HISTORY)));
    return {
      hasMore: read.length > HISTORY_PAGE,
      changes: changes.map(({ byPerson, after, before: _, subjectId: __, ...change }, index) => ({
        ...change,
        by: people.get(byPerson) ?? null,
        organisations: (about[index] ?? []).slice(0, NAMED_IN_HISTORY).flatMap((id) => organisations.get(id) ?? []),
        organisationCount: (about[index] ?? []).length,
        from: textIn(after, 'from') ?? textIn(after, 'validFrom'),
        to: textIn(after, 'to'),
        version: numberIn(after, 'version'),
      })),
    };
  },
});

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const valueIn = (value: Json, name: string): Json => (isObject(value) ? (value[name] ?? null) : null);
function textIn(value: Json, name: string): string | null {
  const found = valueIn(value, name);
  return typeof found === 'string' ? found : null;
}
function numberIn(value: Json, name: string): number | null {
  const found = valueIn(value, name);
  return typeof found === 'number' ? found : null;
}
function organisationsIn(value: Json): readonly string[] {
  const ids = valueIn(value, 'organisationIds');
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}

interface Noted extends Pick<QualityChange, 'subject' | 'act' | 'before' | 'after'> {
  readonly set: Pick<IndicatorSet, 'code'>;
  readonly reason?: string;
}

export const note = (db: Database, context: Context, { set, reason: why, ...change }: Noted): Promise<void> =>
  noteQualityChange(db, { ...change, reason: why ?? null, subjectId: set.code, byPerson: me(context) });

export const me = ({ standing }: Context): string => standing.person.id;
