/** Unknown input becomes an operation's input here, once, for HTTP and for pages alike: or an error that names what is wrong. */
import type { z } from 'zod';
import { ApiError } from './errors.ts';
import type { Operation } from './operation.ts';

/** Deeper than any form people fill, shallower than any stack. */
const DEPTH_MAX = 64;
const FIELDS_MAX = 20;
/** What PostgreSQL or UTF-8 cannot hold: NUL, and half of a surrogate pair. */
const isUnstorable = (text: string): boolean => /[\0\p{Surrogate}]/u.test(text);

export function readInput<Input extends z.ZodType>(operation: Operation<Input>, asked: object): z.output<Input> {
  const problem = problemOf(asked);
  if (problem) throw new ApiError(400, { code: 'bad-input', data: { fields: [problem] } });
  const input = operation.input.safeParse(asked);
  if (input.success) return input.data as z.output<Input>;
  const fields = input.error.issues
    .slice(0, FIELDS_MAX)
    .map((issue) => ({ path: issue.path.join('.'), code: issue.code, ...('keys' in issue && { keys: issue.keys }) }));
  throw new ApiError(400, { code: 'bad-input', data: { fields } });
}

function problemOf(asked: object): { readonly path: string; readonly code: string } | null {
  for (const [path, value] of Object.entries(asked)) {
    const code = codeOf(value, 1);
    if (code) return { path, code };
  }
  return null;
}

function codeOf(value: unknown, depth: number): 'too-deep' | 'unstorable-text' | null {
  if (typeof value === 'string') return isUnstorable(value) ? 'unstorable-text' : null;
  if (typeof value !== 'object' || value === null) return null;
  if (depth > DEPTH_MAX) return 'too-deep';
  for (const name in value) {
    const code = isUnstorable(name) ? 'unstorable-text' : codeOf((value as Readonly<Record<string, unknown>>)[name], depth + 1);
    if (code) return code;
  }
  return null;
}
