/**
 * The next version of an indicator set as it is being written: what the set asks for with the meaning of each indicator, which the nation defines. What a
 * hospital set for itself is no part of it. Whatever is wrong is told with the place where it stands; nothing is stored before all of it can be read.
 */
import { z } from 'zod';
import { type IndicatorMeaning, indicatorMeaning } from './indicator.ts';
import { areDaysInOrder, changeable, factNames, type IndicatorSet, indicatorSet } from './indicator-set.ts';
import { ruleProblems } from './validation.ts';

export const INDICATORS_MAX = 100;
export const RULES_MAX = 200;

const contents = z.strictObject({
  ...changeable,
  rules: changeable.rules.max(RULES_MAX),
  indicators: z.array(indicatorMeaning).min(1).max(INDICATORS_MAX),
});

/** In the order in which they are asked. */
export type SetContents = z.infer<typeof contents>;

export const DRAFT_PROBLEMS = ['missing', 'malformed', 'repeated', 'expression', 'days', 'no-indicators'] as const;

export interface DraftProblem {
  readonly part: 'set' | 'indicator' | 'rule';
  /** Code of the indicator or rule; its place, from 1, where it has none; empty: the set itself. */
  readonly at: string;
  /** Such as `numerator.en`; empty: the whole of it. */
  readonly field: string;
  readonly problem: (typeof DRAFT_PROBLEMS)[number];
  /** What the reader of expressions says; null elsewhere. */
  readonly detail: string | null;
}

export type ReadDraft =
  | { readonly ok: true; readonly contents: SetContents }
  | { readonly ok: false; readonly problems: readonly DraftProblem[] };

export function readDraft(given: unknown): ReadDraft {
  const parsed = contents.safeParse(given);
  const problems = parsed.success ? problemsOf(parsed.data) : parsed.error.issues.map((issue) => problemAt(issue, given));
  return parsed.success && problems.length === 0 ? { ok: true, contents: parsed.data } : { ok: false, problems };
}

function problemsOf({ indicators, rules, ...days }: SetContents): readonly DraftProblem[] {
  const known = factNames(indicators.map(({ code }) => code));
  return [
    ...repeated(indicators).map((at): DraftProblem => ({ part: 'indicator', at, field: 'code', problem: 'repeated', detail: null })),
    ...repeated(rules).map((at): DraftProblem => ({ part: 'rule', at, field: 'code', problem: 'repeated', detail: null })),
    ...rules.flatMap((rule) =>
      ruleProblems(rule, known).map(
        (detail): DraftProblem => ({ part: 'rule', at: rule.code, field: 'expression', problem: 'expression', detail }),
      ),
    ),
    ...(areDaysInOrder(days) ? [] : [{ part: 'set', at: '', field: 'dueDays', problem: 'days', detail: null } as const]),
  ];
}

const repeated = (coded: readonly { readonly code: string }[]): readonly string[] => {
  const codes = coded.map(({ code }) => code);
  return [...new Set(codes.filter((code, index) => codes.indexOf(code) !== index))];
};

function problemAt({ path, code, ...issue }: z.core.$ZodIssue, given: unknown): DraftProblem {
  const [list, place, ...rest] = path;
  const problem = code === 'too_small' || isAbsent(given, path) ? 'missing' : 'malformed';
  if ((list === 'indicators' || list === 'rules') && typeof place === 'number') {
    const part = list === 'indicators' ? 'indicator' : 'rule';
    return { part, at: codeAt(given, list, place), field: rest.join('.'), problem, detail: null };
  }
  const isEmpty = list === 'indicators' && 'minimum' in issue;
  return { part: 'set', at: '', field: path.join('.'), problem: isEmpty ? 'no-indicators' : problem, detail: null };
}

const valueAt = (given: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined), given);

const isAbsent = (given: unknown, path: readonly PropertyKey[]): boolean => {
  const value = valueAt(given, path);
  return value === undefined || value === null || value === '';
};

function codeAt(given: unknown, list: string, place: number): string {
  const code = valueAt(given, [list, place, 'code']);
  return typeof code === 'string' && code !== '' ? code : String(place + 1);
}

/** As it is stored and asked for. */
export const setOfContents = (
  { indicators, ...rest }: SetContents,
  head: Pick<IndicatorSet, 'code' | 'version' | 'frequency'>,
): IndicatorSet => indicatorSet.parse({ ...rest, ...head, indicators: indicators.map(({ code }) => code) });

/** The other way round: what a set says, with what its indicators mean. */
export const contentsOf = (
  { code: _, version: __, frequency: ___, indicators: codes, ...rest }: IndicatorSet,
  meanings: readonly IndicatorMeaning[],
): SetContents => ({ ...rest, indicators: codes.flatMap((code) => meanings.find((each) => each.code === code) ?? []) });
