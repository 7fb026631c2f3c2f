/** Another type for an item, and what of the item the type has no use for. */
import type { AnswerValue, ItemType, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { VALUES_OF, type ValueKey, valueKindOf } from '#core/form/value.ts';
import { isHelp } from './help-setting.ts';
import { type ItemChanges, isBlank, type PlainSettingName } from './item-changes.ts';
import { withMember } from './members.ts';
import type { Setting } from './setting.ts';
import { SETTINGS } from './setting-table.ts';
import { controlFits, fitsType, PLAIN_SETTINGS } from './setting-types.ts';
import { linkIdsIn, withItems } from './tree.ts';

export type TypeLoss =
  | { readonly kind: 'setting'; readonly setting: PlainSettingName }
  /** Items below it: a display has none. */
  | { readonly kind: 'items'; readonly linkIds: readonly string[] };

/** What a change of the type would drop; empty where nothing is lost. */
export function typeChangeLoss(item: QuestionnaireItem, type: ItemType): readonly TypeLoss[] {
  const settings = unfitSettings(item, type).map((setting): TypeLoss => ({ kind: 'setting', setting }));
  const below = linkIdsIn((item.item ?? []).filter((each) => !isHelp(each)));
  return type === 'display' && below.length > 0 ? [...settings, { kind: 'items', linkIds: below }] : settings;
}

export function changeType(item: QuestionnaireItem, type: ItemType): QuestionnaireItem {
  const left = unfitSettings(item, type).reduce((written, name) => withoutSetting(written, name), item);
  return withMember(type === 'display' ? withItems(left, []) : withFittingValues(left, type), 'type', type);
}

const NOTHING: QuestionnaireItem = { linkId: '', type: 'display' };

/** What is read of nothing is blank. */
const withoutSetting = (item: QuestionnaireItem, name: PlainSettingName): QuestionnaireItem =>
  (SETTINGS[name] as Setting<unknown>).write(item, SETTINGS[name].read(NOTHING));

function unfitSettings(item: QuestionnaireItem, type: ItemType): readonly PlainSettingName[] {
  const read = <Name extends PlainSettingName>(name: Name): ItemChanges[Name] => SETTINGS[name].read(item);
  return PLAIN_SETTINGS.filter((name) => {
    if (isBlank(read(name))) return false;
    if (!fitsType(name, type)) return true;
    if (name === 'itemControl') return !controlFits(read(name), type);
    if (name === 'minValue' || name === 'maxValue') return !fitsAsLimit(read(name), type);
    return name === 'initial' && !read(name).every((value) => fitted(value, type) !== null);
  });
}

const FAMILIES: readonly (readonly ItemType[])[] = [
  ['integer', 'decimal', 'quantity'],
  ['date', 'dateTime'],
];

/** A limit of a number stays one of any number. */
function fitsAsLimit(limit: AnswerValue | null, type: ItemType): boolean {
  const kind = limit && valueKindOf(limit);
  const family = FAMILIES.find((types) => types.some((each) => kindsOf(each).some((own) => own === kind)));
  return family ? family.includes(type) : kindsOf(type).some((own) => own === kind);
}

const kindsOf = (type: ItemType): readonly ValueKey[] => (type === 'group' || type === 'display' ? [] : VALUES_OF[type]);

/** The same value as one of the other type, or null. */
function fitted(value: AnswerValue, type: ItemType): AnswerValue | null {
  const kind = valueKindOf(value);
  if (kind !== null && kindsOf(type).includes(kind)) return value;
  if (type === 'decimal' && value.valueInteger !== undefined) return { valueDecimal: value.valueInteger };
  if (type === 'dateTime' && value.valueDate !== undefined) return { valueDateTime: value.valueDate };
  return null;
}

function withFittingValues(item: QuestionnaireItem, type: ItemType): QuestionnaireItem {
  const { initial = [] } = item;
  const values = initial.flatMap((value) => fitted(value, type) ?? []);
  return values.some((value, index) => value !== initial[index]) ? withMember(item, 'initial', values) : item;
}
