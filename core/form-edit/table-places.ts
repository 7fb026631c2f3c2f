/** Where the rows of a sheet stand in the form: level, link id and type, as the first pass over it. */
import { ITEM_TYPES, type ItemType, type QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { Locale } from '#core/text.ts';
import { isHelp } from './help-setting.ts';
import { writeItem } from './item-settings.ts';
import { freshLinkId } from './link-ids.ts';
import type { PlacedItem } from './placed-items.ts';

export interface PlacedRow {
  readonly row: number;
  readonly cells: readonly string[];
  readonly linkId: string;
  readonly parent: string | null;
  /** As the form has it, with the type of the sheet; what stands below it now is decided by the rows. */
  readonly item: QuestionnaireItem;
  readonly helpAt: number;
}

/** The row of the form itself, which stands at level 0. */
export interface FormRow {
  readonly row: number;
  readonly cells: readonly string[];
}

export type PlaceFault =
  | 'heading-missing'
  | 'form-twice'
  | 'level-invalid'
  | 'link-id-invalid'
  | 'link-id-twice'
  | 'type-unknown'
  | 'below-display';

export interface PlaceProblem {
  readonly row: number;
  readonly column: string;
  readonly code: PlaceFault;
  readonly data: Readonly<Record<string, string>>;
}

/** As Chinese sheets may name them. */
const TYPE_NAMES: Readonly<Record<string, ItemType>> = {
  ...{
    分组: 'group',
    表格: 'group',
    说明: 'display',
    是否: 'boolean',
    小数: 'decimal',
    整数: 'integer',
    日期: 'date',
    日期时间: 'dateTime',
  },
  ...{
    时间: 'time',
    单行文本: 'string',
    文本: 'string',
    多行文本: 'text',
    网址: 'url',
    单选: 'choice',
    选择: 'choice',
    可自填选择: 'open-choice',
  },
  ...{ 附件: 'attachment', 引用: 'reference', 数量: 'quantity' },
};

const NAMES = ['level', 'linkId', 'type'] as const;

/** As types of items stand: what the row of the form says there. */
export const FORM_TYPE = 'form';
const FORM_TYPES: readonly string[] = [FORM_TYPE, '表单'];

/** Rows that have no place are left out, with what stands below them one level up. */
export function readPlaces(
  heading: readonly string[],
  body: readonly (readonly string[])[],
  before: ReadonlyMap<string, PlacedItem>,
  headings: Readonly<Record<Locale, readonly string[]>>,
): { readonly form: FormRow | null; readonly rows: readonly PlacedRow[]; readonly faults: readonly PlaceProblem[] } {
  const columns = NAMES.map((name, index) => {
    const names = [name, headings['zh-CN'][index], headings.en[index]].map((each) => each?.toLowerCase());
    return heading.findIndex((cell) => names.includes(cell.trim().toLowerCase()));
  });
  const faults: PlaceProblem[] = [];
  const report = (row: number, column: string, code: PlaceFault, data: PlaceProblem['data'] = {}): void =>
    void faults.push({ row, column, code, data });
  if (columns[2] === -1 && columns[1] === -1) report(1, 'linkId', 'heading-missing', { column: 'linkId' });
  const taken = new Set(before.keys());
  const seen = new Set<string>();
  const open: { readonly linkId: string; readonly type: ItemType }[] = [];
  let form: FormRow | null = null;
  const rows = body.flatMap((cells, index): readonly PlacedRow[] => {
    const row = index + 2;
    if (cells.every((cell) => cell.trim() === '')) return [];
    const [levelCell = '', stated = '', typeCell = ''] = columns.map((column) => (cells[column] ?? '').trim());
    if (FORM_TYPES.includes(typeCell.toLowerCase())) {
      if (form) report(row, 'type', 'form-twice');
      form ??= { row, cells };
      return [];
    }
    const linkId = stated === '' ? freshLinkId(`item-${row}`, new Set([...taken, ...seen])) : stated;
    if (seen.has(linkId)) report(row, 'linkId', 'link-id-twice', { linkId });
    else if (linkId.length > 255) report(row, 'linkId', 'link-id-invalid', { linkId });
    if (seen.has(linkId) || linkId.length > 255) return [];
    seen.add(linkId);
    const known = before.get(linkId)?.item;
    const named = typeFrom(typeCell);
    if (typeCell !== '' && !named) report(row, 'type', 'type-unknown', { cell: typeCell });
    const type = named ?? known?.type ?? 'string';
    const level = levelCell === '' ? 1 : Number(levelCell);
    if (!Number.isInteger(level) || level < 1 || level > open.length + 1) report(row, 'level', 'level-invalid', { cell: levelCell });
    open.length = Math.min(Number.isInteger(level) && level > 0 ? level - 1 : 0, open.length);
    // Unless the form had it there already: forms from elsewhere have help below notes.
    while (open.at(-1)?.type === 'display' && before.get(linkId)?.place.parent !== open.at(-1)?.linkId) {
      report(row, 'level', 'below-display', { linkId });
      open.pop();
    }
    const parent = open.at(-1)?.linkId ?? null;
    open.push({ linkId, type });
    const help = known?.item?.find(isHelp);
    return [
      {
        row,
        cells,
        linkId,
        parent,
        item: writeItem(known ?? { linkId, type }, { type }),
        helpAt: help ? (known?.item?.indexOf(help) ?? 0) : 0,
      },
    ];
  });
  return { form, rows, faults };
}

const typeFrom = (cell: string): ItemType | undefined =>
  TYPE_NAMES[cell] ?? ITEM_TYPES.find((type) => type.toLowerCase() === cell.toLowerCase());
