/** Values of which nobody knows what they are until somebody asks: results of people, jobs, rules and scripts. */
import type { Json, JsonObject } from '#core/json.ts';

/** It has some value. */
export const UNKNOWN = '⁇';
/** The mark of an object that may have members beside those that are known. */
export const OPEN = '⁇open';

export const openObject = (members: JsonObject = {}): JsonObject => ({ ...members, [OPEN]: true });

export function valueAt(variables: JsonObject, path: readonly string[]): Json {
  let value: Json = variables;
  for (const name of path) {
    if (value === UNKNOWN) return UNKNOWN;
    if (!isObject(value)) return null;
    value = Object.hasOwn(value, name) ? (value[name] ?? null) : OPEN in value ? UNKNOWN : null;
  }
  return value;
}

/** The value of `path` within `current` becomes known; what stands beside it stays as unknown as it was. */
export function settled(current: Json | undefined, [name, ...rest]: readonly string[], value: Json): Json {
  if (name === undefined) return value;
  const members: JsonObject = isObject(current) ? current : current === UNKNOWN ? openObject() : {};
  return { ...members, [name]: settled(members[name] ?? (OPEN in members ? UNKNOWN : null), rest, value) };
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
