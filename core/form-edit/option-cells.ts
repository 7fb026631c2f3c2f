/** The options of a question in the cells of a sheet: one column has them, the others say more of each, by its code. */

import type { TableColumn } from './column-kinds.ts';
import { joined, pairOf, pairText, split } from './list-text.ts';
import { codeFor } from './option-columns.ts';
import { anOption, type OptionForEdit, optionsForEdit } from './option-setting.ts';

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

const nameOf = ({ code, display }: OptionForEdit): string => code || display;

interface OptionPart {
  /** '' where the option has none. */
  readonly print: (option: OptionForEdit) => string;
  /** Null where the cell cannot be read. */
  readonly write: (option: OptionForEdit, cell: string) => OptionForEdit | null;
}

/** `a=甲|b=乙`. Where all options have the same it may stand alone. */
const byOption = (
  name: string,
  headings: TableColumn['headings'],
  { print, write, isShared = false }: OptionPart & { readonly isShared?: boolean },
): TableColumn => ({
  name,
  headings,
  setting: 'options',
  print: (_, list) => {
    const values = new Set(list.map(print));
    const [first = ''] = values;
    if (isShared && values.size === 1 && !first.includes('=')) return joined(first === '' ? [] : [first]);
    return joined(list.flatMap((option) => (print(option) === '' ? [] : [pairText(nameOf(option), print(option))])));
  },
  read: (cell, { questionnaire, item }) => {
    const before = optionsForEdit(questionnaire, item);
    const entries = split(cell).map(pairOf);
    const [only] = entries;
    if (isShared && only && entries.length === 1 && only[1] === null) return changed(before, () => only[0], write);
    const given = new Map(entries);
    const isKnown = [...given.keys()].every((code) => before.some((option) => nameOf(option) === code));
    return isKnown ? changed(before, (option) => given.get(nameOf(option)) ?? '', write) : 'option-invalid';
  },
});

function changed(before: readonly OptionForEdit[], cellOf: (option: OptionForEdit) => string, write: OptionPart['write']) {
  const list = before.map((option) => write(option, cellOf(option)));
  return list.every((option) => option !== null) ? { options: list.flatMap((option) => option ?? []) } : 'option-invalid';
}

/** The codes of those that are so. */
const whichOptions = (name: 'exclusive' | 'initialSelected', headings: TableColumn['headings']): TableColumn => ({
  name,
  headings,
  setting: 'options',
  print: (_, list) => joined(list.filter((option) => option[name]).map(nameOf)),
  read: (cell, { questionnaire, item }) => {
    const before = optionsForEdit(questionnaire, item);
    const named = new Set(split(cell));
    const isKnown = [...named].every((code) => before.some((option) => nameOf(option) === code));
    return isKnown ? { options: before.map((option) => ({ ...option, [name]: named.has(nameOf(option)) })) } : 'option-invalid';
  },
});

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

export const OPTION_CELLS: readonly TableColumn[] = [
  options,
  byOption('optionsEnglish', { 'zh-CN': '选项英文', en: 'options in english' }, english),
  byOption('scores', { 'zh-CN': '选项分值', en: 'scores' }, scores),
  byOption(
    'optionPrefixes',
    { 'zh-CN': '选项前缀', en: 'prefixes of options' },
    { print: ({ prefix }) => prefix, write: (option, prefix) => ({ ...option, prefix }) },
  ),
  byOption(
    'optionSystems',
    { 'zh-CN': '选项代码系统', en: 'systems of options' },
    { print: ({ system }) => system, write: (option, cell) => ({ ...option, system: option.plain ? '' : cell }), isShared: true },
  ),
  whichOptions('exclusive', { 'zh-CN': '互斥选项', en: 'exclusive options' }),
  whichOptions('initialSelected', { 'zh-CN': '预选选项', en: 'options chosen at first' }),
];
