/** Unknown input becomes an operation's input here, once, for HTTP and for pages alike: or an error that names what is wrong. */
import type { z } from 'zod';
import { ApiError } from './errors.ts';
import type { Operation } from './operation.ts';

/** Deeper than any form people fill, shallower than any stack. */
const DEPTH_MAX = 64;
const FIELDS_MAX = 20;
/** What PostgreSQL or UTF-8 cannot hold: NUL, and half of a surrogate pair. */
const isUnstorable = (text: string): boolean => text.includes('\0') || /\p{Surrogate}/u.test(text);

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

/** Level by level, because input that is nested without end would also end the stack. */
function problemOf(asked: object): { readonly path: string; readonly code: string } | null {
  let level: readonly (readonly [field: string, value: unknown])[] = Object.entries(asked);
  for (let depth = 0; level.length > 0; depth += 1) {
    const [first] = level;
    if (depth > DEPTH_MAX) return { path: first?.[0] ?? '', code: 'too-deep' };
    const bad = level.find(([, value]) => typeof value === 'string' && isUnstorable(value));
    if (bad) return { path: bad[0], code: 'unstorable-text' };
    level = level.flatMap(([field, value]) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([name, inner]) => [[field, inner] as const, [field, name] as const])
        : [],
    );
  }
  return null;
}
