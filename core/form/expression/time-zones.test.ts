/** Days and moments come to the same whatever time zone a process is in: each is computed in processes of their own. */
import { execFile } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { typescript } from '#bin/start/child.ts';
import type { ResponseItem } from '../response.ts';

const ZONES = ['UTC', 'Asia/Shanghai', 'America/St_Johns', 'Pacific/Apia'] as const;

interface Given {
  readonly now: string;
  readonly answers: readonly ResponseItem[];
  readonly expressions: readonly string[];
}

interface Computed {
  readonly clock: string;
  readonly results: readonly (string | null)[];
  readonly failed: readonly string[];
}

const SCRIPT = new URL('../../../test/support/compute-expressions.ts', import.meta.url).pathname;

const computedIn = (zone: string, given: Given): Promise<Computed> =>
  new Promise((resolve, reject) => {
    const child = execFile(process.execPath, typescript(SCRIPT), { env: { ...process.env, TZ: zone } }, (error, out) =>
      error ? reject(error) : resolve(JSON.parse(out)),
    );
    child.stdin?.end(JSON.stringify(given));
  });

const inEveryZone = (given: Given): Promise<readonly Computed[]> => Promise.all(ZONES.map((zone) => computedIn(zone, given)));

const dated = (): fc.Arbitrary<string> =>
  fc
    .date({ min: new Date('1949-10-01T00:00:00Z'), max: new Date('2032-02-29T23:59:59Z'), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 19));
/** Nights on which clocks somewhere are changed, and the ends of months. */
const notable = fc.constantFrom(
  '2026-03-08T02:30:00',
  '2026-11-01T01:30:00',
  '2026-03-29T01:15:00',
  '1986-05-04T02:30:00',
  '2011-12-30T12:00:00',
  '2009-12-31T23:30:00',
  '2024-02-29T00:00:00',
  '2026-01-31T23:59:59',
  '2026-12-31T16:00:00',
);
const wall = fc.oneof(dated(), notable);
const offset = fc.constantFrom('Z', '+08:00', '-03:30', '+05:45', '-11:00', '+13:00');
const moment = fc.tuple(wall, offset).map(([at, zone]) => `${at}${zone}`);
const day = wall.map((at) => at.slice(0, 10));
const time = wall.map((at) => at.slice(11));

const values = fc.oneof(
  moment.map((at) => `@${at}`),
  moment.map((at) => `@${at.slice(0, 13)}${at.slice(19)}`),
  wall.map((at) => `@${at}`),
  day.map((at) => `@${at}`),
  day.map((at) => `@${at.slice(0, 7)}T`),
  fc.constantFrom(
    'today()',
    'now()',
    ...["'moment'", "'day'"].flatMap((linkId) => [0, 1, 2].map((index) => `%resource.item.where(linkId=${linkId}).answer.value[${index}]`)),
  ),
);
const duration = fc
  .tuple(
    fc.integer({ min: -40, max: 40 }),
    fc.constantFrom('years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds', "'d'", "'h'"),
  )
  .map(([amount, unit]) => `${amount < 0 ? '-' : '+'} ${Math.abs(amount)} ${unit}`);
const times = fc.oneof(
  time.map((at) => `@T${at}`),
  fc.constantFrom('timeOfDay()', "%resource.item.where(linkId='time').answer.value[0]"),
);
const timeDuration = fc
  .tuple(fc.integer({ min: -30, max: 30 }), fc.constantFrom('hours', 'minutes', 'seconds'))
  .map(([amount, unit]) => `${amount < 0 ? '-' : '+'} ${Math.abs(amount)} ${unit}`);

const expression = fc.oneof(
  fc.tuple(values, duration).map(([value, amount]) => `(${value} ${amount}).toString()`),
  fc.tuple(values, duration, fc.constantFrom('toDate', 'toDateTime')).map(([value, amount, into]) => `(${value} ${amount}).${into}()`),
  fc
    .tuple(values, fc.constantFrom('<', '<=', '>', '>=', '=', '!=', '~'), values)
    .map(([a, operator, b]) => `(${a} ${operator} ${b}).toString()`),
  fc.tuple(times, timeDuration).map(([value, amount]) => `(${value} ${amount}).toString()`),
  fc.tuple(times, fc.constantFrom('<', '=', '~'), times).map(([a, operator, b]) => `(${a} ${operator} ${b}).toString()`),
);

const answersOf = (linkId: string, key: string, each: readonly string[]): ResponseItem => ({
  linkId,
  answer: each.map((value) => ({ [key]: value })),
});

it('in every time zone the same expressions come to the same', async () => {
  const given = fc.record({
    now: moment,
    answers: fc
      .tuple(...[moment, day, time].map((each) => fc.array(each, { minLength: 3, maxLength: 3 })))
      .map(([moments = [], days = [], hours = []]) => [
        answersOf('moment', 'valueDateTime', moments),
        answersOf('day', 'valueDate', days),
        answersOf('time', 'valueTime', hours),
      ]),
    expressions: fc.array(expression, { minLength: 400, maxLength: 400 }),
  });
  await fc.assert(
    fc.asyncProperty(given, async (each) => {
      const [first, ...others] = await inEveryZone(each);
      expect(first?.results.filter((result) => result !== null).length).toBeGreaterThan(200);
      for (const other of others) {
        expect({ results: other.results, failed: other.failed }).toEqual({ results: first?.results, failed: first?.failed });
      }
    }),
    { numRuns: 1, endOnFailure: true },
  );
}, 90_000);

const KNOWN: readonly (readonly [says: string, source: string, result: string])[] = [
  ['the last of a month stays within the next, in its own zone', '@2026-01-31T23:30:00+08:00 + 1 month', '2026-02-28T23:30:00+08:00'],
  ['also backwards', '@2026-03-31T23:30:00-03:30 - 1 month', '2026-02-28T23:30:00-03:30'],
  ['a night on which clocks are changed somewhere is a night', '@2026-03-08T02:30:00-03:30 + 1 day', '2026-03-09T02:30:00-03:30'],
  ['a day that is missing somewhere is a day', '@2011-12-29 + 1 day', '2011-12-30'],
  ['hours go over midnight', '@2026-02-28T23:00:00+05:45 + 2 hours', '2026-03-01T01:00:00+05:45'],
  ['a leap day is followed by the last of February', '@2024-02-29 + 1 year', '2025-02-28'],
  ['parts of days do not count', '@2026-01-31 + 36 hours', '2026-02-01'],
  ['parts of seconds count', '@2026-01-15T10:00:00.500Z + 0.25 seconds', '2026-01-15T10:00:00.750Z'],
  ['a time of day begins anew', '@T23:30:00 + 2 hours', '01:30:00'],
  ['today is the day where the form is filled in', 'today()', '2026-12-01'],
  ['now keeps its offset', 'now() - 1 day', '2026-11-30T01:30:00+08:00'],
  ['the time of day is that of now', 'timeOfDay()', '01:30:00'],
  ['a moment is of the day that it is where the form is filled in', '@2026-11-30T18:00:00Z > @2026-11-30', 'true'],
  ['what has no offset is meant there', '@2026-12-01T01:00:00 = @2026-11-30T17:00:00Z', 'true'],
];

it.each(ZONES)('days and moments are computed on their own clocks in %s', async (zone) => {
  const expressions = KNOWN.map(([, source]) => `(${source}).toString()`);
  const { clock, results } = await computedIn(zone, { now: '2026-12-01T01:30:00+08:00', answers: [], expressions });
  expect(clock).toBe(zone);
  expect(KNOWN.map(([says], index) => [says, results[index]])).toEqual(KNOWN.map(([says, , result]) => [says, result]));
});
