/** Functions of contexts (DMN 1.5, table 81). */

import { memberOf } from '../scope.ts';
import { type FeelContext, isContext, type Value } from '../value.ts';
import { ANY, CONTEXT, type Form, form, LIST, TEXT, take, takeAll } from './define.ts';

export const contexts: Readonly<Record<string, readonly Form[]>> = {
  'get value': [form([take('m', CONTEXT), take('key', TEXT)], ([context, key]) => memberOf(context, key) ?? null)],
  'get entries': [form([take('m', CONTEXT)], ([context]) => Object.entries(context).map(([key, value]) => ({ key, value })))],
  context: [
    form([take('entries', LIST)], ([entries]) => contextOf(entries)),
    form([takeAll('entries', CONTEXT)], ([entries]) => contextOf(entries)),
  ],
  'context put': [
    form([take('context', CONTEXT), take('key', TEXT), take('value', ANY)], ([context, key, value]) => putInto(context, [key], value)),
    form([take('context', CONTEXT), take('keys', LIST), take('value', ANY)], ([context, keys, value]) =>
      keys.length > 0 && keys.every((key) => typeof key === 'string') ? putInto(context, keys, value) : undefined,
    ),
  ],
  'context merge': [
    form([take('contexts', LIST)], ([all]) => (all.every(isContext) ? merged(all) : undefined)),
    form([takeAll('contexts', CONTEXT)], ([all]) => merged(all)),
  ],
};

const merged = (all: readonly FeelContext[]): FeelContext => Object.fromEntries(all.flatMap((context) => Object.entries(context)));

/** A key that comes twice has no one value. */
function contextOf(entries: readonly Value[]): FeelContext | undefined {
  const found = new Map<string, Value>();
  for (const entry of entries) {
    if (!isContext(entry)) return undefined;
    const { key = null } = entry;
    if (typeof key !== 'string' || found.has(key) || !Object.hasOwn(entry, 'value')) return undefined;
    found.set(key, entry.value ?? null);
  }
  return Object.fromEntries(found);
}

function putInto(context: FeelContext, [key = '', ...inner]: readonly string[], value: Value): FeelContext | undefined {
  const old = Object.hasOwn(context, key) ? (context[key] ?? null) : null;
  if (inner.length === 0) return Object.fromEntries([...Object.entries(context), [key, value]]);
  const put = isContext(old) ? putInto(old, inner, value) : undefined;
  return put && Object.fromEntries([...Object.entries(context), [key, put]]);
}
