/** What a table answers when rules matched: DMN 1.3, sections 8.2.8 (hit policies) and 8.2.9 (default outputs). */
import type { Json } from '#core/json.ts';
import type { DecisionTable } from './compiled.ts';

export interface Match {
  readonly ruleId: string;
  readonly outputs: readonly Json[];
}

/** Of one output column: its allowed values from highest to lowest priority, and what it gives when no rule matches. */
export interface OutputList {
  readonly ranks: readonly Json[];
  readonly fallback: Json | undefined;
}

type Combined =
  | { readonly ok: true; readonly result: Json; readonly matchedRuleIds: readonly string[] }
  | { readonly ok: false; readonly message: string };

export function combineMatches(table: DecisionTable, matches: readonly Match[], lists: readonly OutputList[]): Combined {
  const answer = (result: Json, used: readonly Match[]): Combined => ({
    ok: true,
    result,
    matchedRuleIds: used.map((match) => match.ruleId),
  });
  const resultOf = (match: Match): Json => shape(table, match.outputs);
  if (matches.length === 0 && !table.aggregation) return answer(withoutMatch(table, lists), []);
  const [first] = matches;
  switch (table.hitPolicy) {
    case 'UNIQUE':
      if (matches.length > 1) return refuse(`the table is UNIQUE but the rules ${idsOf(matches)} match.`);
      return answer(first ? resultOf(first) : null, matches);
    case 'FIRST':
      return answer(first ? resultOf(first) : null, matches.slice(0, 1));
    case 'ANY': {
      const distinct = new Set(matches.map((match) => JSON.stringify(match.outputs)));
      if (distinct.size > 1) return refuse(`the table is ANY but the rules ${idsOf(matches)} give different results.`);
      return answer(first ? resultOf(first) : null, matches);
    }
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
      return table.aggregation ? aggregate(table.aggregation, matches, answer) : answer(matches.map(resultOf), matches);
  }
}

const refuse = (message: string): Combined => ({ ok: false, message });
const idsOf = (matches: readonly Match[]): string => matches.map((match) => match.ruleId).join(', ');

/** One output gives its value, several give a context by output name. */
function shape(table: DecisionTable, outputs: readonly Json[]): Json {
  if (table.outputs.length === 1) return outputs[0] ?? null;
  return Object.fromEntries(table.outputs.map((output, index) => [output.name, outputs[index] ?? null]));
}

function withoutMatch(table: DecisionTable, lists: readonly OutputList[]): Json {
  const isList = table.hitPolicy === 'COLLECT' || table.hitPolicy === 'RULE ORDER' || table.hitPolicy === 'OUTPUT ORDER';
  const hasDefault = lists.some((list) => list.fallback !== undefined);
  if (!hasDefault) return isList ? [] : null;
  const value = shape(
    table,
    lists.map((list) => list.fallback ?? null),
  );
  return isList ? [value] : value;
}

/** Compares output column by output column; a value outside the list comes last; equals stay in rule order. */
function byPriority(matches: readonly Match[], lists: readonly OutputList[]): readonly Match[] {
  const rankOf = (match: Match, column: number): number => {
    const ranks = lists[column]?.ranks ?? [];
    const rank = ranks.findIndex((value) => JSON.stringify(value) === JSON.stringify(match.outputs[column] ?? null));
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

function aggregate(
  kind: NonNullable<DecisionTable['aggregation']>,
  matches: readonly Match[],
  answer: (result: Json, used: readonly Match[]) => Combined,
): Combined {
  if (kind === 'COUNT') return answer(matches.length, matches);
  if (matches.length === 0) return answer(null, []);
  const values = matches.map((match) => match.outputs[0]);
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length === values.length) {
    if (kind === 'SUM')
      return answer(
        numbers.reduce((sum, value) => sum + value, 0),
        matches,
      );
    return answer(kind === 'MIN' ? Math.min(...numbers) : Math.max(...numbers), matches);
  }
  const texts = values.filter((value) => typeof value === 'string').sort();
  // Minimum and maximum are defined for every ordered type; ISO dates order as text.
  if (kind !== 'SUM' && texts.length === values.length) return answer((kind === 'MIN' ? texts[0] : texts.at(-1)) ?? null, matches);
  return refuse(`${kind} needs numbers, but the rules ${idsOf(matches)} give something else.`);
}
