/** Rows of a file below one line of headings, by the names of their columns. */
import { readTable, type SheetRows } from '#web/lib/sheet.ts';

export const sheetRowsOf = async <Name extends string>(file: File, names: readonly Name[]): Promise<readonly Record<Name, string>[]> =>
  sheetRowsIn(await readTable(file), names);

export const sheetRowsIn = <Name extends string>(rows: SheetRows, names: readonly Name[]): readonly Record<Name, string>[] =>
  rows
    .slice(1)
    .filter((cells) => cells.some((cell) => cell.trim() !== ''))
    .map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])) as Record<Name, string>);
