/** Reads and writes single extensions of an item, leaving all others where they are, and in each everything but the value. */
import { EXTENSION } from '#core/form/extensions.ts';
import type { Extension } from '#core/form/questionnaire.ts';
import { withList } from './members.ts';

/** Whatever may carry extensions. */
export interface Extensible {
  readonly extension?: readonly Extension[];
}

export const extensionOf = ({ extension = [] }: Extensible, url: string): Extension | undefined =>
  extension.find((each) => each.url === url);

export const extensionsOf = ({ extension = [] }: Extensible, url: string): readonly Extension[] =>
  extension.filter((each) => each.url === url);

/** Null takes it away. A new one goes where the table of extensions has it among those that are there. */
export function withExtension<T extends Extensible>(holder: T, url: string, value: Extension | null): T {
  return withExtensions(holder, url, value ? [value] : []);
}

/** All extensions of one address, in the places of those that were there; further ones follow the last of them. */
export function withExtensions<T extends Extensible>(holder: T, url: string, values: readonly Extension[]): T {
  const before = holder.extension ?? [];
  const count = before.filter((each) => each.url === url).length;
  let index = 0;
  const list = before.flatMap((each): readonly Extension[] => {
    if (each.url !== url) return [each];
    index += 1;
    return index === count ? values.slice(index - 1) : values.slice(index - 1, index);
  });
  if (count === 0) list.splice(placeFor(url, before), 0, ...values);
  return withList(holder, 'extension', list);
}

const RANK: ReadonlyMap<string, number> = new Map(Object.values(EXTENSION).map((url, rank) => [url, rank]));

function placeFor(url: string, list: readonly Extension[]): number {
  const rank = RANK.get(url) ?? Number.POSITIVE_INFINITY;
  const later = list.findIndex((each) => (RANK.get(each.url) ?? -1) > rank);
  return later < 0 ? list.length : later;
}
