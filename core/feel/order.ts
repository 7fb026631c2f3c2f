/** `<`, `<=`, `>` and `>=`, which have no answer where there is no order. */
import { compareValues } from './compare.ts';
import type { Run } from './run.ts';
import { kindOf, type Value } from './value.ts';

export function inOrder(operator: string, a: Value, b: Value, run: Run): boolean | null {
  const order = compareValues(a, b);
  if (order === null) {
    if (a === null || b === null) return null;
    return run.warn('NOT_COMPARABLE', `A ${kindOf(a)} and a ${kindOf(b)} have no order.`);
  }
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}
