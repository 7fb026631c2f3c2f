/** What in a series does not look like the process itself: the rules of "Making data count" (NHS England), on positions to middle and limits. */
import type { Limits } from './process-limits.ts';

export type Signal =
  /** Beyond a natural limit. */
  | 'outside'
  /** Seven or more in a row on one side of the middle. */
  | 'shift'
  /** Seven or more in a row, each above, or each below, the one before. */
  | 'trend'
  /** Of two out of three in a row in the outer third towards the same limit. */
  | 'near-limit';

export interface Placed {
  readonly value: number;
  readonly limits: Limits;
}

const RUN = 7;
const NEAR = 2 / 3;

/** For each point the signals that it is part of. A series begins anew where its limits do. */
export function signalsOf(points: readonly Placed[]): readonly (readonly Signal[])[] {
  const sides = points.map(({ value, limits }) => Math.sign(value - limits.center));
  const isOutside = points.map(({ value, limits }) => value > limits.upper || value < limits.lower);
  const isNear = points.map((point, index) => isOutside[index] === false && isInOuterThird(point));
  const shift = inRuns(sides.map((side, index) => side !== 0 && side === sides[index - 1]));
  const rises = points.map(({ value }, index) => Math.sign(value - (points[index - 1]?.value ?? Number.NaN)));
  // A trend of seven points is six steps the same way; the point before the first step belongs to it.
  const trend = inTrends(rises);
  const near = isNear.map(
    (here, index) =>
      here &&
      [index - 2, index - 1, index].some((from) => {
        const three = [from, from + 1, from + 2];
        const isOneSide = three.every((at) => sides[at] !== undefined && sides[at] !== 0 && sides[at] === sides[from]);
        return isOneSide && three.filter((at) => isNear[at]).length >= 2;
      }),
  );
  return points.map((_, index) => [
    ...(isOutside[index] ? (['outside'] as const) : []),
    ...(shift[index] ? (['shift'] as const) : []),
    ...(trend[index] ? (['trend'] as const) : []),
    ...(near[index] ? (['near-limit'] as const) : []),
  ]);
}

function isInOuterThird({ value, limits: { center, lower, upper } }: Placed): boolean {
  return value > center + NEAR * (upper - center) || value < center - NEAR * (center - lower);
}

/** Is each point in a run of at least seven, given whether it goes on with the one before? */
function inRuns(goesOn: readonly boolean[]): readonly boolean[] {
  const marked = goesOn.map(() => false);
  let from = 0;
  for (let index = 0; index <= goesOn.length; index += 1) {
    if (goesOn[index]) continue;
    if (index - from >= RUN) marked.fill(true, from, index);
    from = index;
  }
  return marked;
}

function inTrends(steps: readonly number[]): readonly boolean[] {
  const marked = steps.map(() => false);
  let from = 1;
  for (let index = 1; index <= steps.length; index += 1) {
    const isSame = index < steps.length && steps[index] !== 0 && steps[index] === steps[from];
    if (isSame) continue;
    if (steps[from] !== 0 && index - from >= RUN - 1) marked.fill(true, from - 1, index);
    from = index;
  }
  return marked;
}
