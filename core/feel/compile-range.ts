/** Ranges as expressions write them. */
import type { Code, Inner } from './code.ts';
import { compareValues } from './compare.ts';
import { FeelRange } from './range.ts';
import type { Run } from './run.ts';
import { childAt, type FeelNode, onlyChild } from './tree.ts';
import { kindOf, type Value } from './value.ts';

/** An interval, or a comparison without a left side: `>= 5`. */
export function readRange(node: FeelNode, inner: Inner): Code {
  const first = onlyChild(node);
  if (first.name === 'CompareOp') {
    const end = inner(childAt(node, 1));
    return (scope, run) => rangeBeside(first.text, end(scope, run), run);
  }
  const [open, from, , to, close] = first.children;
  if (!open || !from || !to || !close) throw new Error(`"${first.text}" is no interval.`);
  const [begin, end] = [inner(from), inner(to)];
  const [isFromIn, isToIn] = [open.text === '[', close.text === ']'];
  return (scope, run) => {
    const ends = { from: begin(scope, run), to: end(scope, run) };
    const isOpen = ends.from === null || ends.to === null;
    if ((ends.from === null && ends.to === null) || (!isOpen && compareValues(ends.from, ends.to) === null))
      return run.warn('INVALID_TYPE', `"${node.text}" is no range of ${kindOf(ends.from)} and ${kindOf(ends.to)}.`);
    return new FeelRange({ ...ends, isFromIn: isFromIn && ends.from !== null, isToIn: isToIn && ends.to !== null });
  };
}

function rangeBeside(operator: string, end: Value, run: Run): Value {
  if (end === null) return run.warn('NOT_COMPARABLE', 'Nothing can be compared with null.');
  const none = { from: null, to: null, isFromIn: false, isToIn: false, isComparison: true };
  switch (operator) {
    case '<':
      return new FeelRange({ ...none, to: end });
    case '<=':
      return new FeelRange({ ...none, to: end, isToIn: true });
    case '>':
      return new FeelRange({ ...none, from: end });
    case '>=':
      return new FeelRange({ ...none, from: end, isFromIn: true });
    case '=':
      return new FeelRange({ from: end, to: end, isFromIn: true, isToIn: true, isComparison: true });
    default:
      return run.warn('UNSUPPORTED', `"${operator}" is no range.`);
  }
}
