import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '#test/vectors/quality/vectors.json' with { type: 'json' };
import { type ChartOptions, callsForEnquiry, controlChart } from './control-chart.ts';
import type { Proportion } from './process-limits.ts';
import type { Signal } from './signals.ts';

const HIGHER: ChartOptions = { improvement: 'higher' };
const proportion = ([numerator = 0, denominator = 0]: readonly number[]): Proportion => ({ numerator, denominator });
const individuals = (points: readonly number[], options: Partial<ChartOptions> = {}) =>
  controlChart({ kind: 'individuals', points }, { ...HIGHER, ...options });

/** Twelve points that make limits of 0 to 10 about, then what is to be judged. */
const STEADY = [4, 6, 4.2, 5.8, 4, 6, 4.4, 5.6, 4, 6, 4.2, 5.8];
const after = (...points: readonly number[]) => individuals([...STEADY, ...points]).points.slice(STEADY.length);
const signals = (...points: readonly number[]): readonly (readonly Signal[])[] => after(...points).map((point) => point.signals);

describe('limits, against vectors that were worked out apart, to four decimals', () => {
  it.each(vectors.individuals)('of measurements (%#)', ({ points, limits }) => {
    for (const point of individuals(points).points) {
      expect(point.limits.center).toBeCloseTo(limits.center, 4);
      expect(point.limits.lower).toBeCloseTo(limits.lower, 4);
      expect(point.limits.upper).toBeCloseTo(limits.upper, 4);
    }
  });

  it.each([
    ...vectors.proportions.map((vector) => ({ kind: 'proportions' as const, ...vector })),
    ...vectors.laney.map((vector) => ({ kind: 'laney' as const, ...vector })),
  ])('of shares, $kind (%#)', ({ kind, points, limits }) => {
    const chart = controlChart({ kind, points: points.map(proportion) }, HIGHER);
    expect(chart.points).toHaveLength(limits.length);
    chart.points.forEach((point, index) => {
      expect(point.limits.center).toBeCloseTo(limits[index]?.center ?? Number.NaN, 4);
      expect(point.limits.lower).toBeCloseTo(limits[index]?.lower ?? Number.NaN, 4);
      expect(point.limits.upper).toBeCloseTo(limits[index]?.upper ?? Number.NaN, 4);
    });
  });
});

describe('limits', () => {
  it('are on trial until twelve points are there', () => {
    expect(individuals(STEADY.slice(0, 11)).points.every(({ isTrial }) => isTrial)).toBe(true);
    expect(individuals(STEADY).points.some(({ isTrial }) => isTrial)).toBe(false);
  });

  it('stand still after twelve points, whatever follows', () => {
    const [first] = individuals(STEADY).points;
    expect(after(50, 60, 70).map(({ limits }) => limits)).toEqual([first?.limits, first?.limits, first?.limits]);
  });

  it('begin anew where somebody decided so, and nothing is counted across', () => {
    const moved = STEADY.map((value) => value + 20);
    const { points } = individuals([...STEADY, ...moved], { rebasedAt: [STEADY.length] });
    expect(points.at(-1)?.limits.center).toBeCloseTo((points[0]?.limits.center ?? 0) + 20);
    expect(points.flatMap((point) => point.signals)).toEqual([]);
  });

  it('of shares never leave what a share can be', () => {
    const points = fc.array(
      fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 200 })).map(([a, n]) => ({ numerator: Math.min(a, n), denominator: n })),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(points, fc.constantFrom('proportions' as const, 'laney' as const), (given, kind) => {
        for (const { limits } of controlChart({ kind, points: given }, HIGHER).points) {
          expect(limits.lower).toBeGreaterThanOrEqual(0);
          expect(limits.upper).toBeLessThanOrEqual(1);
          expect(limits.lower).toBeLessThanOrEqual(limits.center);
          expect(limits.center).toBeLessThanOrEqual(limits.upper);
        }
      }),
    );
  });

  it('of nothing counted are refused', () => {
    expect(() => controlChart({ kind: 'laney', points: [{ numerator: 0, denominator: 0 }] }, HIGHER)).toThrow(RangeError);
  });

  it('of a single point are the point, and of none there is no chart', () => {
    expect(individuals([7]).points[0]?.limits).toEqual({ center: 7, lower: 7, upper: 7 });
    expect(individuals([]).points).toEqual([]);
  });
});

describe('signals', () => {
  it('none for a process that varies as it does', () => expect(signals(4, 6, 5.2)).toEqual([[], [], []]));
  it('a point outside of the limits', () => expect(signals(4, 40)[1]).toEqual(['outside']));
  it('seven points on one side of the middle, all seven', () => {
    expect(signals(4, 6, 5.4, 6, 5.4, 6, 5.4, 6)).toEqual([[], ...Array.from({ length: 7 }, () => ['shift'])]);
  });
  it('not six', () => expect(signals(4, 6, 5.4, 6, 5.4, 6, 5.4, 4).flat()).toEqual([]));
  it('seven points that rise, all seven', () => {
    const found = signals(4, 4.3, 4.6, 4.9, 5.2, 5.5, 5.8);
    expect(found.every((each) => each.includes('trend'))).toBe(true);
  });
  it('no trend where two are the same', () => expect(signals(4, 4.3, 4.6, 4.6, 4.9, 5.2, 5.5, 5.8).flat()).toEqual([]));
  it('two of three near the same limit', () => {
    // The outer third begins a little below 8.8.
    expect(signals(4, 9, 5.4, 9, 4)).toEqual([[], ['near-limit'], [], ['near-limit'], []]);
    expect(signals(4, 9, 4.6, 9, 4).flat()).toEqual([]);
  });
});

describe('what a chart says', () => {
  it('calls a signal better or worse by the way in which the indicator gets better', () => {
    const up = [...STEADY, 40];
    expect(individuals(up, { improvement: 'higher' }).points.at(-1)?.variation).toBe('improvement');
    expect(individuals(up, { improvement: 'lower' }).points.at(-1)?.variation).toBe('concern');
    expect(individuals(up, { improvement: 'neither' }).points.at(-1)?.variation).toBe('change');
    expect(individuals(STEADY).points.at(-1)?.variation).toBe('common-cause');
  });

  it.each([
    ['higher', 100, 'fails'],
    ['higher', -100, 'passes'],
    ['lower', 100, 'passes'],
    ['lower', -100, 'fails'],
    ['higher', 5, 'unsure'],
    ['neither', 5, null],
  ] as const)('where %s is better, a target of %d: %s', (improvement, target, expected) => {
    expect(individuals(STEADY, { improvement, target }).assurance).toBe(expected);
  });

  it('calls for an enquiry when it was worse outside of the limits twice in a row, not once', () => {
    expect(callsForEnquiry(individuals([...STEADY, 40, 40], { improvement: 'lower' }))).toBe(true);
    expect(callsForEnquiry(individuals([...STEADY, 40, 5], { improvement: 'lower' }))).toBe(false);
    expect(callsForEnquiry(individuals([...STEADY, 5, 40], { improvement: 'lower' }))).toBe(false);
    expect(callsForEnquiry(individuals([...STEADY, 40, 40], { improvement: 'higher' }))).toBe(false);
  });
});
