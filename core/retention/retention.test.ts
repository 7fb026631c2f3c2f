import { describe, expect, it } from 'vitest';
import { keptUntil, readRetention, sealedBefore } from './retention.ts';

const SHANGHAI = 'Asia/Shanghai';
const retention = (text: string) => readRetention(text) ?? expect.unreachable(text);

describe('a retention', () => {
  it.each(['P30Y', 'P15Y', 'P1Y6M', 'P90D', 'P2W'])('%s is one', (text) => {
    expect(readRetention(text)).not.toBeNull();
  });

  it.each(['', 'P', '30Y', 'P0D', 'P0Y', '-P1Y', 'PT24H', 'P1DT1H', 'P1.5Y', 'P1000Y'])(
    '"%s" is none: whole days, and at least one',
    (text) => {
      expect(readRetention(text)).toBeNull();
    },
  );
});

describe('a record is kept', () => {
  it.each([
    // The day of the seal is the organisation's: here it is 1 March already in Shanghai.
    ['2026-02-28T17:00:00.000Z', 'P30Y', '2056-03-01T16:00:00.000Z'],
    ['2026-02-28T15:59:59.999Z', 'P30Y', '2056-02-28T16:00:00.000Z'],
    // Without a corresponding day: the last of the month.
    ['2028-02-29T04:00:00.000Z', 'P15Y', '2043-02-28T16:00:00.000Z'],
    ['2026-01-31T04:00:00.000Z', 'P1M', '2026-02-28T16:00:00.000Z'],
    ['2026-01-31T04:00:00.000Z', 'P1M1D', '2026-03-01T16:00:00.000Z'],
    ['2026-12-31T04:00:00.000Z', 'P1D', '2027-01-01T16:00:00.000Z'],
  ])('sealed at %s for %s until %s', (sealedAt, text, until) => {
    expect(keptUntil(sealedAt, retention(text), SHANGHAI)).toBe(until);
  });

  it('by its organisation’s clocks', () => {
    const sealedAt = '2026-02-28T17:00:00.000Z';
    expect(keptUntil(sealedAt, retention('P1Y'), 'Europe/Berlin')).toBe('2027-02-28T23:00:00.000Z');
  });

  it('exactly as long for one question as for the other, on every day of years with and without a 29 February', () => {
    for (const text of ['P1D', 'P1M', 'P1M1D', 'P11M30D', 'P1Y', 'P4Y']) {
      const kept = retention(text);
      for (const zone of [SHANGHAI, 'Europe/Berlin']) {
        const ends: number[] = [];
        for (let day = 0; day < 800; day += 1) {
          const at = new Date(Date.UTC(2027, 0, 1, 7, 30) + day * 86_400_000).toISOString();
          const before = sealedBefore(at, kept, zone);
          const justBefore = new Date(Date.parse(before) - 1).toISOString();
          expect(keptUntil(justBefore, kept, zone) <= at, `${text} ${at} due`).toBe(true);
          expect(keptUntil(before, kept, zone) > at, `${text} ${at} kept`).toBe(true);
          ends.push(Date.parse(before));
        }
        expect(ends).toEqual(ends.toSorted((left, right) => left - right));
      }
    }
  });
});
