/** Is a source FEEL at all? For the checker, which has no values yet. */
import { parseExpression } from 'feelin';
import { SOURCE_LENGTH_MAX } from './budget.ts';

/** What is wrong, in words, or null. Names need no declaration here: FEEL reads an unknown one as null. */
export function feelSyntaxError(source: string): string | null {
  if (source.trim() === '') return 'The expression is empty.';
  if (source.length > SOURCE_LENGTH_MAX) return `The expression is longer than ${SOURCE_LENGTH_MAX} characters.`;
  let fault: string | null = null;
  parseExpression(source, {}, undefined).iterate({
    enter(node) {
      if (!node.type.isError || fault) return;
      const rest = source.slice(node.from, node.from + 12);
      fault = rest === '' ? `"${source}" ends too early.` : `"${source}" cannot be read from "${rest}" on.`;
    },
  });
  return fault;
}
