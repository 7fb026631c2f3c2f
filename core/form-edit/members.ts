/**
 * Changes one member of a JSON object and leaves every other where it stands, so that what an edit does not mean stays as it came, byte for
 * byte, unknown members included.
 */

/** The order in which our own forms are written. A member that is new goes before the first one that comes later here. */
const ORDER = [
  ...['resourceType', 'id', 'url', 'version', 'name', 'title', '_title', 'status', 'subjectType', 'language', 'description'],
  ...['_description', 'contained', 'linkId', 'definition', 'system', 'code', 'display', '_display', 'prefix', '_prefix', 'type', 'text'],
  ...['_text', 'extension', 'modifierExtension', 'enableWhen', 'enableBehavior', 'required', 'repeats', 'readOnly', 'maxLength'],
  ...['answerValueSet', 'answerOption', 'initial', 'item'],
];
const RANK: ReadonlyMap<string, number> = new Map(ORDER.map((name, rank) => [name, rank]));

/** `undefined` takes it away. */
export function withMember<T extends object>(object: T, name: string, value: unknown): T {
  const entries = Object.entries(object);
  const at = entries.findIndex(([key]) => key === name);
  if (at < 0 && value === undefined) return object;
  if (at >= 0) entries.splice(at, 1, ...(value === undefined ? [] : [[name, value] as [string, unknown]]));
  else entries.splice(placeFor(name, entries), 0, [name, value]);
  // The members are those of T; which of them are optional its callers know.
  return Object.fromEntries(entries) as T;
}

function placeFor(name: string, entries: readonly (readonly [string, unknown])[]): number {
  const rank = RANK.get(name) ?? Number.POSITIVE_INFINITY;
  const later = entries.findIndex(([key]) => (RANK.get(key) ?? -1) > rank);
  return later < 0 ? entries.length : later;
}

/** An empty list is not written: FHIR knows none. */
export const withList = <T extends object>(object: T, name: string, list: readonly unknown[]): T =>
  withMember(object, name, list.length > 0 ? list : undefined);

/** The same JSON, whatever the order of its members. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [membersOf(a), membersOf(b)];
  return left.size === right.size && [...left].every(([key, value]) => right.has(key) && isSame(value, right.get(key)));
}

const membersOf = (object: object): ReadonlyMap<string, unknown> =>
  new Map(Object.entries(object).filter(([, value]) => value !== undefined));
