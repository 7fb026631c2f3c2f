import { expect, it } from 'vitest';
import { dateTimeFrom, wallClockOf } from './wall-clock.ts';

it('a time is kept with the offset of its zone', () => {
  expect(dateTimeFrom('2026-03-03T09:30', 'Asia/Shanghai')).toBe('2026-03-03T09:30:00+08:00');
  expect(dateTimeFrom('2026-07-03T09:30', 'America/New_York')).toBe('2026-07-03T09:30:00-04:00');
  expect(dateTimeFrom('2026-03-03T09:30', 'Asia/Kolkata')).toBe('2026-03-03T09:30:00+05:30');
});

it('a time is read in the zone, wherever it was written', () => {
  expect(wallClockOf('2026-03-03T01:30:00Z', 'Asia/Shanghai')).toBe('2026-03-03T09:30');
  expect(wallClockOf('soon', 'Asia/Shanghai')).toBeNull();
});
