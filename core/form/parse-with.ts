/** A schema's word about unknown input, with paths that people can follow. */
import type { z } from 'zod';

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly { readonly path: string; readonly message: string }[] };

/** Deeper than any form people fill, shallower than any stack. */
export const DEPTH_MAX = 40;
const PROBLEMS_MAX = 20;

/** The schemas mirror the interfaces; a test parses the samples of both. */
export function parseWith<T>(schema: z.ZodType, input: unknown, depthMax = DEPTH_MAX): Parsed<T> {
  if (isTooDeep(input, depthMax)) return tooDeep(depthMax);
  const result = schema.safeParse(input);
  if (result.success) return { ok: true, value: input as T };
  const problems = result.error.issues.slice(0, PROBLEMS_MAX).map(({ path, message }) => ({ path: pathText(path), message }));
  return { ok: false, problems };
}

export const problemText = (problems: readonly { readonly path: string; readonly message: string }[]): string =>
  problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ');

/** `item[2].linkId` */
const pathText = (path: readonly PropertyKey[]): string =>
  path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`)).join('');

export const isTooDeep = (input: unknown, depthMax = DEPTH_MAX): boolean => depthOf(input, depthMax) > depthMax;

const tooDeep = (depthMax: number): Parsed<never> => ({
  ok: false,
  problems: [{ path: '', message: `nested deeper than ${depthMax} levels` }],
});

function depthOf(value: unknown, depthMax: number, depth = 0): number {
  if (value === null || typeof value !== 'object' || depth > depthMax) return depth;
  let deepest = depth;
  for (const member of Object.values(value)) deepest = Math.max(deepest, depthOf(member, depthMax, depth + 1));
  return deepest;
}
