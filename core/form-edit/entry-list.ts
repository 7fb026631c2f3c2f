/** Values that are read of extensions of one address, several on one holder, and written back each to the one that it was read from. */
import type { Extension } from '#core/form/questionnaire.ts';
import { type Extensible, extensionsOf, withExtensions } from './extension-list.ts';
import { isSame, withList } from './members.ts';
import type { ExtensionSetting } from './setting.ts';

export interface Entry<Value> {
  readonly value: Value;
  readonly source: Extension;
}

export interface EntryForm<Value> {
  /** Null for one that is not ours to write, such as an expression in another language. */
  readonly read: (source: Extension) => Value | null;
  /** `source` null: a new one. */
  readonly write: (source: Extension | null, value: Value) => Extension;
  /** By which an entry is found again when the order changes. */
  readonly nameOf: (value: Value) => string;
}

export const entrySetting = <Value>(url: string, form: EntryForm<Value>): ExtensionSetting<readonly Value[]> => ({
  read: (holder) => entriesIn(holder, url, form).map(({ value }) => value),
  write: (holder, values) => {
    const before = entriesIn(holder, url, form);
    return withEntries(holder, url, before, writtenEntries(before, values, form));
  },
});

export const entriesIn = <Value>(holder: Extensible, url: string, { read }: EntryForm<Value>): readonly Entry<Value>[] =>
  extensionsOf(holder, url).flatMap((source) => {
    const value = read(source);
    return value === null ? [] : [{ value, source }];
  });

/** An entry that says what it said stays the same object. */
export const writtenEntries = <Value>(
  before: readonly Entry<Value>[],
  values: readonly Value[],
  { write, nameOf }: EntryForm<Value>,
): readonly Extension[] =>
  pair(before, values, nameOf).map(({ value, entry }) =>
    entry && isSame(entry.value, value) ? entry.source : write(entry?.source ?? null, value),
  );

/** Each value with the entry that it was read from: by its name, else the one that stands in its place and is nobody else's. */
function pair<Value>(before: readonly Entry<Value>[], values: readonly Value[], nameOf: (value: Value) => string) {
  const free = new Set(before);
  const byName = values.map((value) => {
    const entry = before.find((each) => free.has(each) && nameOf(each.value) === nameOf(value));
    if (entry) free.delete(entry);
    return { value, entry };
  });
  return byName.map(({ value, entry }, index) => {
    const there = before[index];
    return { value, entry: entry ?? (there && free.delete(there) ? there : undefined) };
  });
}

/** Extensions that are not read here, such as variables in CQL, stay where they stand among the others. */
export function withEntries<T extends Extensible>(
  holder: T,
  url: string,
  before: readonly Entry<unknown>[],
  list: readonly Extension[],
): T {
  const read = new Set(before.map(({ source }) => source));
  const open = [...list];
  const all = extensionsOf(holder, url).flatMap((each) => (read.has(each) ? open.splice(0, 1) : [each]));
  return withExtensions(holder, url, [...all, ...open]);
}

/** A part of an extension by its name. */
export const partOf = ({ extension = [] }: Extension, url: string): Extension | undefined => extension.find((part) => part.url === url);

/** `change` gets the part as it is, or a new one; a part that is left without a value goes. */
export function withPart(holder: Extension, url: string, change: (part: Extension) => Extension): Extension {
  const parts = holder.extension ?? [];
  const at = parts.findIndex((part) => part.url === url);
  const part = change(parts[at] ?? { url });
  const isEmpty = Object.keys(part).length === 1;
  const list = isEmpty ? parts.filter((each) => each.url !== url) : at < 0 ? [...parts, part] : parts.with(at, part);
  return withList(holder, 'extension', list);
}
