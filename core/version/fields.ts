/** Which fields of two JSON objects differ, as paths that a reader of the standard recognises: `deadline.duration`, `outcomes.return.name.en`. */

import { canonicalJson } from '#core/journal/canonical.ts';
import type { Json } from '#core/json.ts';

export interface FieldChange {
  readonly path: string;
  /** Null where there was, or is, nothing. */
  readonly before: Json;
  readonly after: Json;
}

/** Entries of a list that name themselves are compared by name, so that inserting one does not change all that follow. */
const NAMES = ['id', 'code', 'linkId', 'target', 'url'] as const;

export function fieldChanges(before: object, after: object): readonly FieldChange[] {
  return compare('', before as Json, after as Json);
}

function compare(path: string, before: Json | undefined, after: Json | undefined): readonly FieldChange[] {
  if (isSame(before, after)) return [];
  const [left, right] = [branchesOf(before), branchesOf(after)];
  if (!left || !right) return [{ path, before: before ?? null, after: after ?? null }];
  const names = [...new Set([...left.keys(), ...right.keys()])];
  const found = names.flatMap((name) => compare(path === '' ? name : `${path}.${name}`, left.get(name), right.get(name)));
  // The same entries in another order.
  return found.length > 0 ? found : [{ path, before: before ?? null, after: after ?? null }];
}

function isSame(before: Json | undefined, after: Json | undefined): boolean {
  if (before === undefined || after === undefined) return before === after;
  return canonicalJson(before) === canonicalJson(after);
}

/** An object's fields, or a list's entries by their names; null for what is compared as a whole. */
function branchesOf(value: Json | undefined): ReadonlyMap<string, Json> | null {
  if (Array.isArray(value)) return entriesByName(value);
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : null;
}

function entriesByName(list: readonly Json[]): ReadonlyMap<string, Json> | null {
  const named = list.map((entry): [string, Json] => [nameOf(entry) ?? '', entry]);
  const names = new Set(named.map(([name]) => name));
  return names.size === list.length && !names.has('') ? new Map(named) : null;
}

function nameOf(entry: Json): string | undefined {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return undefined;
  const object = entry as { readonly [key: string]: Json };
  const name = NAMES.map((field) => object[field]).find((value) => typeof value === 'string');
  return name as string | undefined;
}
