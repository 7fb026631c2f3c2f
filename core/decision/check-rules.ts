/**
 * Rules that overlap, never apply, or leave a gap. Each column is cut at the literals of its cells into parts that no cell tells apart; a rule
 * is then a set of parts for each column, and everything can be counted. A table with other cells, or too many parts, is not judged.
 */
import { compareValues, isEqual } from '#core/feel/compare.ts';
import { isNumber, numberText } from '#core/feel/number.ts';
import { isTemporal, temporalText } from '#core/feel/temporal-text.ts';
import type { Value } from '#core/feel/value.ts';
import { literalValue } from './check-types.ts';
import type { DecisionTable } from './compiled.ts';
import type { Report } from './report.ts';
import { splitTests } from './split-tests.ts';

export function checkRules(decisionId: string, table: DecisionTable, report: Report): void {
  const columns = table.inputs.map((input, column) => readColumn(table, column, input.allowed));
  if (table.rules.length === 0 || columns.some((column) => column === null)) return;
  const known = columns.filter((column) => column !== null);
  const rules = table.rules.map((_, rule) => known.map(({ cells }) => cells[rule] ?? new Set<number>()));
  checkOverlaps(table, rules, report);
  const effort: Effort = { left: LOOKS_MAX };
  const space = known.map(({ parts }) => new Set(parts.keys()));
  if (table.hitPolicy === 'FIRST') {
    for (const [index, rule] of rules.entries()) {
      if (index > 0 && firstGap(rules.slice(0, index), rule, effort) === null)
        report(
          ruleId(table, index),
          'decision-unreachable',
          'The rules before it match whatever it matches.',
          '它前面的规则已覆盖其全部情形，此规则永远不会生效。',
          'warning',
        );
    }
  }
  for (const [index, rule] of rules.entries()) {
    if (rule.some((parts) => parts.size === 0))
      report(ruleId(table, index), 'decision-unreachable', 'It can never match.', '此规则永远不会匹配。', 'warning');
  }
  if (!GIVES_ONE.has(table.hitPolicy) || table.outputs.some((output) => output.default !== undefined)) return;
  const gap = firstGap(rules, space, effort);
  if (gap === null || gap === 'unknown') return;
  const words = gap.map(
    (part, column) => `${table.inputs[column]?.label ?? table.inputs[column]?.expression}: ${known[column]?.parts[part]?.words ?? ''}`,
  );
  report(decisionId, 'decision-gap', `No rule matches ${words.join(', ')}.`, `没有规则匹配：${words.join('，')}。`, 'warning');
}

const GIVES_ONE: ReadonlySet<string> = new Set(['UNIQUE', 'ANY', 'FIRST', 'PRIORITY'] satisfies DecisionTable['hitPolicy'][]);
const ruleId = (table: DecisionTable, index: number): string => table.rules[index]?.id ?? '';

/** For each column the parts that the rule matches. */
type RuleParts = readonly ReadonlySet<number>[];

function checkOverlaps(table: DecisionTable, rules: readonly RuleParts[], report: Report): void {
  if (table.hitPolicy !== 'UNIQUE' && table.hitPolicy !== 'ANY') return;
  for (let second = 1; second < rules.length; second += 1) {
    const first = rules.findIndex((rule, index) => index < second && meets(rule, rules[second] ?? []) && !isAgreed(table, index, second));
    if (first === -1) continue;
    report(
      ruleId(table, second),
      'decision-overlap',
      `It matches the same as rule ${first + 1}, and the table is ${table.hitPolicy}.`,
      `它与第 ${first + 1} 条规则有重叠，而表的命中策略是 ${table.hitPolicy}。`,
      'warning',
    );
  }
}

const meets = (a: RuleParts, b: RuleParts): boolean => a.every((parts, column) => [...parts].some((part) => b[column]?.has(part)));

/** Under ANY rules may match together where they say the same. */
const isAgreed = (table: DecisionTable, a: number, b: number): boolean =>
  table.hitPolicy === 'ANY' && table.rules[a]?.results.join('\n') === table.rules[b]?.results.join('\n');

/** Of one table: so often a rule is looked at for a part of a column. What takes more is not judged. */
const LOOKS_MAX = 5_000_000;

interface Effort {
  left: number;
}

/** A part of each column, within `space`, that no rule matches; null where everything is matched. */
function firstGap(rules: readonly RuleParts[], space: RuleParts, effort: Effort): readonly number[] | null | 'unknown' {
  const search = (left: readonly number[], column: number): readonly number[] | null => {
    const parts = space[column];
    if (!parts) return left.length === 0 ? [] : null;
    // Parts that the same rules match need to be looked at once.
    const seen = new Set<string>();
    for (const part of parts) {
      effort.left -= left.length + 1;
      if (effort.left < 0) return [];
      const matching = left.filter((rule) => rules[rule]?.[column]?.has(part));
      const key = matching.join();
      if (seen.has(key)) continue;
      seen.add(key);
      const rest = search(matching, column + 1);
      if (rest) return [part, ...rest];
    }
    return null;
  };
  const found = search([...rules.keys()], 0);
  return effort.left < 0 ? 'unknown' : found;
}

interface Part {
  /** Somewhere in it, for people. */
  readonly words: string;
  readonly holds: (test: Cut) => boolean;
}

interface Column {
  readonly parts: readonly Part[];
  /** By rule, the parts that its cell matches. */
  readonly cells: readonly ReadonlySet<number>[];
}

/** One test of a cell: equality, or a range with ends that may be open. */
type Cut =
  | { readonly kind: 'equal'; readonly value: Value }
  | {
      readonly kind: 'range';
      readonly from: Value | null;
      readonly to: Value | null;
      readonly isFromIn: boolean;
      readonly isToIn: boolean;
    };

interface Cell {
  readonly isNegated: boolean;
  /** Null: everything. */
  readonly cuts: readonly Cut[] | null;
}

/** Null where a cell is not made of literals. */
function readColumn(table: DecisionTable, column: number, allowed: string | undefined): Column | null {
  const cells = table.rules.map(({ tests }) => readCell(tests[column] ?? ''));
  if (cells.some((cell) => cell === null)) return null;
  const known = cells.filter((cell) => cell !== null);
  const values = splitTests(allowed ?? '').map(literalValue);
  const parts = partsOf(
    known.flatMap(({ cuts }) => cuts ?? []),
    allowed !== undefined && values.every((value) => value !== undefined) ? values : null,
  );
  if (!parts || parts.length * known.length > LOOKS_MAX * 4) return null;
  return { parts, cells: known.map((cell) => new Set([...parts.keys()].filter((index) => matches(cell, parts[index])))) };
}

function matches({ isNegated, cuts }: Cell, part: Part | undefined): boolean {
  if (cuts === null) return true;
  return cuts.some((cut) => part?.holds(cut)) !== isNegated;
}

function readCell(source: string): Cell | null {
  const text = source.trim();
  if (text === '' || text === '-') return { isNegated: false, cuts: null };
  const [, negated] = /^not\s*\((.*)\)$/s.exec(text) ?? [];
  const cuts = splitTests(negated ?? text).map(readCut);
  return cuts.some((cut) => cut === null) ? null : { isNegated: negated !== undefined, cuts: cuts.filter((cut) => cut !== null) };
}

function readCut(source: string): Cut | null {
  const [, operator, end] = /^(<=|>=|<|>)\s*(.+)$/s.exec(source) ?? [];
  if (operator !== undefined && end !== undefined) {
    const value = literalValue(end);
    if (value === undefined) return null;
    const [isFrom, isIn] = [operator.startsWith('>'), operator.endsWith('=')];
    return { kind: 'range', from: isFrom ? value : null, to: isFrom ? null : value, isFromIn: isFrom && isIn, isToIn: !isFrom && isIn };
  }
  const [, open, from, to, close] = /^([[(\]])(.+)\.\.(.+)([\])[])$/s.exec(source) ?? [];
  if (from !== undefined && to !== undefined) {
    const [first, last] = [literalValue(from), literalValue(to)];
    if (first === undefined || last === undefined) return null;
    return { kind: 'range', from: first, to: last, isFromIn: open === '[', isToIn: close === ']' };
  }
  const value = literalValue(source);
  return value === undefined ? null : { kind: 'equal', value };
}

/** Between and at the literals where they have an order, else each of them and every other. */
function partsOf(cuts: readonly Cut[], allowed: readonly Value[] | null): readonly Part[] | null {
  const literals = cuts.flatMap((cut) => (cut.kind === 'equal' ? [cut.value] : [cut.from, cut.to])).filter((value) => value !== null);
  if (allowed) return allowed.map(pointPart);
  if (literals.length > 0 && literals.every((value) => typeof value === 'boolean')) return [true, false].map(pointPart);
  const sorted = distinct(literals);
  if (sorted === null) return null;
  if (cuts.every((cut) => cut.kind === 'equal')) return [...sorted.map(pointPart), OTHER];
  const parts: Part[] = [];
  for (const [index, value] of sorted.entries()) {
    if (index === 0) parts.push(betweenPart(null, value));
    parts.push(pointPart(value), betweenPart(value, sorted[index + 1] ?? null));
  }
  return parts;
}

/** In order; null where there is none. */
function distinct(literals: readonly Value[]): readonly Value[] | null {
  if (literals.some((value) => compareValues(value, literals[0] ?? null) === null) && literals.some((value) => typeof value !== 'boolean'))
    return null;
  const sorted = [...literals].sort((a, b) => compareValues(a, b) ?? 0);
  return sorted.filter((value, index) => index === 0 || isEqual(value, sorted[index - 1] ?? null) !== true);
}

const OTHER: Part = { words: 'any other', holds: () => false };

const pointPart = (value: Value): Part => ({
  words: wordsOf(value),
  holds: (cut) => {
    if (cut.kind === 'equal') return isEqual(cut.value, value) === true;
    return isAfter(value, cut.from, cut.isFromIn) && isAfter(cut.to, value, cut.isToIn);
  },
});

/** Open on both sides; null is beyond all. */
const betweenPart = (from: Value | null, to: Value | null): Part => ({
  words: from === null ? `< ${wordsOf(to)}` : to === null ? `> ${wordsOf(from)}` : `(${wordsOf(from)}..${wordsOf(to)})`,
  holds: (cut) => {
    if (cut.kind === 'equal') return false;
    return (
      (cut.from === null || (from !== null && isAfter(from, cut.from, true))) &&
      (cut.to === null || (to !== null && isAfter(cut.to, to, true)))
    );
  },
});

/** An end that is null is open, and beyond everything. */
function isAfter(a: Value | null, b: Value | null, isIn: boolean): boolean {
  if (a === null || b === null) return true;
  const order = compareValues(a, b) ?? -1;
  return isIn ? order >= 0 : order > 0;
}

function wordsOf(value: Value): string {
  if (isNumber(value)) return numberText(value);
  return value !== null && isTemporal(value) ? temporalText(value) : JSON.stringify(value);
}
