import { describe, expect, it } from 'vitest';
import { rebasedAt, refuseRebase } from './rebase.ts';

const PERIODS = ['2026-01', '2026-02', '2026-04', '2026-05'];

describe('limits may begin anew', () => {
  it.each([
    ['at a point', '2026-04', [], null],
    ['at another point than before', '2026-05', ['2026-04'], null],
    ['not where nothing was counted', '2026-03', [], 'period-not-charted'],
    ['not before or after all points', '2026-06', [], 'period-not-charted'],
    ['not at the first, where they begin anyway', '2026-01', [], 'phase-begins-there'],
    ['not twice at the same', '2026-04', ['2026-04'], 'phase-begins-there'],
  ])('%s', (_, from, decided, refusal) => {
    expect(
      refuseRebase(
        PERIODS,
        decided.map((each) => ({ from: each })),
        from,
      ),
    ).toBe(refusal);
  });
});

describe('they begin anew', () => {
  it.each([
    ['nowhere without a decision', [], []],
    ['at the point of the period', ['2026-04'], [2]],
    ['in the order of time, whatever the order of the decisions', ['2026-05', '2026-02'], [1, 3]],
    ['at the next point, where that of the period was taken back', ['2026-03'], [2]],
    ['once, where two come to the same point', ['2026-03', '2026-04'], [2]],
    ['not at the first point', ['2026-01', '2025-12'], []],
    ['not behind the last', ['2026-06'], []],
  ])('%s', (_, from, positions) => {
    expect(rebasedAt(PERIODS, from)).toEqual(positions);
  });
});
