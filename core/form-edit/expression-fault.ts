/** Why an expression cannot be read or came to nothing, and where: for whoever writes it. */
import type { ExpressionEngine } from '#core/form/expression/engine.ts';
import { tokensOf } from './expression-tokens.ts';

export interface ExpressionFault {
  readonly code: 'syntax' | 'function-unknown' | 'variable-unknown' | 'failed';
  /** The engine's own words, in English; may hold answers. */
  readonly message: string;
  /** Null where nobody can say. `to` is behind the last letter. */
  readonly at: { readonly from: number; readonly to: number } | null;
}

/** Null where the expression can be read. */
export function syntaxFault(engine: ExpressionEngine, source: string): ExpressionFault | null {
  if (engine.parse(source)) return null;
  try {
    engine.compile(source, 'QuestionnaireResponse');
    return { code: 'syntax', message: '', at: null };
  } catch (error) {
    return { code: 'syntax', ...placed(source, messageOf(error)) };
  }
}

/** What an engine says when an expression is run. */
export function failureOf(source: string, message: string): ExpressionFault {
  const called = /not implemented: (\w+)/i.exec(message)?.[1];
  if (called !== undefined) return { code: 'function-unknown', message, at: tokenAt(source, called) };
  const variable = /undefined environment variable: (\w+)/i.exec(message)?.[1];
  if (variable === undefined) return { code: 'failed', message, at: null };
  const at = tokenAt(source, variable, '%');
  return { code: 'variable-unknown', message, at: at && { from: at.from - 1, to: at.to } };
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Engines made with ANTLR say `line: 1; column: 7; message: …`, columns from 0; of several the first is the cause. */
function placed(source: string, message: string): Pick<ExpressionFault, 'message' | 'at'> {
  const [, line = '', column = '', said = message] = /line: (\d+); column: (\d+); message: ([^\n]*)/.exec(message) ?? [];
  if (line === '') return { message, at: null };
  const before = source.split('\n').slice(0, Number(line) - 1);
  const from = Math.min(before.reduce((length, each) => length + each.length + 1, 0) + Number(column), source.length);
  // At the end there is nothing to underline but what stands before it.
  const token = tokensOf(source).find((each) => each.from + each.text.length > from);
  return { message: said, at: token ? { from, to: token.from + token.text.length } : { from: Math.max(from - 1, 0), to: source.length } };
}

function tokenAt(source: string, name: string, before?: string): ExpressionFault['at'] {
  const tokens = tokensOf(source);
  const token = tokens.find(({ text }, index) => text === name && (before === undefined || tokens[index - 1]?.text === before));
  return token ? { from: token.from, to: token.from + token.text.length } : null;
}
