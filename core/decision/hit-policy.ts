/** What a table answers when rules matched: DMN 1.5, sections 8.2.8 (hit policies) and 8.2.9 (default outputs). */
import { calculate } from '#core/feel/arithmetic.ts';
import { compareValues, isEqual } from '#core/feel/compare.ts';
import type { Value } from '#core/feel/value.ts';
import type { DecisionTable } from './compiled.ts';

export interface Match {
  readonly ruleId: string;
  /** From 0. */
  readonly index: number;
  readonly outputs: readonly Value[];
}

/** Of one output column: its allowed values from highest to lowest priority, and what it gives when no rule matches. */
export interface OutputList {
  readonly ranks: readonly Value[];
  readonly fallback: Value | undefined;
}

type Combined =
  | { readonly ok: true; readonly result: Value; readonly used: readonly Match[] }
  | { readonly ok: false; readonly message: string };

export function combineMatches(table: DecisionTable, matches: readonly Match[], lists: readonly OutputList[]): Combined {
  const resultOf = (match: Match): Value => shape(table, match.outputs);
  if (matches.length === 0 && (!table.aggregation || hasDefault(table, lists))) return answer(withoutMatch(table, lists), []);
  const [first] = matches;
  switch (table.hitPolicy) {
    case 'UNIQUE':
      if (matches.length > 1) return refuse(`the table is UNIQUE but the rules ${idsOf(matches)} match.`);
      return answer(first ? resultOf(first) : null, matches);
    case 'FIRST':
      return answer(first ? resultOf(first) : null, matches.slice(0, 1));
    case 'ANY':
      if (first && matches.some((match) => isEqual(match.outputs, first.outputs) !== true))
        return refuse(`the table is ANY but the rules ${idsOf(matches)} give different results.`);
      return answer(first ? resultOf(first) : null, matches);
    case 'PRIORITY': {
      const [highest] = byPriority(matches, lists);
      return answer(highest ? resultOf(highest) : null, highest ? [highest] : []);
    }
    case 'RULE ORDER':
      return answer(matches.map(resultOf), matches);
    case 'OUTPUT ORDER': {
      const ordered = byPriority(matches, lists);
      return answer(ordered.map(resultOf), ordered);
    }
    case 'COLLECT':
      return table.aggregation ? aggregate(table.aggregation, matches) : answer(matches.map(resultOf), matches);
  }
}

const answer = (result: Value, used: readonly Match[]): Combined => ({ ok: true, result, used });
const refuse = (message: string): Combined => ({ ok: false, message });
const idsOf = (matches: readonly Match[]): string => matches.map((match) => match.ruleId).join(', ');

/** One output gives its value, several give a context by output name. */
function shape(table: DecisionTable, outputs: readonly Value[]): Value {
  if (table.outputs.length === 1) return outputs[0] ?? null;
  return Object.fromEntries(table.outputs.map((output, index) => [output.name, outputs[index] ?? null]));
}

function withoutMatch(table: DecisionTable, lists: readonly OutputList[]): Value {
  const isMany = !table.aggregation && MANY.has(table.hitPolicy);
  if (!lists.some(({ fallback }) => fallback !== undefined)) return isMany ? [] : null;
  const value = shape(
    table,
    lists.map((list) => list.fallback ?? null),
  );
  return isMany ? [value] : value;
}

/** A count counts rules, and there is none. */
const hasDefault = ({ aggregation }: DecisionTable, lists: readonly OutputList[]): boolean =>
  aggregation !== 'COUNT' && lists.some(({ fallback }) => fallback !== undefined);

const MANY: ReadonlySet<string> = new Set(['COLLECT', 'RULE ORDER', 'OUTPUT ORDER'] satisfies DecisionTable['hitPolicy'][]);

/** Compares output column by output column; a value outside the list comes last; equals stay in rule order. */
function byPriority(matches: readonly Match[], lists: readonly OutputList[]): readonly Match[] {
  const rankOf = (match: Match, column: number): number => {
    const ranks = lists[column]?.ranks ?? [];
    const rank = ranks.findIndex((value) => isEqual(value, match.outputs[column] ?? null) === true);
    return rank === -1 ? ranks.length : rank;
  };
  return [...matches].sort((a, b) => {
    for (let column = 0; column < lists.length; column++) {
      const difference = rankOf(a, column) - rankOf(b, column);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

function aggregate(kind: NonNullable<DecisionTable['aggregation']>, matches: readonly Match[]): Combined {
  if (kind === 'COUNT') return answer(matches.length, matches);
  const [first, ...rest] = matches.map((match) => match.outputs[0] ?? null);
  if (first === undefined) return answer(null, []);
  let total: Value = first;
  for (const value of rest) {
    const next = kind === 'SUM' ? sumOf(total, value) : extremeOf(total, value, kind === 'MIN' ? -1 : 1);
    if (next === null) return refuse(`${kind} has no answer for what the rules ${idsOf(matches)} give.`);
    total = next;
  }
  if ((kind === 'SUM' ? sumOf(total, total) : extremeOf(total, total, 1)) === null)
    return refuse(`${kind} has no answer for what the rules ${idsOf(matches)} give.`);
  return answer(total, matches);
}

/** Texts have a sum in FEEL, but none that anybody collects. */
const sumOf = (a: Value, b: Value): Value => (typeof a === 'string' ? null : (calculate('+', a, b) ?? null));

function extremeOf(a: Value, b: Value, sign: 1 | -1): Value {
  const order = compareValues(b, a);
  return order === null ? null : order * sign > 0 ? b : a;
}
