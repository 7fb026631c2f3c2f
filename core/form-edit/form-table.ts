/**
 * A form as a sheet, a row for the form and one for each item, and a sheet as a form. Imported over a form, a cell that says what the form says
 * already changes nothing, and what no column carries stays with its item; items that the sheet leaves out are left out.
 */
import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { Locale } from '#core/text.ts';
import type { CellFault } from './column-kinds.ts';
import { FORM_SETTINGS, type FormSettingName, writeForm } from './form-settings.ts';
import { isHelp } from './help-setting.ts';
import type { ItemChanges, SettingName } from './item-changes.ts';
import { readItem, writeItem } from './item-settings.ts';
import { freshLinkId } from './link-ids.ts';
import { optionsForEdit } from './option-setting.ts';
import { placedItems } from './placed-items.ts';
import { fitsType } from './setting-types.ts';
import { SETTING_COLUMNS } from './table-columns.ts';
import { FORM_TYPE, type PlacedRow, type PlaceFault, readPlaces } from './table-places.ts';
import type { Table } from './text-table.ts';
import { translationsOf } from './translations-of.ts';
import { withItems } from './tree.ts';

const PLACE_HEADINGS: Readonly<Record<Locale, readonly string[]>> = {
  'zh-CN': ['层级', '项目编号', '类型'],
  en: ['level', 'link id', 'type'],
};

export function formTable(questionnaire: Questionnaire, locale: Locale = 'zh-CN'): Table {
  const rows = (items: readonly QuestionnaireItem[], level: number): Table =>
    items.flatMap((item): Table => {
      const help = item.item?.find(isHelp);
      return [
        [String(level), item.linkId, item.type, ...cellsOf(questionnaire, item)],
        ...rows(
          (item.item ?? []).filter((each) => each !== help),
          level + 1,
        ),
      ];
    });
  const heading = [...PLACE_HEADINGS[locale], ...SETTING_COLUMNS.map(({ headings }) => headings[locale])];
  const form = ['0', '', FORM_TYPE, ...cellsOf(questionnaire, formAsItem(questionnaire))];
  return [heading, form, ...rows(questionnaire.item ?? [], 1)];
}

/** Settings that the row of the form may have: its title, its description as the help, and `FORM_SETTINGS`. */
const FORM_ROW_SETTINGS: ReadonlySet<SettingName> = new Set(['text', 'translations', 'help', ...FORM_SETTINGS]);

/** The form as an item, so that the same columns say and read it. */
function formAsItem({ title, _title, description, _description, extension }: Questionnaire): QuestionnaireItem {
  const item: QuestionnaireItem = {
    linkId: '',
    type: 'group',
    ...(title === undefined ? {} : { text: title }),
    ...(_title ? { _text: _title } : {}),
    ...(extension ? { extension } : {}),
  };
  return description === undefined ? item : writeItem(item, { help: { text: description, translations: translationsOf(_description) } });
}

function withFormRow(questionnaire: Questionnaire, item: QuestionnaireItem): Questionnaire {
  const { text, translations, help, ...settings } = readItem(item);
  return writeForm(questionnaire, {
    title: text,
    description: help?.text ?? '',
    translations: { title: translations, description: help?.translations ?? {} },
    ...(Object.fromEntries(FORM_SETTINGS.map((name) => [name, settings[name]])) as Pick<ItemChanges, FormSettingName>),
  });
}

function cellsOf(questionnaire: Questionnaire, item: QuestionnaireItem): readonly string[] {
  const settings = readItem(item);
  const options = optionsForEdit(questionnaire, item);
  return SETTING_COLUMNS.map((column) => column.print(settings, options));
}

export interface FormTableProblem {
  /** From 1, the heading counted. */
  readonly row: number;
  /** Name of the column: `level`, `linkId`, `type` or one of `SETTING_COLUMNS`. */
  readonly column: string;
  readonly code: PlaceFault | CellFault | 'setting-foreign';
  readonly data: Readonly<Record<string, string>>;
}

export interface ReadForm {
  /** With everything that could be read. */
  readonly questionnaire: Questionnaire;
  readonly problems: readonly FormTableProblem[];
}

const EMPTY: Questionnaire = { resourceType: 'Questionnaire', status: 'draft' };

export function readFormTable(table: Table, over: Questionnaire = EMPTY): ReadForm {
  const [heading = [], ...body] = table;
  const problems: FormTableProblem[] = [];
  const before = placedItems(over);
  const places = readPlaces(heading, body, before, PLACE_HEADINGS);
  problems.push(...places.faults);
  const form = places.form && { ...places.form, linkId: '', item: formAsItem(over) };
  const rows = [...(form ? [form] : []), ...places.rows];
  const columnAt = new Map(
    SETTING_COLUMNS.map((column) => [
      column,
      heading.findIndex((cell) => isHeading(cell, [column.name, ...Object.values(column.headings)])),
    ]),
  );
  // Conditions ask for types and options of other items, so a column is read of all items before the next.
  const items = new Map(rows.map(({ linkId, item }): [string, QuestionnaireItem] => [linkId, item]));
  const taken = new Set([...before.keys(), ...items.keys()]);
  const said = new Map(rows.map((row) => [row, cellsOf(over, row.item)]));
  for (const [index, column] of SETTING_COLUMNS.entries()) {
    for (const row of rows) {
      const cell = row.cells[columnAt.get(column) ?? -1]?.trim();
      const item = items.get(row.linkId);
      if (cell === undefined || !item || cell === said.get(row)?.[index]?.trim()) continue;
      const report = (code: FormTableProblem['code']): void =>
        void problems.push({ row: row.row, column: column.name, code, data: { linkId: row.linkId, cell } });
      const fits = row === form ? FORM_ROW_SETTINGS.has(column.setting) : fitsType(column.setting, item.type);
      const changes = cell !== '' && !fits ? 'setting-foreign' : column.read(cell, { questionnaire: over, item, items });
      if (typeof changes === 'string') report(changes);
      else
        items.set(
          row.linkId,
          writeItem(item, changes, (wanted) => freshLinkId(wanted, taken)),
        );
    }
  }
  const whole = withItems(over, treeOf(places.rows, items));
  const questionnaire = form ? withFormRow(whole, items.get('') ?? form.item) : whole;
  return { questionnaire, problems: [...problems].sort((a, b) => a.row - b.row) };
}

const isHeading = (cell: string, names: readonly string[]): boolean =>
  names.some((name) => name.toLowerCase() === cell.trim().toLowerCase());

/** A help text, which has no row of its own, stays where it stood. */
function treeOf(rows: readonly PlacedRow[], items: ReadonlyMap<string, QuestionnaireItem>): readonly QuestionnaireItem[] {
  const byParent = new Map<string | null, PlacedRow[]>();
  for (const row of rows) byParent.set(row.parent, [...(byParent.get(row.parent) ?? []), row]);
  const below = (parent: string | null): readonly QuestionnaireItem[] =>
    (byParent.get(parent) ?? []).map((row) => {
      const item = items.get(row.linkId) ?? row.item;
      const help = item.item?.find(isHelp);
      const children = below(row.linkId);
      return withItems(item, help ? children.toSpliced(row.helpAt, 0, help) : children);
    });
  return below(null);
}
