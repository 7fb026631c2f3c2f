/** Rules in the cells of a sheet: variables, constraints, options on a condition, rights, values of resources. */
import { ACCESS_MODES, type AccessRule } from '#core/form/access/rules.ts';
import type { TableColumn } from './column-kinds.ts';
import type { ExtractedValueForEdit } from './extraction-settings.ts';
import { readItem } from './item-settings.ts';
import { joined, pairOf, pairText, split } from './list-text.ts';
import type { ConstraintForEdit } from './rule-settings.ts';
import { valueFrom, valueText } from './value-text.ts';

const variables: TableColumn = {
  name: 'variables',
  headings: { 'zh-CN': '变量', en: 'variables' },
  setting: 'variables',
  print: (settings) => joined(settings.variables.map(({ name, expression }) => pairText(name, expression))),
  read: (cell) => {
    const pairs = split(cell).map(pairOf);
    const list = pairs.flatMap(([name, expression]) => (name === '' || expression === null ? [] : [{ name, expression }]));
    return list.length < pairs.length ? 'value-invalid' : { variables: list };
  },
};

/** What each rule asks, by its key. */
const constraints: TableColumn = {
  name: 'constraints',
  headings: { 'zh-CN': '校验规则', en: 'rules' },
  setting: 'constraints',
  print: (settings) => joined(settings.constraints.map(({ key, expression }) => pairText(key, expression))),
  read: (cell, { item }) => {
    const before = readItem(item).constraints;
    const pairs = split(cell).map(pairOf);
    const list = pairs.flatMap(([key, expression]): readonly ConstraintForEdit[] => {
      if (expression === null) return [];
      const same = before.find((each) => each.key === key);
      return [{ ...(same ?? { human: '', translations: {}, severity: 'error' }), key, expression }];
    });
    const isTold = list.length === pairs.length && new Set(list.map(({ key }) => key)).size === list.length;
    return isTold ? { constraints: list } : 'value-invalid';
  },
};

interface ConstraintPart {
  readonly print: (constraint: ConstraintForEdit) => string;
  readonly write: (constraint: ConstraintForEdit, cell: string) => ConstraintForEdit;
}

const byConstraint = (name: string, headings: TableColumn['headings'], { print, write }: ConstraintPart): TableColumn => ({
  name,
  headings,
  setting: 'constraints',
  print: (settings) => joined(settings.constraints.flatMap((each) => (print(each) === '' ? [] : [pairText(each.key, print(each))]))),
  read: (cell, { item }) => {
    const before = readItem(item).constraints;
    const given = new Map(split(cell).map(pairOf));
    const isKnown = [...given.keys()].every((key) => before.some((each) => each.key === key));
    return isKnown ? { constraints: before.map((each) => write(each, given.get(each.key) ?? '')) } : 'value-invalid';
  },
});

const WARNING = 'warning';

/** `a,b=expression`: codes of options, and when they are offered. */
const toggles: TableColumn = {
  name: 'optionToggles',
  headings: { 'zh-CN': '按条件提供的选项', en: 'options on a condition' },
  setting: 'optionToggles',
  print: (settings) =>
    joined(settings.optionToggles.map(({ options, expression }) => pairText(joined(options.map(valueText), ','), expression))),
  read: (cell, { questionnaire, item }) => {
    const list = split(cell)
      .map(pairOf)
      .map(([codes, expression]) => ({
        options: split(codes, ',').map((code) => valueFrom(code, questionnaire, item)),
        expression,
      }));
    const known = list.flatMap(({ options, expression }) =>
      expression === null || options.includes(null) ? [] : [{ options: options.flatMap((each) => each ?? []), expression }],
    );
    return known.length < list.length ? 'option-invalid' : { optionToggles: known };
  },
};

/** `masked=confirm,correct/executor/manager`: how; at which steps; for whom; but for whom. */
const access: TableColumn = {
  name: 'access',
  headings: { 'zh-CN': '查看与填写权限', en: 'who may see and change it' },
  setting: 'access',
  print: (settings) =>
    joined(
      settings.access.map(({ mode, elements, roles, exceptRoles }) =>
        pairText(mode, [elements, roles, exceptRoles].map((names) => names.join(',')).join('/')),
      ),
    ),
  read: (cell) => {
    const pairs = split(cell).map(pairOf);
    const rules = pairs.flatMap(([name, who]): readonly AccessRule[] => {
      const mode = ACCESS_MODES.find((each) => each === name);
      const [elements = [], roles = [], exceptRoles = [], ...others] = (who ?? '').split('/').map(namesIn);
      return mode && others.length === 0 ? [{ mode, elements, roles, exceptRoles }] : [];
    });
    return rules.length < pairs.length ? 'value-invalid' : { access: rules };
  },
};

const namesIn = (text: string): readonly string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** `<element>=female` for what is fixed, `<element>==today()` for what is computed. */
const extractedValues: TableColumn = {
  name: 'extractedValues',
  headings: { 'zh-CN': '资源中的固定值', en: 'fixed values of resources' },
  setting: 'extractedValues',
  print: (settings) =>
    joined(
      settings.extractedValues.map(({ definition, kind, value }) => pairText(definition, kind === 'expression' ? `=${value}` : value)),
    ),
  read: (cell) => {
    const pairs = split(cell).map(pairOf);
    const list = pairs.flatMap(([definition, value]): readonly ExtractedValueForEdit[] => {
      if (definition === '' || value === null) return [];
      const isComputed = value.startsWith('=');
      return [{ definition, kind: isComputed ? 'expression' : 'fixed', value: isComputed ? value.slice(1).trim() : value }];
    });
    return list.length < pairs.length ? 'value-invalid' : { extractedValues: list };
  },
};

export const RULE_COLUMNS: readonly TableColumn[] = [
  variables,
  constraints,
  byConstraint(
    'constraintTexts',
    { 'zh-CN': '规则提示', en: 'words of rules' },
    { print: ({ human }) => human, write: (each, human) => ({ ...each, human }) },
  ),
  byConstraint(
    'constraintTextsEnglish',
    { 'zh-CN': '规则提示英文', en: 'words of rules in english' },
    {
      print: ({ translations }) => translations.en ?? '',
      write: (each, cell) => {
        const { en: _, ...others } = each.translations;
        return { ...each, translations: cell === '' ? others : { ...others, en: cell } };
      },
    },
  ),
  byConstraint(
    'constraintSeverities',
    { 'zh-CN': '规则只提醒', en: 'rules that only warn' },
    {
      print: ({ severity }) => (severity === WARNING ? WARNING : ''),
      write: (each, cell) => ({ ...each, severity: cell === '' ? 'error' : WARNING }),
    },
  ),
  toggles,
  access,
  extractedValues,
];
