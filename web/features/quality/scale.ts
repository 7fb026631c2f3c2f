/** From data to places in a drawing, and round numbers for its axes. */

export type Scale = (value: number) => number;

export function scaleOf([from, to]: readonly [number, number], [start, end]: readonly [number, number]): Scale {
  const span = to - from || 1;
  return (value) => start + ((value - from) / span) * (end - start);
}

/** Three to six round numbers that span the values. */
export function ticksOf(from: number, to: number): readonly number[] {
  const rough = (to - from || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? power * 10;
  const first = Math.floor(from / step) * step;
  const count = Math.ceil((to - first) / step - 1e-9) + 1;
  return Array.from({ length: Math.max(2, count) }, (_, index) => Number((first + index * step).toPrecision(12)));
}
