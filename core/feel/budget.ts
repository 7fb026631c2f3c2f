/**
 * What an expression may cost. FEEL has no loops without an end, but `for i in 1..1000000000` builds its list before anything
 * can stop it; so the length of the source and the ranges that are iterated are measured before evaluation.
 */
import { evaluate, parseExpression } from 'feelin';

export const SOURCE_LENGTH_MAX = 10_000;
export const ITERATIONS_MAX = 100_000;

/** Words for what is too much, or null. */
export function overBudget(source: string, scope: Readonly<Record<string, unknown>>): string | null {
  if (source.length > SOURCE_LENGTH_MAX) return `The expression is longer than ${SOURCE_LENGTH_MAX} characters.`;
  if (!source.includes('..') || !/\b(for|some|every)\b/.test(source)) return null;
  let iterations = 1;
  for (const [from, to] of iteratedRanges(source, scope)) {
    const [first, last] = [numberOf(from, scope), numberOf(to, scope)];
    if (first === null || last === null) return `The bounds of ${from}..${to} must be numbers that are known before the iteration.`;
    iterations *= Math.abs(last - first) + 1;
    if (iterations > ITERATIONS_MAX) return `${from}..${to} iterates more than ${ITERATIONS_MAX} times.`;
  }
  return null;
}

function iteratedRanges(source: string, scope: Readonly<Record<string, unknown>>): [from: string, to: string][] {
  const ranges: [string, string][] = [];
  parseExpression(source, scope, undefined).iterate({
    enter(node) {
      if (node.name !== 'IterationContext' && node.name !== 'Interval') return;
      const children: { name: string; from: number; to: number }[] = [];
      for (let child = node.node.firstChild; child; child = child.nextSibling) children.push(child);
      const dots = children.findIndex((child) => child.name === '..');
      const [from, to] = [children[dots - 1], children[dots + 1]];
      if (dots > 0 && from && to) ranges.push([source.slice(from.from, from.to), source.slice(to.from, to.to)]);
    },
  });
  return ranges;
}

function numberOf(source: string, scope: Readonly<Record<string, unknown>>): number | null {
  const { value } = evaluate(source, scope);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
