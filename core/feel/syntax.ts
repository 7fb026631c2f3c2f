/** Is a source FEEL at all? For the checker, which has no values yet. */
import { compileExpression } from './compile.ts';

/** What is wrong, in words, or null. Names need no declaration here: FEEL reads an unknown one as null. */
export function feelSyntaxError(source: string): string | null {
  const compiled = compileExpression(source);
  return compiled.ok ? null : compiled.message;
}
