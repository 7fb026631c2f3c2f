/** The columns of a form in a sheet: how each is headed, what of an item stands in its cells, and what a cell means for an item. */
import type { AnswerValue, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { isReferenceKind } from '#core/form/references.ts';
import { conditionsFrom, conditionText } from './condition-text.ts';
import type { ItemChanges, SettingName } from './item-changes.ts';
import { type ItemSettingsForEdit, readItem } from './item-settings.ts';
import { joined, pairOf, pairText, split } from './list-text.ts';
import { codeFor } from './option-columns.ts';
import { anOption, type OptionForEdit, optionsForEdit } from './option-setting.ts';
import { valueFrom, valueText } from './value-text.ts';

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

type TextSetting = { readonly [Name in SettingName]: ItemChanges[Name] extends string ? Name : never }[SettingName];
type FlagSetting = { readonly [Name in SettingName]: ItemChanges[Name] extends boolean ? Name : never }[SettingName];
type NumberSetting = 'minLength' | 'maxLength' | 'decimals' | 'minOccurs' | 'maxOccurs';

const text = (name: TextSetting, zh: string, en: string): TableColumn => ({
  name,
  headings: { 'zh-CN': zh, en },
  setting: name,
  print: (settings) => settings[name],
  read: (cell) => ({ [name]: cell }),
});

const TRUE = new Set(['yes', 'y', 'true', '1', 'x', '是', '√', '✓']);
const FALSE = new Set(['', 'no', 'n', 'false', '0', '否', '×']);

const flag = (name: FlagSetting, zh: string, en: string): TableColumn => ({
  name,
  headings: { 'zh-CN': zh, en },
  setting: name,
  print: (settings) => (settings[name] ? 'yes' : ''),
  read: (cell) => {
    const word = cell.toLowerCase();
    return TRUE.has(word) || FALSE.has(word) ? { [name]: TRUE.has(word) } : 'value-invalid';
  },
});

const number = (name: NumberSetting, zh: string, en: string): TableColumn => ({
  name,
  headings: { 'zh-CN': zh, en },
  setting: name,
  print: (settings) => String(settings[name] ?? ''),
  read: (cell) => (cell === '' ? { [name]: null } : /^\d+$/.test(cell) ? { [name]: Number(cell) } : 'value-invalid'),
});

/** `=today()` for one that is computed. */
const limit = (name: 'minValue' | 'maxValue', zh: string, en: string): TableColumn => ({
  name,
  headings: { 'zh-CN': zh, en },
  setting: name,
  print: (settings) => {
    const expression = settings[`${name}Expression`];
    const value = settings[name];
    return expression === '' ? (value ? valueText(value) : '') : `=${expression}`;
  },
  read: (cell, { questionnaire, item }) => {
    if (cell.startsWith('=')) return { [`${name}Expression`]: cell.slice(1).trim() };
    const value = cell === '' ? null : valueFrom(cell, questionnaire, item);
    return cell !== '' && !value ? 'value-invalid' : { [name]: value, [`${name}Expression`]: '' };
  },
});

/** An option that is no coding stands in double quotes. */
const options: TableColumn = {
  name: 'options',
  headings: { 'zh-CN': '选项', en: 'options' },
  setting: 'options',
  print: (_, list) => joined(list.map(({ code, display, plain }) => (plain ? `"${code}"` : pairText(code, display)))),
  read: (cell, { questionnaire, item }) => {
    const before = optionsForEdit(questionnaire, item);
    const taken = new Set(before.map(({ code }) => code));
    const read = split(cell).map((entry): OptionForEdit | null => {
      const plain = /^"([\s\S]*)"$/.exec(entry)?.[1];
      if (plain !== undefined) return before.find((each) => each.plain && each.code === plain) ?? anOption(plain, '', { plain: true });
      const [first, second] = pairOf(entry);
      const display = second ?? first;
      const same = before.find((each) => !each.plain && (second === null ? each.display === display : each.code === first));
      const code = second === null ? (same?.code ?? codeFor(display, undefined, taken)) : first;
      taken.add(code);
      return code === '' && display === '' ? null : { ...(same ?? anOption(code, display)), code, display };
    });
    const list = read.flatMap((option) => option ?? []);
    const codes = list.map(({ code, display }) => code || display);
    return list.length < read.length || new Set(codes).size < codes.length ? 'option-invalid' : { options: list };
  },
};

const byOption = (name: string, headings: TableColumn['headings'], part: OptionPart): TableColumn => ({
  name,
  headings,
  setting: 'options',
  print: (_, list) =>
    joined(list.flatMap((option) => (part.print(option) === '' ? [] : [pairText(option.code || option.display, part.print(option))]))),
  read: (cell, { questionnaire, item }) => {
    const before = optionsForEdit(questionnaire, item);
    const given = new Map(split(cell).map(pairOf));
    const isKnown = [...given.keys()].every((code) => before.some((option) => (option.code || option.display) === code));
    const list = before.map((option) => part.write(option, given.get(option.code || option.display) ?? ''));
    return isKnown && list.every((option) => option !== null) ? { options: list.flatMap((option) => option ?? []) } : 'option-invalid';
  },
});

interface OptionPart {
  readonly print: (option: OptionForEdit) => string;
  readonly write: (option: OptionForEdit, cell: string) => OptionForEdit | null;
}

const english: OptionPart = {
  print: ({ translations }) => translations.en ?? '',
  write: (option, cell) => {
    const { en: _, ...others } = option.translations;
    return { ...option, translations: cell === '' ? others : { ...others, en: cell } };
  },
};

const scores: OptionPart = {
  print: ({ score }) => (score === null ? '' : String(score)),
  write: (option, cell) => {
    if (cell !== '' && !Number.isFinite(Number(cell))) return null;
    return { ...option, score: cell === '' ? null : Number(cell) };
  },
};

/** In the order in which they are read: what a later cell needs stands before it. */
export const SETTING_COLUMNS: readonly TableColumn[] = [
  text('text', '文字', 'text'),
  {
    name: 'english',
    headings: { 'zh-CN': '英文', en: 'english' },
    setting: 'translations',
    print: ({ translations }) => translations.en ?? '',
    read: (cell, { item }) => {
      const { en: _, ...others } = readItem(item).translations;
      return { translations: cell === '' ? others : { ...others, en: cell } };
    },
  },
  text('prefix', '编号', 'prefix'),
  flag('required', '必填', 'required'),
  flag('repeats', '可重复', 'repeats'),
  flag('readOnly', '只读', 'read only'),
  flag('hidden', '隐藏', 'hidden'),
  options,
  byOption('optionsEnglish', { 'zh-CN': '选项英文', en: 'options in english' }, english),
  byOption('scores', { 'zh-CN': '选项分值', en: 'scores' }, scores),
  {
    name: 'condition',
    headings: { 'zh-CN': '显示条件', en: 'condition' },
    setting: 'enableWhen',
    print: conditionText,
    read: (cell, { questionnaire, items }) => conditionsFrom(cell, questionnaire, items),
  },
  text('enableWhenExpression', '显示条件表达式', 'condition expression'),
  text('calculatedExpression', '计算', 'calculation'),
  text('initialExpression', '初始值表达式', 'initial expression'),
  {
    name: 'initial',
    headings: { 'zh-CN': '初始值', en: 'initial' },
    setting: 'initial',
    print: ({ initial }) => joined(initial.map(valueText)),
    read: (cell, { questionnaire, item }) => {
      const values = split(cell).map((entry) => valueFrom(entry, questionnaire, item));
      return values.includes(null) ? 'value-invalid' : { initial: values.filter((value): value is AnswerValue => value !== null) };
    },
  },
  {
    name: 'help',
    headings: { 'zh-CN': '帮助', en: 'help' },
    setting: 'help',
    print: ({ help }) => help?.text ?? '',
    read: (cell, { item }) => ({ help: cell === '' ? null : { translations: readItem(item).help?.translations ?? {}, text: cell } }),
  },
  {
    name: 'helpEnglish',
    headings: { 'zh-CN': '帮助英文', en: 'help in english' },
    setting: 'help',
    print: ({ help }) => help?.translations.en ?? '',
    read: (cell, { item }) => {
      const { help } = readItem(item);
      return help ? { help: { ...help, translations: { ...help.translations, en: cell } } } : cell === '' ? {} : 'value-invalid';
    },
  },
  text('itemControl', '控件', 'control'),
  text('fact', '流程变量', 'fact'),
  {
    name: 'referenceKind',
    headings: { 'zh-CN': '引用对象', en: 'reference kind' },
    setting: 'referenceKind',
    print: ({ referenceKind }) => referenceKind ?? '',
    read: (cell) => (cell === '' ? { referenceKind: null } : isReferenceKind(cell) ? { referenceKind: cell } : 'value-invalid'),
  },
  {
    name: 'unit',
    headings: { 'zh-CN': '单位', en: 'unit' },
    setting: 'unit',
    print: ({ unit }) => (unit ? pairText(unit.code ?? '', unit.display ?? '') : ''),
    read: (cell) => {
      const [code, display] = pairOf(cell);
      return { unit: cell === '' ? null : { ...(code === '' ? {} : { code }), ...(display === '' ? {} : { display: display ?? code }) } };
    },
  },
  limit('minValue', '最小值', 'least'),
  limit('maxValue', '最大值', 'greatest'),
  number('decimals', '小数位数', 'decimals'),
  number('minLength', '最小长度', 'least length'),
  number('maxLength', '最大长度', 'greatest length'),
  text('regex', '正则表达式', 'pattern'),
  text('entryFormat', '填写示例', 'entry format'),
  number('minOccurs', '最少数量', 'least count'),
  number('maxOccurs', '最多数量', 'greatest count'),
];
