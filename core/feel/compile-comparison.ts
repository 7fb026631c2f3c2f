/** Comparisons, `between` and `in` (DMN 1.5, tables 53 and 54). */
import type { Code, Inner } from './code.ts';
import { isEqual } from './compare.ts';
import { readTests } from './compile-tests.ts';
import { inOrder } from './order.ts';
import { childAt, type FeelNode } from './tree.ts';
import { isList, kindOf } from './value.ts';

export function readComparison(node: FeelNode, inner: Inner): Code {
  const left = inner(childAt(node, 0));
  const word = childAt(node, 1);
  if (word.name === 'in') {
    const test = readTests(
      node.children.slice(2).filter(({ name }) => name !== '(' && name !== ')'),
      inner,
    );
    return (scope, run) => test(left(scope, run), scope, run);
  }
  const right = inner(childAt(node, 2));
  if (word.name === 'between') {
    const end = inner(childAt(node, 4));
    return (scope, run) => {
      const value = left(scope, run);
      const [low, high] = [inOrder('>=', value, right(scope, run), run), inOrder('<=', value, end(scope, run), run)];
      if (low === false || high === false) return false;
      return low === null || high === null ? null : true;
    };
  }
  const operator = word.text;
  if (operator === '=' || operator === '!=') {
    return (scope, run) => {
      const [a, b] = [left(scope, run), right(scope, run)];
      if (isList(a)) run.handle(a.length);
      const equal = isEqual(a, b);
      if (equal === null) return run.warn('NOT_COMPARABLE', `A ${kindOf(a)} cannot be compared with a ${kindOf(b)}.`);
      return equal === (operator === '=');
    };
  }
  return (scope, run) => inOrder(operator, left(scope, run), right(scope, run), run);
}
