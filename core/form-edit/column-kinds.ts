/** A column of a form in a sheet, and the usual kinds of them. */
import type { Coding, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { codingFrom, codingText } from './coding-text.ts';
import type { ItemChanges, SettingName } from './item-changes.ts';
import { type ItemSettingsForEdit, readItem } from './item-settings.ts';
import { joined, split } from './list-text.ts';
import type { TextForEdit } from './look-settings.ts';
import type { OptionForEdit } from './option-setting.ts';

export interface CellContext {
  /** The form as it was, for value sets that it contains. */
  readonly questionnaire: Questionnaire;
  /** As far as its cells were read. */
  readonly item: QuestionnaireItem;
  /** All items of the sheet. */
  readonly items: ReadonlyMap<string, QuestionnaireItem>;
}

export type CellFault = 'value-invalid' | 'option-invalid' | 'condition-invalid' | 'question-unknown';

export interface TableColumn {
  readonly name: string;
  readonly headings: Readonly<Record<'zh-CN' | 'en', string>>;
  /** The setting that it needs. */
  readonly setting: SettingName;
  readonly print: (settings: ItemSettingsForEdit, options: readonly OptionForEdit[]) => string;
  readonly read: (cell: string, context: CellContext) => Partial<ItemChanges> | CellFault;
}

type NamesOf<Value> = { readonly [Name in SettingName]: ItemChanges[Name] extends Value ? Name : never }[SettingName];

export const text = (name: NamesOf<string>, zh: string, en: string): TableColumn => ({
  name,
  headings: { 'zh-CN': zh, en },
  setting: name,
  print: (settings) => settings[name],
  read: (cell) => ({ [name]: cell }),
});

const TRUE = new Set(['yes', 'y', 'true', '1', 'x', '是', '√', '✓']);
const FALSE = new Set(['', 'no', 'n', 'false', '0', '否', '×']);

export const flag = (name: NamesOf<boolean>, zh: string, en: string): TableColumn => ({
  name,
  headings: { 'zh-CN': zh, en },
  setting: name,
  print: (settings) => (settings[name] ? 'yes' : ''),
  read: (cell) => {
    const word = cell.toLowerCase();
    return TRUE.has(word) || FALSE.has(word) ? { [name]: TRUE.has(word) } : 'value-invalid';
  },
});

type NumberName = Exclude<NamesOf<number | null>, never>;

export const number = (name: NumberName, zh: string, en: string, pattern: RegExp = /^\d+$/): TableColumn => ({
  name,
  headings: { 'zh-CN': zh, en },
  setting: name,
  print: (settings) => String(settings[name] ?? ''),
  read: (cell) => (cell === '' ? { [name]: null } : pattern.test(cell) ? { [name]: Number(cell) } : 'value-invalid'),
});

export const DECIMAL = /^\d+(?:\.\d+)?$/;

export const oneOf = <Name extends 'choiceOrientation' | 'collapsible' | 'observation' | 'referenceKind'>(
  name: Name,
  values: readonly NonNullable<ItemChanges[Name]>[],
  zh: string,
  en: string,
): TableColumn => ({
  name,
  headings: { 'zh-CN': zh, en },
  setting: name,
  print: (settings) => settings[name] ?? '',
  read: (cell) => (cell === '' ? { [name]: null } : values.some((each) => each === cell) ? { [name]: cell } : 'value-invalid'),
});

type TextsName = 'mimeTypes' | 'choiceColumns' | 'terminologyServers' | 'extractedResources' | 'allocatedIds';

export const texts = (name: TextsName, zh: string, en: string): TableColumn => ({
  name,
  headings: { 'zh-CN': zh, en },
  setting: name,
  print: (settings) => joined(settings[name]),
  read: (cell) => ({ [name]: split(cell) }),
});

/** What a coding has beside system, code and words stays where the cell still says the same. */
export const codings = (name: 'unitOptions' | 'codes' | 'observationCategories', zh: string, en: string): TableColumn => ({
  name,
  headings: { 'zh-CN': zh, en },
  setting: name,
  print: (settings) => joined(settings[name].map(codingText)),
  read: (cell, { item }) => {
    const before: readonly Coding[] = readItem(item)[name];
    return { [name]: split(cell).map((entry) => before.find((coding) => codingText(coding) === entry) ?? codingFrom(entry)) };
  },
});

type TextName = 'help' | 'shortText' | 'markdown';

/** A text, and its English in the column behind it. */
export const translated = (
  name: TextName,
  headings: TableColumn['headings'],
  english: TableColumn['headings'],
): readonly [TableColumn, TableColumn] => [
  {
    name,
    headings,
    setting: name,
    print: (settings) => settings[name]?.text ?? '',
    read: (cell, { item }) => ({ [name]: cell === '' ? null : { translations: readItem(item)[name]?.translations ?? {}, text: cell } }),
  },
  {
    name: `${name}English`,
    headings: english,
    setting: name,
    print: (settings) => settings[name]?.translations.en ?? '',
    read: (cell, { item }) => {
      const before: TextForEdit | null = readItem(item)[name];
      if (!before) return cell === '' ? {} : 'value-invalid';
      const { en: _, ...others } = before.translations;
      return { [name]: { ...before, translations: cell === '' ? others : { ...others, en: cell } } };
    },
  },
];
