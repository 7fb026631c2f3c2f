/**
 * Items that are gone and items that are new, and which of them are likely the same under another link id: with the same type, and the same
 * definition, code or text. Only pairs without a doubt: what could be either of two items is neither.
 */
import type { PlacedItem } from './placed-items.ts';

export interface Rename {
  readonly from: string;
  readonly to: string;
}

export interface LikelyRename extends Rename {
  /** What they have in common; `statement`: somebody says so. */
  readonly by: 'statement' | 'definition' | 'code' | 'text';
}

type Items = readonly PlacedItem[];

export function likelyRenames(removed: Items, added: Items, known: readonly Rename[] = []): readonly LikelyRename[] {
  const renamed = new Map<string, LikelyRename>();
  const taken = new Set<string>();
  const pair = (by: LikelyRename['by'], signatureOf: (placed: PlacedItem, isNew: boolean) => string | null): void => {
    const sides = [
      bySignature(
        removed.filter(({ item }) => !renamed.has(item.linkId)),
        (placed) => signatureOf(placed, false),
      ),
      bySignature(
        added.filter(({ item }) => !taken.has(item.linkId)),
        (placed) => signatureOf(placed, true),
      ),
    ] as const;
    for (const [signature, [from, ...others]] of sides[0]) {
      const [to, ...rivals] = sides[1].get(signature) ?? [];
      if (!from || !to || others.length > 0 || rivals.length > 0) continue;
      renamed.set(from, { from, to, by });
      taken.add(to);
    }
  };
  const has = (items: Items, linkId: string): boolean => items.some(({ item }) => item.linkId === linkId);
  for (const { from, to } of known) {
    if (!has(removed, from) || !has(added, to) || renamed.has(from) || taken.has(to)) continue;
    renamed.set(from, { from, to, by: 'statement' });
    taken.add(to);
  }
  const parentOf = ({ place: { parent } }: PlacedItem, isNew: boolean): string =>
    parent === null ? '' : isNew ? parent : (renamed.get(parent)?.to ?? parent);
  pair('definition', ({ item }) => item.definition ?? null);
  pair('code', ({ item }) => (item.code?.length ? JSON.stringify(item.code.map(({ system, code }) => [system ?? '', code ?? ''])) : null));
  // Texts such as "remark" come in several groups, so those in the same group go first, once groups have found each other.
  for (let count = -1; count !== renamed.size; ) {
    count = renamed.size;
    pair('text', (placed, isNew) => (placed.item.text ? JSON.stringify([parentOf(placed, isNew), placed.item.text]) : null));
  }
  pair('text', ({ item }) => item.text ?? null);
  return removed.flatMap(({ item }) => renamed.get(item.linkId) ?? []);
}

function bySignature(items: Items, signatureOf: (placed: PlacedItem) => string | null): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const placed of items) {
    const own = signatureOf(placed);
    if (own === null) continue;
    const signature = `${placed.item.type} ${own}`;
    found.set(signature, [...(found.get(signature) ?? []), placed.item.linkId]);
  }
  return found;
}
