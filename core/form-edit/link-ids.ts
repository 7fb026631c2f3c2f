/** New link ids for copies of items, and the copies: everything in them that names an item of the copy names the copied one. */
import { EXTENSION, settingsOf } from '#core/form/extensions.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import { withList, withMember } from './members.ts';
import { withReferences } from './references.ts';
import { linkIdsIn, withItems } from './tree.ts';

type Items = readonly QuestionnaireItem[];

/** `age` → `age-2`, `age-3` …: the first that is free. */
export function freshLinkId(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const [, stem = wanted, number = '1'] = /^(.*?)(?:-(\d+))?$/s.exec(wanted) ?? [];
  for (let next = Number(number) + 1; ; next += 1) {
    const candidate = `${stem}-${next}`;
    if (!taken.has(candidate)) return candidate;
  }
}

export interface Taken {
  readonly linkIds: ReadonlySet<string>;
  /** A process has a fact once, so a copy does not give it again. */
  readonly facts: ReadonlySet<string>;
}

/** Link ids that are free stay; `ward.bed` below a `ward` that becomes `ward-2` becomes `ward-2.bed`. */
export function copiesOf(items: Items, { linkIds, facts }: Taken): Items {
  const taken = new Set(linkIds);
  const renamed = new Map<string, string>();
  const name = (list: Items, parent: { readonly from: string; readonly to: string } | null): void => {
    for (const { linkId, item = [] } of list) {
      const isBelow = parent !== null && linkId.startsWith(`${parent.from}.`);
      const fresh = freshLinkId(isBelow ? `${parent.to}${linkId.slice(parent.from.length)}` : linkId, taken);
      taken.add(fresh);
      renamed.set(linkId, fresh);
      name(item, { from: linkId, to: fresh });
    }
  };
  name(items, null);
  const copy = (item: QuestionnaireItem): QuestionnaireItem => {
    const own = withMember(withoutFact(item, facts), 'linkId', renamed.get(item.linkId) ?? item.linkId);
    return item.item ? withItems(own, item.item.map(copy)) : own;
  };
  return withReferences(items.map(copy), renamed);
}

function withoutFact(item: QuestionnaireItem, taken: ReadonlySet<string>): QuestionnaireItem {
  const { fact } = settingsOf(item);
  if (fact === undefined || !taken.has(fact)) return item;
  return withList(
    item,
    'extension',
    (item.extension ?? []).filter(({ url }) => url !== EXTENSION.fact),
  );
}

export const takenIn = (items: Items): Taken => ({ linkIds: new Set(linkIdsIn(items)), facts: new Set(factsIn(items)) });

const factsIn = (items: Items): readonly string[] =>
  items.flatMap((item) => [...(settingsOf(item).fact === undefined ? [] : [settingsOf(item).fact ?? '']), ...factsIn(item.item ?? [])]);
