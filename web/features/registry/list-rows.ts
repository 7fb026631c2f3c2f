/** The lines of a discharge list: stay number, diagnosis, day of discharge, department, below one line of headings. Other columns are not read. */
import { rowsOf } from '#core/form-edit/cells.ts';
import type { DischargeRow } from '#core/registry/discharge-list.ts';
import { readSheet, type SheetRows } from '#web/lib/sheet.ts';

export async function listRowsOf(file: File): Promise<readonly DischargeRow[]> {
  const isText = file.name.toLowerCase().endsWith('.csv');
  return listRowsIn(isText ? rowsOf(await file.text(), ',').map(({ cells }) => cells) : await readSheet(file));
}

export const listRowsIn = (rows: SheetRows): readonly DischargeRow[] =>
  rows
    .slice(1)
    .filter((cells) => cells.some((cell) => cell.trim() !== ''))
    .map(([stayNumber = '', icd = '', dischargedOn = '', department = '']) => ({ stayNumber, icd, dischargedOn, department }));
