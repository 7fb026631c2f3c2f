import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '#test/vectors/quality/vectors.json' with { type: 'json' };
import { type FunnelKind, funnelOf, quantile } from './funnel.ts';

const unit = ([numerator = 0, denominator = 0]: readonly number[], index: number) => ({ id: `h${index}`, numerator, denominator });

describe('a funnel', () => {
  it.each(vectors.funnels)('of $kind s has the limits that were worked out apart, to four decimals (%#)', ({ kind, units, expected }) => {
    const funnel = funnelOf(kind as FunnelKind, units.map(unit));
    expect(funnel.center).toBeCloseTo(expected.center, 4);
    expect(funnel.dispersion).toBeCloseTo(expected.dispersion, 4);
    expect(funnel.between).toBeCloseTo(expected.between, 4);
    funnel.points.forEach((point, index) => {
      const { score, warning, alarm } = expected.points[index] ?? { score: Number.NaN, warning: [], alarm: [] };
      expect(point.score).toBeCloseTo(score, 4);
      expect([point.warning.lower, point.warning.upper, point.alarm.lower, point.alarm.upper].map((value) => value.toFixed(4))).toEqual(
        [...warning, ...alarm].map((value) => value.toFixed(4)),
      );
    });
  });

  it('finds nothing between hospitals that differ by chance alone, and something between those that do not', () => {
    const [plain, spread] = vectors.funnels;
    expect(funnelOf('proportion', (plain?.units ?? []).map(unit)).between).toBeLessThan(0.001);
    expect(funnelOf('proportion', (spread?.units ?? []).map(unit)).between).toBeGreaterThan(0.001);
  });

  it('is narrower the more a hospital counts', () => {
    const { points } = funnelOf(
      'proportion',
      [10, 100, 1_000].map((denominator, index) => ({ id: `${index}`, numerator: denominator / 2, denominator })),
    );
    const widths = points.map(({ alarm }) => alarm.upper - alarm.lower);
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
  });

  it('calls out a hospital that is far off, on its side, and not the others', () => {
    const others = Array.from({ length: 30 }, (_, index) => ({ id: `h${index}`, numerator: 80 + (index % 5), denominator: 100 }));
    const { points } = funnelOf('proportion', [...others, { id: 'odd', numerator: 40, denominator: 100 }]);
    expect(points.filter(({ verdict }) => verdict !== 'within')).toEqual([
      expect.objectContaining({ id: 'odd', verdict: 'alarm', side: 'below' }),
    ]);
  });

  it('has limits that hold its middle, and alarms outside of warnings, whatever is counted', () => {
    const counted = fc.tuple(fc.nat(300), fc.integer({ min: 1, max: 300 })).map(([a, n]) => [Math.min(a, n), n] as const);
    fc.assert(
      fc.property(
        fc.array(counted, { minLength: 1, maxLength: 40 }),
        fc.constantFrom('proportion' as const, 'ratio' as const),
        (units, kind) => {
          const { center, points } = funnelOf(kind, units.map(unit));
          for (const { warning, alarm, score } of points) {
            expect(alarm.lower).toBeLessThanOrEqual(warning.lower);
            expect(warning.lower).toBeLessThanOrEqual(center + 1e-9);
            expect(center - 1e-9).toBeLessThanOrEqual(warning.upper);
            expect(warning.upper).toBeLessThanOrEqual(alarm.upper);
            expect(Number.isFinite(score)).toBe(true);
          }
        },
      ),
    );
  });

  it('of no hospitals is empty, of one has a middle', () => {
    expect(funnelOf('proportion', []).points).toEqual([]);
    expect(funnelOf('proportion', [{ id: 'only', numerator: 1, denominator: 2 }]).center).toBe(0.5);
  });

  it.each([
    ['nothing counted', { id: 'h', numerator: 0, denominator: 0 }],
    ['more cases than there are', { id: 'h', numerator: 3, denominator: 2 }],
    ['less than nothing', { id: 'h', numerator: -1, denominator: 2 }],
  ])('refuses %s', (_, wrong) => expect(() => funnelOf('proportion', [wrong])).toThrow(RangeError));
});

describe('a quantile', () => {
  it.each([
    [[1, 2, 3, 4], 0.1, 1.3],
    [[5], 0.9, 5],
    [[3, 1, 2], 0.5, 2],
  ])('of %j at %d is %d', (values, share, expected) => expect(quantile(values, share)).toBeCloseTo(expected, 10));
});
