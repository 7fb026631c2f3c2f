import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percent, shown } from './numbers.ts';
import { scaleOf, ticksOf } from './scale.ts';

describe('the axis of a chart', () => {
  it('has round numbers', () => {
    expect(ticksOf(0, 1)).toEqual([0, 0.5, 1]);
    expect(ticksOf(0.71, 0.98)).toEqual([0.7, 0.8, 0.9, 1]);
    expect(ticksOf(5, 5)).toHaveLength(2);
  });

  it('spans what it shows with two to seven numbers, whatever that is', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 0.001, max: 1e6, noNaN: true }), (from, span) => {
        const ticks = ticksOf(from, from + span);
        expect(ticks[0]).toBeLessThanOrEqual(from + span * 1e-6);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(from + span - span * 1e-6);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(7);
      }),
    );
  });

  it('places its ends at the ends', () => {
    const y = scaleOf([10, 20], [100, 0]);
    expect([y(10), y(15), y(20)]).toEqual([100, 50, 0]);
  });
});

it('values are shown on the scale on which they are read', () => {
  expect([shown(0.8523, { multiplier: 100 }), shown(0.0042, { multiplier: 1_000 }), shown(1.25, { multiplier: 1 })]).toEqual([
    '85.2\u00a0%',
    '4.2\u00a0‰',
    '1.3',
  ]);
  expect([percent(0.5), percent(null)]).toEqual(['50.0\u00a0%', '—']);
});
