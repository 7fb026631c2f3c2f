/** Unary tests (DMN 1.5, 7.3.5): what a cell or the right side of `in` says of its input. */
import type { Code, Inner, Test } from './code.ts';
import { includesValue, isEqual } from './compare.ts';
import { inOrder } from './order.ts';
import { FeelRange } from './range.ts';
import type { Run } from './run.ts';
import { Scope } from './scope.ts';
import { type FeelNode, onlyChild } from './tree.ts';
import { isList, type Value } from './value.ts';

export function readUnaryTests(root: FeelNode, inner: Inner): Test {
  const [first] = root.children;
  if (first?.name === 'Wildcard') return () => true;
  const tests = root.children.filter(({ name }) => name === 'PositiveUnaryTests').flatMap(({ children }) => children);
  const test = readTests(tests, inner);
  if (first?.name !== 'not') return test;
  return (input, scope, run) => {
    const holds = test(input, scope, run);
    return holds === null ? null : !holds;
  };
}

/** One of them is enough. */
export function readTests(nodes: readonly FeelNode[], inner: Inner): Test {
  const tests = nodes.flatMap((node) => (node.name === 'PositiveUnaryTests' ? node.children : [node])).map((node) => readTest(node, inner));
  const [only] = tests;
  if (tests.length === 1 && only) return only;
  return (input, scope, run) => {
    let isUnknown = false;
    for (const test of tests) {
      const holds = test(input, scope, run);
      if (holds === true) return true;
      if (holds === null) isUnknown = true;
    }
    return isUnknown ? null : false;
  };
}

function readTest(node: FeelNode, inner: Inner): Test {
  const bare = bareTest(node);
  const [sign, side] = bare.children;
  if (bare.name === 'SimplePositiveUnaryTest' && sign?.name === 'CompareOp' && side) return readComparing(sign.text, inner(side));
  const code = inner(bare);
  if (asksForInput(bare)) {
    return (input, scope, run) => {
      const value = code(new Scope({ '?': input }, scope), run);
      return typeof value === 'boolean' ? value : satisfiedBy(input, value, run);
    };
  }
  return (input, scope, run) => satisfiedBy(input, code(scope, run), run);
}

/** Without the brackets around a comparison. */
function bareTest(node: FeelNode): FeelNode {
  const [, bracketed] = node.children;
  if (node.name === 'PositiveUnaryTest') return bareTest(onlyChild(node));
  return node.name === 'ParenthesizedExpression' && bracketed?.name === 'SimplePositiveUnaryTest' ? bracketed : node;
}

/** The input is the left side. */
function readComparing(operator: string, code: Code): Test {
  if (operator !== '=' && operator !== '!=') return (input, scope, run) => inOrder(operator, input, code(scope, run), run);
  return (input, scope, run) => {
    const equal = isEqual(input, code(scope, run));
    return equal === null ? null : equal === (operator === '=');
  };
}

const asksForInput = (node: FeelNode): boolean => node.name === '?' || node.children.some(asksForInput);

/** An end that was written as null says nothing. */
const isOpen = ({ from, to, isComparison }: FeelRange): boolean => !isComparison && (from === null || to === null);

/**
 * A truth is compared with a truth; beside any other input it is a condition of its own. Ranges and lists hold the input, or are it.
 */
function satisfiedBy(input: Value, value: Value, run: Run): boolean | null {
  if (typeof value === 'boolean' && input !== null && typeof input !== 'boolean') return value;
  if (value instanceof FeelRange && !(input instanceof FeelRange)) {
    if (isOpen(value)) return run.warn('NOT_COMPARABLE', 'A range of which one end is null holds nothing that could be told.');
    return input === null ? null : includesValue(value, input);
  }
  if (isList(value)) run.handle(value.length);
  if (isList(value) && !isList(input)) return value.some((item) => satisfiedBy(input, item, run) === true);
  if (isList(value)) return isEqual(input, value) === true || value.some((item) => isEqual(item, input) === true);
  return isEqual(input, value);
}
