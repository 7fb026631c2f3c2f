/**
 * One edit of a form: what a person does with the tree and the inspector. An edit gives a new form or says why not; everything that it is not
 * about, unknown members and extensions included, stays as it came. Whether the form makes sense is for `core/form/check.ts` to say.
 */

import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { FORM_SETTINGS, type FormSettingsForEdit, writeForm } from './form-settings.ts';
import { type ItemChanges, isBlank } from './item-changes.ts';
import { readItem, writeItem } from './item-settings.ts';
import { copiesOf, freshLinkId, takenIn } from './link-ids.ts';
import { isSame, withMember } from './members.ts';
import type { OptionForEdit } from './option-setting.ts';
import { withReferences } from './references.ts';
import { withRenamedOptions } from './renamed-options.ts';
import { fitsType, SETTING_NAMES } from './setting-types.ts';
import { findItem, linkIdsIn, parentOf, updateItem, withItemsBelow } from './tree.ts';

/** `parent` null is the form; `index` counts among the items that are there once the edit is done, and too high a one means the end. */
interface Place {
  readonly parent: string | null;
  readonly index: number;
}

export type FormEdit =
  | ({ readonly kind: 'insert'; readonly item: QuestionnaireItem } & Place)
  /** From a library or another form: link ids that are taken become free ones, and facts that are given already are given up. */
  | ({ readonly kind: 'insert-group'; readonly items: readonly QuestionnaireItem[] } & Place)
  | ({ readonly kind: 'move'; readonly linkId: string } & Place)
  /** With all that stands below it. Conditions that ask it stay, for the checker to find; see `usesOf`. */
  | { readonly kind: 'remove'; readonly linkId: string }
  | { readonly kind: 'duplicate'; readonly linkId: string }
  /** Null: the form as a whole, which has the settings of `FORM_SETTINGS`. */
  | { readonly kind: 'set'; readonly linkId: string | null; readonly changes: Partial<ItemChanges> }
  | { readonly kind: 'rename'; readonly linkId: string; readonly to: string }
  /** Conditions that ask for an option whose code changes ask for the new code. */
  | { readonly kind: 'set-options'; readonly linkId: string; readonly options: readonly OptionForEdit[] }
  | ({ readonly kind: 'set-form' } & Partial<FormSettingsForEdit>);

export type EditResult =
  | { readonly kind: 'done'; readonly questionnaire: Questionnaire }
  | { readonly kind: 'refused'; readonly code: EditRefusal; readonly data: Readonly<Record<string, string>> };

export const EDIT_REFUSALS = [
  'item-unknown',
  'parent-unknown',
  'link-id-taken',
  'link-id-invalid',
  'into-itself',
  'below-display',
  'setting-foreign',
] as const;
export type EditRefusal = (typeof EDIT_REFUSALS)[number];

export function applyEdit(questionnaire: Questionnaire, edit: FormEdit): EditResult {
  switch (edit.kind) {
    case 'insert':
      return insert(questionnaire, [edit.item], edit);
    case 'insert-group':
      return insert(questionnaire, copiesOf(edit.items, takenIn(questionnaire.item ?? [])), edit);
    case 'move':
      return move(questionnaire, edit);
    case 'remove':
      return remove(questionnaire, edit.linkId);
    case 'duplicate':
      return duplicate(questionnaire, edit.linkId);
    case 'set':
      return set(questionnaire, edit.linkId, edit.changes);
    case 'rename':
      return rename(questionnaire, { from: edit.linkId, to: edit.to });
    case 'set-options':
      return set(questionnaire, edit.linkId, { options: edit.options });
    case 'set-form': {
      const { kind: _, ...changes } = edit;
      return done(writeForm(questionnaire, changes));
    }
  }
}

const done = (questionnaire: Questionnaire): EditResult => ({ kind: 'done', questionnaire });
const refused = (code: EditRefusal, data: Readonly<Record<string, string>> = {}): EditResult => ({ kind: 'refused', code, data });

/** Link ids of items as FHIR's `string` and our paths take them. */
const isLinkId = (text: string): boolean => text.length <= 255 && text.trim() === text && text !== '';

function insert(questionnaire: Questionnaire, items: readonly QuestionnaireItem[], { parent, index }: Place): EditResult {
  const refusal = parentRefusal(questionnaire, parent);
  if (refusal) return refusal;
  const taken = new Set(linkIdsIn(questionnaire.item ?? []));
  for (const linkId of linkIdsIn(items)) {
    if (!isLinkId(linkId)) return refused('link-id-invalid', { linkId });
    if (taken.has(linkId)) return refused('link-id-taken', { linkId });
    taken.add(linkId);
  }
  return done(withItemsBelow(questionnaire, parent, (present) => present.toSpliced(index, 0, ...items)));
}

function parentRefusal(questionnaire: Questionnaire, parent: string | null): EditResult | null {
  if (parent === null) return null;
  const found = findItem(questionnaire, parent);
  if (!found) return refused('parent-unknown', { linkId: parent });
  return found.item.type === 'display' ? refused('below-display', { linkId: parent }) : null;
}

function move(questionnaire: Questionnaire, { linkId, parent, index }: Place & { readonly linkId: string }): EditResult {
  const found = findItem(questionnaire, linkId);
  if (!found) return refused('item-unknown', { linkId });
  if (parent !== null && linkIdsIn([found.item]).includes(parent)) return refused('into-itself', { linkId, parent });
  const refusal = parentRefusal(questionnaire, parent);
  if (refusal) return refusal;
  const taken = withItemsBelow(questionnaire, parentOf(found), (items) => items.toSpliced(found.index, 1));
  return done(withItemsBelow(taken, parent, (items) => items.toSpliced(index, 0, found.item)));
}

function remove(questionnaire: Questionnaire, linkId: string): EditResult {
  const found = findItem(questionnaire, linkId);
  if (!found) return refused('item-unknown', { linkId });
  return done(withItemsBelow(questionnaire, parentOf(found), (items) => items.toSpliced(found.index, 1)));
}

function duplicate(questionnaire: Questionnaire, linkId: string): EditResult {
  const found = findItem(questionnaire, linkId);
  if (!found) return refused('item-unknown', { linkId });
  const copies = copiesOf([found.item], takenIn(questionnaire.item ?? []));
  return done(withItemsBelow(questionnaire, parentOf(found), (items) => items.toSpliced(found.index + 1, 0, ...copies)));
}

function set(questionnaire: Questionnaire, linkId: string | null, changes: Partial<ItemChanges>): EditResult {
  const named = SETTING_NAMES.filter((name) => !isBlank(changes[name]));
  if (linkId === null) {
    const foreign = named.find((name) => !FORM_SETTINGS.some((each) => each === name));
    if (foreign) return refused('setting-foreign', { setting: foreign, type: 'form' });
    return done(writeForm(questionnaire, Object.fromEntries(FORM_SETTINGS.map((name) => [name, changes[name]]))));
  }
  const found = findItem(questionnaire, linkId);
  if (!found) return refused('item-unknown', { linkId });
  const type = changes.type ?? found.item.type;
  const foreign = named.filter((name) => !fitsType(name, type));
  const before = readItem(found.item);
  // What an imported form has against the rules, or what a new type drops, is no fault of whoever sends it along unchanged.
  const changed = foreign.find((name) => !isSame(before[name], changes[name]));
  if (changed) return refused('setting-foreign', { setting: changed, type });
  const fitting = Object.fromEntries(Object.entries(changes).filter(([name]) => !foreign.some((each) => each === name)));
  const taken = new Set(linkIdsIn(questionnaire.item ?? []));
  const written = updateItem(questionnaire, linkId, (item) => writeItem(item, fitting, (wanted) => freshLinkId(wanted, taken)));
  return done(changes.options ? withRenamedOptions(written, found.item, changes.options) : written);
}

function rename(questionnaire: Questionnaire, { from, to }: { readonly from: string; readonly to: string }): EditResult {
  if (!findItem(questionnaire, from)) return refused('item-unknown', { linkId: from });
  if (from === to) return done(questionnaire);
  if (!isLinkId(to)) return refused('link-id-invalid', { linkId: to });
  if (findItem(questionnaire, to)) return refused('link-id-taken', { linkId: to });
  const named = updateItem(questionnaire, from, (item) => withMember(item, 'linkId', to));
  return done(withReferences(named, new Map([[from, to]])));
}
