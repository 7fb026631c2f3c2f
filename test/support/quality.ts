/** Quality reporting in a test: part of the national sample, sets whose days suit the test, and what people do to a report. */
import { randomUUID } from 'node:crypto';
import { organisationRow } from '#bin/seed/import.ts';
import { readCatalogue } from '#bin/seed/indicator-catalogue.ts';
import { NATIONAL_ORGANISATIONS, nationalPeople } from '#bin/seed/national.ts';
import { importReporting } from '#bin/seed/reporting.ts';
import { localDateOf } from '#core/calendar/zone.ts';
import { requiring } from '#core/form/requiring.ts';
import type { IndicatorSet } from '#core/quality/indicator-set.ts';
import { dayAfter, lastPeriodBefore, periodOn } from '#core/quality/period.ts';
import { importNetwork } from '#db/network.ts';
import { storeObligations } from '#db/obligations.ts';
import { storeCatalogue } from '#db/quality.ts';
import { fillForm } from './fill-form.ts';
import type { World } from './world.ts';

/** Who leads, who controls quality, and who only reads. */
export const MANAGER = 'p-he-jing';
export const CENTRE = 'p-tang-min';
export const AUDITOR = 'p-ye-zhou';

const TODAY = localDateOf(Date.now(), 'Asia/Shanghai');
/** Over: its cycle was opened, or may be any moment. */
export const PAST = lastPeriodBefore('month', TODAY);
/** The next cycle asks for it. */
export const RUNNING = periodOn('month', TODAY);
export const NEXT = periodOn('month', dayAfter(RUNNING.to));

/** The first hospitals of the national sample, obliged for the sample's set, with their people. */
export async function aNationalPart(world: World, count: number): Promise<readonly string[]> {
  const organisations = NATIONAL_ORGANISATIONS.slice(0, count);
  const ids = new Set(organisations.map(({ id }) => id));
  const { persons, roles } = nationalPeople('');
  await importNetwork(world.db, {
    calendars: [],
    departments: [],
    teams: [],
    rooms: [],
    members: [],
    qualifications: [],
    users: [],
    organisations: organisations.map(organisationRow),
    persons: persons.filter(({ organisation_id }) => ids.has(organisation_id)),
    roles: roles.filter(({ organisation_id }) => ids.has(organisation_id)),
  });
  await importReporting(world.db, organisations, () => '2020-01-01');
  return [...ids];
}

/** The sample's set under another code and with other days, asked of these hospitals. */
export async function aSet(
  { db }: Pick<World, 'db'>,
  code: string,
  days: Pick<IndicatorSet, 'dueDays' | 'lockDays' | 'feedbackDays'>,
  hospitals: readonly string[],
): Promise<void> {
  const [set] = (await readCatalogue()).sets;
  if (!set) throw new Error('The sample has no set.');
  await storeCatalogue(db, { sets: [{ ...set, code, ...days }], indicators: [] });
  await storeObligations(
    db,
    code,
    hospitals.map((organisationId) => ({ organisationId, from: '2020-01-01', to: null })),
  );
}

/** A set that no other test asks, with the days of the sample's, asked of these hospitals since long ago. Gives its code. */
export async function aSetOfItsOwn(world: Pick<World, 'db'>, hospitals: readonly string[]): Promise<string> {
  const code = `set-${randomUUID()}`;
  await aSet(world, code, { dueDays: 10, lockDays: 25, feedbackDays: 30 }, hospitals);
  return code;
}

/** Who does what in a hospital of the national sample. */
export const personAt = (organisationId: string, post: 'reporter' | 'head' | 'office'): string =>
  `${organisationId.replace(/^org-/, 'p-')}-${post}`;

interface Act {
  readonly outcome: string;
  readonly reason?: string;
  readonly figures?: Readonly<Record<string, readonly [numerator: number, denominator: number]>>;
}

/** Claims the open task of the element and decides it. */
export async function decide(
  world: Pick<World, 'call' | 'state'>,
  instanceId: string,
  elementId: string,
  personId: string,
  { outcome, reason, figures }: Act,
): Promise<void> {
  const state = await world.state(instanceId);
  const task = Object.values(state.tasks).find((open) => open.elementId === elementId);
  if (!task) throw new Error(`${elementId} is not open; open are ${Object.values(state.tasks).map((open) => open.elementId)}.`);
  const on = { id: instanceId, taskId: task.taskId };
  await world.call(personId, 'claimTask', { ...on, commandId: randomUUID() });
  const { form, actions } = await world.call(personId, 'task', on);
  const chosen = actions.find((action) => action.kind === 'outcome' && action.outcome.code === outcome);
  const demands = chosen?.kind === 'outcome' ? chosen.outcome : {};
  const answers = Object.fromEntries(
    Object.entries(figures ?? {}).flatMap(([code, [numerator, denominator]]) => [
      [`${code}.numerator`, [{ valueInteger: numerator }]],
      [`${code}.denominator`, [{ valueInteger: denominator }]],
    ]),
  );
  await world.call(personId, 'completeTask', {
    ...on,
    commandId: randomUUID(),
    outcome,
    ...(reason === undefined ? {} : { reason }),
    ...(form ? { formHash: form.hash, response: fillForm(requiring(form.questionnaire, demands), { personId, answers }) } : {}),
  });
}
