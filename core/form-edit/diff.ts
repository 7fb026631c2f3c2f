/**
 * What differs between two versions of a form, as its author would say it: items added, removed, renamed, moved and changed, by link id. It is
 * what a person approves before a version is published, and what answers are carried over by (`migrate.ts`).
 */
import { SUPPORTED_EXTENSIONS } from '#core/form/extensions.ts';
import type { Extension, ItemType, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { type FieldChange, fieldChanges } from '#core/version/fields.ts';
import { readForm } from './form-settings.ts';
import type { ItemChanges, SettingName } from './item-changes.ts';
import { readItem } from './item-settings.ts';
import { type LikelyRename, likelyRenames, type Rename } from './likely-renames.ts';
import { isSame } from './members.ts';
import { diffOptions, type OptionDiff } from './option-diff.ts';
import { optionsForEdit } from './option-setting.ts';
import { type ItemPlace, type PlacedItem, placedItems } from './placed-items.ts';
import { withReferences } from './references.ts';
import { SETTING_NAMES } from './setting-types.ts';
import { UNSETTABLE_URLS } from './unsettable.ts';

export interface FormDiff {
  /** Of the form as a whole. */
  readonly form: readonly FieldChange[];
  readonly added: readonly ItemAtPlace[];
  readonly removed: readonly ItemAtPlace[];
  /** Neither added nor removed, but likely the same under another link id. */
  readonly renamed: readonly LikelyRename[];
  readonly moved: readonly ItemMove[];
  readonly changed: readonly ItemDiff[];
}

export interface ItemAtPlace {
  readonly linkId: string;
  readonly type: ItemType;
  readonly text: string;
  readonly place: ItemPlace;
}

/** `linkId` is the one after a rename, here and below. */
export interface ItemMove {
  readonly linkId: string;
  readonly type: ItemType;
  readonly from: ItemPlace;
  readonly to: ItemPlace;
}

export interface ItemDiff {
  readonly linkId: string;
  readonly type: ItemType;
  /** Options are told apart. */
  readonly settings: readonly SettingChange[];
  readonly options: OptionDiff | null;
  /** What no setting shows: unknown members and extensions. */
  readonly others: readonly FieldChange[];
}

export type SettingChange = {
  readonly [Name in SettingName]: { readonly setting: Name; readonly before: ItemChanges[Name]; readonly after: ItemChanges[Name] };
}[SettingName];

/** `known`: renames that somebody made or stated; others are guessed. */
export function diffForms(before: Questionnaire, after: Questionnaire, known: readonly Rename[] = []): FormDiff {
  const [old, now] = [placedItems(before), placedItems(after)];
  const gone = [...old.values()].filter(({ item }) => !now.has(item.linkId));
  const fresh = [...now.values()].filter(({ item }) => !old.has(item.linkId));
  const renamed = likelyRenames(gone, fresh, known);
  const names: ReadonlyMap<string, string> = new Map(renamed.map(({ from, to }) => [from, to]));
  const nameOf = (linkId: string): string => names.get(linkId) ?? linkId;
  const pairs = [...old.values()].flatMap((placed): readonly Pair[] => {
    const match = now.get(nameOf(placed.item.linkId));
    return match ? [{ before: withNames(placed, nameOf), after: match }] : [];
  });
  const isRenamed = (linkId: string): boolean => renamed.some(({ from, to }) => from === linkId || to === linkId);
  return {
    form: fieldChanges({ ...readForm(before), ...unknownOf(before) }, { ...readForm(after), ...unknownOf(after) }),
    added: fresh.filter(({ item }) => !isRenamed(item.linkId)).map(itemAtPlace),
    removed: gone.filter(({ item }) => !isRenamed(item.linkId)).map(itemAtPlace),
    renamed,
    moved: movesIn(pairs),
    changed: pairs.flatMap((pair) => {
      const own = withReferences({ ...pair.before.item, item: [] }, names);
      return itemDiff({ form: before, item: own }, { form: after, item: pair.after.item }) ?? [];
    }),
  };
}

export const isSameForm = ({ form, added, removed, renamed, moved, changed }: FormDiff): boolean =>
  [form, added, removed, renamed, moved, changed].every(({ length }) => length === 0);

interface Pair {
  readonly before: PlacedItem;
  readonly after: PlacedItem;
}

function withNames({ item, place }: PlacedItem, nameOf: (linkId: string) => string): PlacedItem {
  const { parent, rows, index } = place;
  return { item, place: { parent: parent === null ? null : nameOf(parent), index, rows: rows.map(nameOf) } };
}

const itemAtPlace = ({ item, place }: PlacedItem): ItemAtPlace => ({ linkId: item.linkId, type: item.type, text: item.text ?? '', place });

/** Into another parent; or past its neighbours, of which as few as possible count as moved. */
function movesIn(pairs: readonly Pair[]): readonly ItemMove[] {
  const inPlace = new Map<string | null, Pair[]>();
  for (const pair of pairs) {
    const { parent } = pair.after.place;
    if (pair.before.place.parent === parent) inPlace.set(parent, [...(inPlace.get(parent) ?? []), pair]);
  }
  const still = new Set([...inPlace.values()].flatMap(stillIn));
  return pairs
    .filter((pair) => !still.has(pair))
    .map(({ before, after }) => ({ linkId: after.item.linkId, type: after.item.type, from: before.place, to: after.place }));
}

/** The longest run of neighbours that kept their order: the longest increasing subsequence, by patience, as forms may have thousands in a row. */
function stillIn(pairs: readonly Pair[]): readonly Pair[] {
  const sorted = [...pairs].sort((a, b) => a.before.place.index - b.before.place.index);
  const placeOf = (at: number): number => sorted[at]?.after.place.index ?? 0;
  /** By length − 1: where the run of this length ends that ends lowest. */
  const ends: number[] = [];
  const previous: number[] = [];
  for (const at of sorted.keys()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (placeOf(ends[middle] ?? 0) < placeOf(at)) low = middle + 1;
      else high = middle;
    }
    previous[at] = low > 0 ? (ends[low - 1] ?? -1) : -1;
    ends[low] = at;
  }
  const run: Pair[] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) {
    const pair = sorted[at];
    if (pair) run.push(pair);
  }
  return run.reverse();
}

interface ItemOf {
  readonly form: Questionnaire;
  readonly item: QuestionnaireItem;
}

function itemDiff(old: ItemOf, now: ItemOf): ItemDiff | null {
  // A help text is an item of its own here.
  const [before, after] = [readItem({ ...old.item, item: [] }), readItem({ ...now.item, item: [] })];
  const settings = SETTING_NAMES.filter((name) => name !== 'options' && !isSame(before[name], after[name])).map(
    // Both values are of this setting.
    (name) => ({ setting: name, before: before[name], after: after[name] }) as SettingChange,
  );
  const options = diffOptions(optionsForEdit(old.form, old.item), optionsForEdit(now.form, now.item));
  const others = fieldChanges(unknownOf(old.item), unknownOf(now.item));
  if (settings.length + others.length === 0 && options === null) return null;
  return { linkId: now.item.linkId, type: now.item.type, settings, options, others };
}

const SHOWN = new Set([
  ...['title', '_title', 'description', '_description', 'name', 'url', 'version', 'language', 'status'],
  ...['linkId', 'type', 'text', '_text', 'prefix', 'required', 'repeats', 'readOnly', 'maxLength', 'enableWhen', 'enableBehavior'],
  ...['answerOption', 'answerValueSet', 'initial', 'code', 'definition', 'disabledDisplay', 'item', 'extension'],
]);

function unknownOf(holder: QuestionnaireItem | Questionnaire): object {
  const extension = (holder.extension ?? []).filter(({ url }: Extension) => !SUPPORTED_EXTENSIONS.has(url) || UNSETTABLE_URLS.has(url));
  return {
    ...Object.fromEntries(Object.entries(holder).filter(([name]) => !SHOWN.has(name))),
    ...(extension.length > 0 ? { extension } : {}),
  };
}
