/**
 * Validation rules over a report: two sides in FEEL and an operator. What a side does when a figure is missing is said by the side, because it cannot be
 * guessed: a sum of wards may take a missing one as nothing, a share must not.
 */
import { z } from 'zod';
import { evaluateFeel } from '#core/feel/evaluate.ts';
import type { Moment } from '#core/feel/moment.ts';
import { readsOf } from '#core/feel/reads.ts';

const text = z.object({ 'zh-CN': z.string().min(1), en: z.string().min(1) });

const side = z.strictObject({
  /** FEEL without `=`, over the figures by their fact names and those of the period before as `previous.<name>`. */
  expression: z.string().min(1),
  /** `never-skip`: a missing figure counts as 0. */
  missing: z.enum(['never-skip', 'skip-if-all-missing', 'skip-if-any-missing']),
});

export const OPERATORS = ['=', '!=', '<', '<=', '>', '>=', 'both-or-neither', 'not-both'] as const;

export const validationRule = z.strictObject({
  code: z.string().min(1),
  left: side,
  operator: z.enum(OPERATORS),
  right: side,
  /** `error` keeps the report from going on; a `warning` wants a word of explanation. */
  severity: z.enum(['error', 'warning']),
  /** What is wrong, and what to do. */
  instruction: text,
});

export type ValidationRule = z.infer<typeof validationRule>;
type Side = ValidationRule['left'];

export interface Violation {
  readonly rule: string;
  readonly severity: ValidationRule['severity'];
  /** What the sides came to. */
  readonly left: number | null;
  readonly right: number | null;
}

export interface RuleFigures {
  readonly current: Readonly<Record<string, number | null>>;
  /** Null where there was no report in the period before. */
  readonly previous: Readonly<Record<string, number | null>> | null;
}

/** In the order of the rules. Throws where a rule is no FEEL: sets are checked before they are stored. */
export function violationsOf(rules: readonly ValidationRule[], figures: RuleFigures, moment: Moment): readonly Violation[] {
  return rules.flatMap((rule) => {
    const sides = [rule.left, rule.right].map((side) => ({ ...side, ...figuresRead(side, figures) }));
    if (sides.some(isSkipped)) return [];
    const [left = null, right = null] = sides.map((side) =>
      side.isGone && isPair(rule) ? null : valueOfSide(rule.code, side, figures, moment),
    );
    return isKept(rule.operator, left, right) ? [] : [{ rule: rule.code, severity: rule.severity, left, right }];
  });
}

/** These ask whether figures are there, not how large they are. */
const isPair = ({ operator }: ValidationRule): boolean => operator === 'both-or-neither' || operator === 'not-both';

interface SideFigures {
  readonly missingPaths: readonly (readonly string[])[];
  readonly isPartial: boolean;
  /** All that it reads is missing. */
  readonly isGone: boolean;
}

function figuresRead({ expression }: Side, figures: RuleFigures): SideFigures {
  const read = readsOf(expression).map(({ path }) => path);
  const missingPaths = read.filter((path) => figureAt(path, figures) === null);
  return { missingPaths, isPartial: missingPaths.length > 0, isGone: read.length > 0 && missingPaths.length === read.length };
}

const isSkipped = ({ missing, isPartial, isGone }: Side & SideFigures): boolean =>
  missing === 'skip-if-any-missing' ? isPartial : missing === 'skip-if-all-missing' && isGone;

function figureAt([first = '', second = '']: readonly string[], { current, previous }: RuleFigures): number | null {
  return (first === 'previous' ? previous?.[second] : current[first]) ?? null;
}

/** What is missing and did not skip the rule counts as nothing. */
function valueOfSide(
  code: string,
  { expression, missingPaths }: Side & SideFigures,
  { current, previous }: RuleFigures,
  moment: Moment,
): number | null {
  const zeros = (paths: readonly (readonly string[])[], at: 0 | 1) => Object.fromEntries(paths.map((path) => [path[at] ?? '', 0]));
  const ofBefore = missingPaths.filter(([first]) => first === 'previous');
  const ofNow = missingPaths.filter(([first]) => first !== 'previous');
  const context = { ...current, ...zeros(ofNow, 0), previous: { ...previous, ...zeros(ofBefore, 1) } };
  const result = evaluateFeel(expression, context, moment);
  if (!result.ok) throw new Error(`The rule ${code} cannot be evaluated: ${result.message}`);
  return typeof result.value === 'number' ? result.value : null;
}

function isKept(operator: ValidationRule['operator'], left: number | null, right: number | null): boolean {
  switch (operator) {
    case 'both-or-neither':
      return (left === null) === (right === null);
    case 'not-both':
      return left === null || right === null;
    case '=':
      return left === right;
    case '!=':
      return left !== right;
    // A division by nothing has no value, and what has none is compared with nothing.
    case '<':
      return left === null || right === null || left < right;
    case '<=':
      return left === null || right === null || left <= right;
    case '>':
      return left === null || right === null || left > right;
    case '>=':
      return left === null || right === null || left >= right;
  }
}

/** What keeps a rule from ever being evaluated, in words; empty where it can be. */
export function ruleProblems(rule: ValidationRule, names: readonly string[]): readonly string[] {
  const known = new Set(names);
  return [rule.left, rule.right].flatMap(({ expression }) => {
    const result = evaluateFeel(expression, {}, { at: '2026-01-01T00:00:00.000Z', zone: 'UTC' });
    if (!result.ok) return [`${rule.code}: ${result.message}`];
    return readsOf(expression)
      .map(({ path }) => (path[0] === 'previous' ? path[1] : path[0]) ?? '')
      .filter((name) => !known.has(name))
      .map((name) => `${rule.code}: no figure is called ${name || 'previous'}.`);
  });
}
