/** The lines of a discharge list: stay number, diagnosis, day of discharge, department, below one line of headings. Other columns are not read. */
import type { DischargeRow } from '#core/registry/discharge-list.ts';
import { readTable, type SheetRows } from '#web/lib/sheet.ts';

export const listRowsOf = async (file: File): Promise<readonly DischargeRow[]> => listRowsIn(await readTable(file));

export const listRowsIn = (rows: SheetRows): readonly DischargeRow[] =>
  rows
    .slice(1)
    .filter((cells) => cells.some((cell) => cell.trim() !== ''))
    .map(([stayNumber = '', icd = '', dischargedOn = '', department = '']) => ({ stayNumber, icd, dischargedOn, department }));
