/** What a sentinel hospital counts, and what cannot be. The form says the same while it is filled in; here it is held before anything is kept. */

export interface SentinelCounts {
  readonly isZero: boolean;
  readonly cases: number;
  readonly suspected: number;
  readonly deaths: number;
  readonly samples: number;
  readonly positives: number;
}

const PARTS = ['cases', 'suspected', 'deaths', 'samples', 'positives'] as const;
type Part = (typeof PARTS)[number];

/** Of a report's facts; what a zero report leaves out is zero, and so is what another leaves out but the cases. */
export function sentinelCounts(facts: Readonly<Record<string, unknown>>): SentinelCounts {
  const numberIn = (part: Part): number => (typeof facts[part] === 'number' ? facts[part] : 0);
  return {
    isZero: facts.zero === true,
    cases: numberIn('cases'),
    suspected: numberIn('suspected'),
    deaths: numberIn('deaths'),
    samples: numberIn('samples'),
    positives: numberIn('positives'),
  };
}

export type CountProblem = 'negative' | 'zero-with-counts' | 'nothing-is-zero' | 'deaths-exceed-cases' | 'positives-exceed-samples';

export function countProblems(counts: SentinelCounts): readonly CountProblem[] {
  const given = PARTS.map((part) => counts[part]);
  const something = given.some((count) => count > 0);
  return [
    ...(given.some((count) => count < 0 || !Number.isInteger(count)) ? (['negative'] as const) : []),
    ...(counts.isZero && something ? (['zero-with-counts'] as const) : []),
    ...(!counts.isZero && !something ? (['nothing-is-zero'] as const) : []),
    ...(counts.deaths > counts.cases ? (['deaths-exceed-cases'] as const) : []),
    ...(counts.positives > counts.samples ? (['positives-exceed-samples'] as const) : []),
  ];
}
