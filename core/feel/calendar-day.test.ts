import fc from 'fast-check';
import { expect, it } from 'vitest';
import { calendarDay, dayNumber, daysInMonth } from './calendar-day.ts';

it('counts days as the calendar of JavaScript does', () => {
  fc.assert(
    fc.property(fc.integer({ min: -100_000_000, max: 100_000_000 }), (number) => {
      const date = new Date(number * 86_400_000);
      expect(calendarDay(number)).toEqual({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() });
    }),
  );
});

it('finds every day again, also where JavaScript has none', () => {
  const years = fc.integer({ min: -999_999_999, max: 999_999_999 });
  fc.assert(
    fc.property(years, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }), (year, month, day) => {
      const known = { year, month, day: Math.min(day, daysInMonth(year, month)) };
      expect(calendarDay(dayNumber(known))).toEqual(known);
    }),
  );
});
