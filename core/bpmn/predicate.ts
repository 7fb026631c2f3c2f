/**
 * A condition taken apart, so that it can be reasoned about before there are values: comparisons of a variable with constants are understood,
 * anything else in it is opaque and may come out either way.
 */
import type { Feel } from '#core/bpmn/graph.ts';
import { evaluateFeel } from '#core/feel/evaluate.ts';
import { type FeelNode, isLiteral, pathOf, treeOf } from '#core/feel/tree.ts';
import type { Json, JsonObject } from '#core/json.ts';

export interface Predicate {
  /** The condition with its opaque parts replaced by names. */
  readonly source: Feel;
  /** Dotted paths that its understood comparisons read. */
  readonly paths: readonly string[];
  /** What each path is compared with. */
  readonly constants: Readonly<Record<string, readonly Json[]>>;
  /** Names that stand for parts that are not understood: true or false, nobody knows. */
  readonly opaque: readonly string[];
}

const known = new Map<Feel, Predicate>();

/** Sources come from definitions, which are few. */
export function predicateOf(source: Feel): Predicate {
  const found = known.get(source);
  if (found) return found;
  if (known.size > 5_000) known.clear();
  const reading: Reading = { constants: {}, opaque: [] };
  const tree = treeOf(source);
  if (!understand(tree, reading)) reading.opaque.push(tree);
  const predicate: Predicate = {
    source: rewritten(source, reading.opaque),
    paths: Object.keys(reading.constants).sort(),
    constants: reading.constants,
    opaque: reading.opaque.map((_, index) => opaqueName(index)),
  };
  known.set(source, predicate);
  return predicate;
}

interface Reading {
  readonly constants: Record<string, Json[]>;
  readonly opaque: FeelNode[];
}

const opaqueName = (index: number): string => `opaque_${index}`;

function rewritten(source: string, opaque: readonly FeelNode[]): string {
  let text = source;
  for (const [index, { from, to }] of [...opaque.entries()].sort(([, a], [, b]) => b.from - a.from)) {
    text = `${text.slice(0, from)}${opaqueName(index)}${text.slice(to)}`;
  }
  return text;
}

/** False where nothing of the node is understood; parts of it that are not are collected. */
function understand(node: FeelNode, reading: Reading): boolean {
  switch (node.name) {
    case 'BooleanLiteral':
      return true;
    case 'VariableName':
    case 'PathExpression':
      return note(node, [true, false], reading);
    case 'ParenthesizedExpression':
      return node.children.filter(isOperand).every((child) => understandOr(child, reading));
    case 'Conjunction':
    case 'Disjunction':
      return node.children.filter(isOperand).every((child) => understandOr(child, reading));
    case 'FunctionInvocation':
      return understandNot(node, reading);
    case 'Comparison':
      return understandComparison(node, reading);
    default:
      return false;
  }
}

const isOperand = ({ name }: FeelNode): boolean => !/^(and|or|\(|\))$/.test(name);

function understandOr(node: FeelNode, reading: Reading): true {
  if (!understand(node, reading)) reading.opaque.push(node);
  return true;
}

function understandNot(node: FeelNode, reading: Reading): boolean {
  const [callee, , parameters] = node.children;
  const [inner, ...more] = parameters?.children ?? [];
  if (callee?.text.trim() !== 'not' || !inner || more.length > 0) return false;
  return understandOr(inner, reading);
}

function understandComparison(node: FeelNode, reading: Reading): boolean {
  const [left, operator, right, ...more] = node.children;
  if (!left || !operator || !right) return false;
  if (operator.name === 'CompareOp' && more.length === 0) {
    if (isLiteral(right)) return note(left, [literalOf(right)], reading);
    return isLiteral(left) && note(right, [literalOf(left)], reading);
  }
  if (operator.name !== 'in' && operator.name !== 'between') return false;
  const tests = [right, ...more].flatMap(leaves);
  if (!tests.every((leaf) => isLiteral(leaf) || /^(CompareOp|\(|\)|\[|\]|\.\.|and|,)$/.test(leaf.name))) return false;
  return note(left, tests.filter(isLiteral).map(literalOf), reading);
}

const leaves = (node: FeelNode): readonly FeelNode[] =>
  node.children.length === 0 || isLiteral(node) ? [node] : node.children.flatMap(leaves);

function note(node: FeelNode, values: readonly Json[], reading: Reading): boolean {
  const path = pathOf(node);
  if (!path) return false;
  const key = path.join('.');
  reading.constants[key] = [...(reading.constants[key] ?? []), ...values];
  return true;
}

function literalOf({ name, text }: FeelNode): Json {
  if (name === 'null') return null;
  if (name === 'BooleanLiteral') return text === 'true';
  return name === 'NumericLiteral' ? Number(text.replace(/\s+/g, '')) : String(JSON.parse(text));
}

/** True, false, or null where it is neither. `answer` gives the values of its paths and of its opaque parts. */
export function holds(predicate: Predicate, answer: (name: string) => Json): boolean | null {
  const context: Record<string, Json> = {};
  for (const path of predicate.paths) place(context, path.split('.'), answer(path));
  for (const name of predicate.opaque) context[name] = answer(name);
  const result = evaluateFeel(predicate.source, context, NO_MOMENT);
  return result.ok && typeof result.value === 'boolean' ? result.value : null;
}

/** Whatever asks for the time is opaque. */
const NO_MOMENT = { at: '2026-01-01T00:00:00.000Z', zone: 'UTC' };

/** A path below another one that has a value of its own, such as `a != null and a.b = 1`: members go into the object. */
function place(into: Record<string, Json>, [name = '', ...rest]: readonly string[], value: Json): void {
  const before = into[name];
  if (rest.length === 0) {
    if (!isObject(before)) into[name] = value;
    return;
  }
  if (before === null && value === null) return;
  const inner: Record<string, Json> = isObject(before) ? { ...before } : {};
  place(inner, rest, value);
  into[name] = inner;
}

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
