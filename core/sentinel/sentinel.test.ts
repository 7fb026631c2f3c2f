import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { periodOn } from '#core/quality/period.ts';
import { countProblems, type SentinelCounts, sentinelCounts } from './counts.ts';
import { levelBefore } from './series.ts';
import { SITE_STAGES, siteStage } from './site-stage.ts';
import { sentinelDates, sentinelTopic } from './topic.ts';

const TOPIC = {
  code: 'influenza-like',
  name: { 'zh-CN': '流感样病例', en: 'Influenza-like illness' },
  frequency: 'week',
  dueHours: 36,
  lockHours: 108,
  correctHours: 180,
  baselinePeriods: 12,
} as const;

describe('a topic', () => {
  it('has its days counted from the midnight that ends the period where the platform is', () => {
    expect(sentinelDates(TOPIC, periodOn('week', '2026-11-25'), 'Asia/Shanghai')).toEqual({
      due: '2026-12-01T04:00:00.000Z',
      lockAt: '2026-12-04T04:00:00.000Z',
      correctUntil: '2026-12-07T04:00:00.000Z',
    });
  });

  it('is refused where a report would be locked before it is due', () => {
    expect(sentinelTopic.safeParse(TOPIC).success).toBe(true);
    expect(sentinelTopic.safeParse({ ...TOPIC, lockHours: 24 }).success).toBe(false);
  });
});

describe('counts', () => {
  const counts = (given: Partial<SentinelCounts>): SentinelCounts => ({
    isZero: false,
    cases: 1,
    suspected: 0,
    deaths: 0,
    samples: 0,
    positives: 0,
    ...given,
  });

  it.each([
    ['a zero report without counts', counts({ isZero: true, cases: 0 }), []],
    ['a zero report with a case', counts({ isZero: true }), ['zero-with-counts']],
    ['nothing counted and not said to be zero', counts({ cases: 0 }), ['nothing-is-zero']],
    ['more deaths than cases', counts({ deaths: 2 }), ['deaths-exceed-cases']],
    ['more positive samples than samples', counts({ samples: 3, positives: 4 }), ['positives-exceed-samples']],
    ['a negative count', counts({ suspected: -1 }), ['negative']],
    ['no case and samples', counts({ cases: 0, samples: 5 }), []],
  ])('are right or wrong: %s', (_, given, problems) => {
    expect(countProblems(given)).toEqual(problems);
  });

  it('of a zero report are zero, though its form gives none', () => {
    expect(sentinelCounts({ zero: true, cases: null })).toEqual(counts({ isZero: true, cases: 0 }));
  });
});

describe('the level before a period', () => {
  it('takes what was reported, the zeros as well, and no later period', () => {
    const points = [
      { period: '2026-W45', cases: 0 },
      { period: '2026-W46', cases: 4 },
      { period: '2026-W48', cases: 90 },
    ];
    expect(levelBefore(points, '2026-W47', 12)).toEqual({ count: 2, mean: 2, deviation: 2.83 });
    expect(levelBefore(points, '2026-W47', 1)).toEqual({ count: 1, mean: 4, deviation: null });
    expect(levelBefore(points, '2026-W45', 12)).toEqual({ count: 0, mean: null, deviation: null });
  });

  it('lies between the least and the most that was reported, in whatever order it is read', () => {
    const series = fc.uniqueArray(fc.record({ week: fc.integer({ min: 10, max: 52 }), cases: fc.nat(500) }), {
      selector: ({ week }) => week,
      minLength: 1,
    });
    fc.assert(
      fc.property(series, (given) => {
        const points = given.map(({ week, cases }) => ({ period: `2026-W${week}`, cases }));
        const level = levelBefore(points, '2027-W01', 100);
        expect(level).toEqual(levelBefore([...points].reverse(), '2027-W01', 100));
        expect(level.mean).toBeGreaterThanOrEqual(Math.min(...points.map(({ cases }) => cases)));
        expect(level.mean).toBeLessThanOrEqual(Math.max(...points.map(({ cases }) => cases)));
      }),
    );
  });
});

describe('where a report stands', () => {
  const at = { status: 'active', elementIds: ['enter'], isOverdue: false, isZero: null };
  it.each([
    ['awaited', at],
    ['missing', { ...at, isOverdue: true }],
    ['missing', { ...at, elementIds: ['enter', 'chase'] }],
    ['locked', { ...at, elementIds: ['settle'] }],
    ['zero', { ...at, elementIds: [], isZero: true }],
    ['reported', { ...at, elementIds: [], isZero: false, status: 'completed' }],
    ['correcting', { ...at, elementIds: ['correct'], isZero: false }],
    ['missed', { ...at, elementIds: [], status: 'expired' }],
    ['left', { ...at, elementIds: [], status: 'aborted' }],
  ] as const)('is %s', (stage, given) => {
    expect(siteStage(given)).toBe(stage);
    expect(SITE_STAGES).toContain(stage);
  });
});
