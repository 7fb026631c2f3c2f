/** The columns of a form in a sheet: how each is headed, what of an item stands in its cells, and what a cell means for an item. */
import type { AnswerValue, Coding } from '#core/form/questionnaire.ts';
import { REFERENCE_KINDS } from '#core/form/references.ts';
import { amountFrom, amountText, codingFrom, codingText } from './coding-text.ts';
import { codings, DECIMAL, flag, number, oneOf, type TableColumn, text, texts, translated } from './column-kinds.ts';
import { conditionsFrom, conditionText } from './condition-text.ts';
import { OBSERVATION_WAYS } from './extraction-settings.ts';
import { readItem } from './item-settings.ts';
import { joined, pairOf, pairText, split } from './list-text.ts';
import { OPTION_CELLS } from './option-cells.ts';
import { RULE_COLUMNS } from './rule-columns.ts';
import { partOf } from './translations.ts';
import { translationsOf, withTranslatedMember } from './translations-of.ts';
import { valueFrom, valueText } from './value-text.ts';

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

/** A limit with its unit: `2 kg`. */
const amount = (name: 'minQuantity' | 'maxQuantity', zh: string, en: string): TableColumn => ({
  name,
  headings: { 'zh-CN': zh, en },
  setting: name,
  print: (settings) => {
    const value = settings[name];
    return value ? amountText(value) : '';
  },
  read: (cell) => {
    const value = cell === '' ? null : amountFrom(cell);
    return cell !== '' && !value ? 'value-invalid' : { [name]: value };
  },
});

const unit: TableColumn = {
  name: 'unit',
  headings: { 'zh-CN': '单位', en: 'unit' },
  setting: 'unit',
  print: (settings) => (settings.unit ? codingText(settings.unit) : ''),
  read: (cell) => ({ unit: cell === '' ? null : codingFrom(cell) }),
};

/** Of the unit and of those to choose from, by their codes. */
const unitsEnglish: TableColumn = {
  name: 'unitsEnglish',
  headings: { 'zh-CN': '单位英文', en: 'units in english' },
  setting: 'unit',
  print: (settings) =>
    joined(
      [...(settings.unit ? [settings.unit] : []), ...settings.unitOptions].flatMap((coding) => {
        const { en = '' } = translationsOf(coding._display);
        return en === '' ? [] : [pairText(partOf(coding), en)];
      }),
    ),
  read: (cell, { item }) => {
    const before = readItem(item);
    const given = new Map(split(cell).map(pairOf));
    const units = [...(before.unit ? [before.unit] : []), ...before.unitOptions];
    if (![...given.keys()].every((code) => units.some((coding) => partOf(coding) === code))) return 'value-invalid';
    const named = (coding: Coding): Coding =>
      withTranslatedMember(coding, 'display', { ...translationsOf(coding._display), en: given.get(partOf(coding)) ?? '' });
    return { unit: before.unit && named(before.unit), unitOptions: before.unitOptions.map(named) };
  },
};

/** A value set that the form contains comes as the options that it has. */
const answerValueSet: TableColumn = {
  ...text('answerValueSet', '值集地址', 'value set'),
  print: (settings) => (settings.answerValueSet.startsWith('#') ? '' : settings.answerValueSet),
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
  ...OPTION_CELLS,
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
  ...translated('help', { 'zh-CN': '帮助', en: 'help' }, { 'zh-CN': '帮助英文', en: 'help in english' }),
  text('itemControl', '控件', 'control'),
  text('fact', '流程变量', 'fact'),
  oneOf('referenceKind', REFERENCE_KINDS, '引用对象', 'reference kind'),
  unit,
  codings('unitOptions', '可选单位', 'units to choose from'),
  unitsEnglish,
  limit('minValue', '最小值', 'least'),
  limit('maxValue', '最大值', 'greatest'),
  number('decimals', '小数位数', 'decimals'),
  number('minLength', '最小长度', 'least length'),
  number('maxLength', '最大长度', 'greatest length'),
  text('regex', '正则表达式', 'pattern'),
  text('entryFormat', '填写示例', 'entry format'),
  number('minOccurs', '最少数量', 'least count'),
  number('maxOccurs', '最多数量', 'greatest count'),
  amount('minQuantity', '最小值（带单位）', 'least with unit'),
  amount('maxQuantity', '最大值（带单位）', 'greatest with unit'),
  texts('mimeTypes', '文件类型', 'kinds of file'),
  number('maxSizeMegabytes', '文件上限（MB）', 'largest file (MB)', DECIMAL),
  flag('signature', '签名', 'signature'),
  answerValueSet,
  texts('terminologyServers', '术语服务器', 'terminology servers'),
  text('answerExpression', '选项表达式', 'options expression'),
  flag('scoresShown', '显示分值', 'scores shown'),
  texts('choiceColumns', '选项旁显示', 'shown beside options'),
  flag('greyedOut', '不满足时变灰', 'greyed out'),
  text('textExpression', '文字表达式', 'text expression'),
  ...RULE_COLUMNS,
  oneOf('choiceOrientation', ['horizontal', 'vertical'], '选项排列', 'options stand'),
  number('sliderStep', '滑块每格', 'step of the slider'),
  oneOf('collapsible', ['default-open', 'default-closed'], '折叠', 'folds'),
  number('width', '列宽（%）', 'width (%)', DECIMAL),
  ...translated('shortText', { 'zh-CN': '短文字', en: 'short text' }, { 'zh-CN': '短文字英文', en: 'short text in english' }),
  ...translated('markdown', { 'zh-CN': 'Markdown', en: 'markdown' }, { 'zh-CN': 'Markdown 英文', en: 'markdown in english' }),
  text('displayCategory', '文字类别', 'display category'),
  text('unitValueSet', '单位值集', 'value set of units'),
  text('supportLink', '更多说明', 'more about it'),
  codings('codes', '标准编码', 'codes'),
  text('definition', '数据元素', 'definition'),
  oneOf('observation', OBSERVATION_WAYS, '观察结果', 'observation'),
  codings('observationCategories', '观察结果类别', 'categories of the observation'),
  texts('extractedResources', '产生的资源', 'resources'),
  texts('allocatedIds', '资源引用名称', 'names of resources'),
  text('subQuestionnaire', '嵌入的表单', 'sub-questionnaire'),
  text('linkIdPrefix', '嵌入项目编号前缀', 'prefix of link ids'),
];
