/** What a handler gives must be able to stand in a state: plain JSON of bounded size and depth, in text that UTF-8 can hold. */
import type { JsonObject } from '#core/json.ts';
import { bytesUpTo, VALUES_BYTES_MAX } from '#core/process/sizes.ts';

/** As deep as what the API takes. */
const DEPTH_MAX = 64;

/** In words for an operator, or null. Here already, so that it never stands in a history. */
export function problemOf(result: JsonObject): string | null {
  const fault = faultOf(result, 1);
  if (fault) return `The result ${fault}, which cannot be stored. Mend what the job gives, and retry.`;
  const bytes = bytesUpTo(result, VALUES_BYTES_MAX);
  return bytes > VALUES_BYTES_MAX
    ? `The result has more than ${VALUES_BYTES_MAX} bytes. Let the job give only what the process needs, and retry.`
    : null;
}

function faultOf(value: unknown, depth: number): string | null {
  if (typeof value === 'string') return /\p{Surrogate}/u.test(value) ? 'holds half a character' : null;
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'holds a number without an end';
  if (value === null || typeof value === 'boolean') return null;
  if (typeof value !== 'object') return `holds a ${typeof value}`;
  if (depth > DEPTH_MAX) return `is nested more than ${DEPTH_MAX} deep`;
  for (const [name, inner] of Object.entries(value)) {
    const fault = faultOf(name, depth) ?? faultOf(inner, depth + 1);
    if (fault) return fault;
  }
  return null;
}
