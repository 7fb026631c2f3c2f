/** The lines of a file of figures: indicator, numerator, denominator, explanation, below one line of headings. */
import { rowsOf } from '#core/form-edit/cells.ts';
import type { EntryRow } from '#core/quality/entry.ts';
import { readSheet, type SheetRows } from '#web/lib/sheet.ts';

export async function entryRowsOf(file: File): Promise<readonly EntryRow[]> {
  const isText = file.name.toLowerCase().endsWith('.csv');
  return entryRowsIn(isText ? rowsOf(await file.text(), ',').map(({ cells }) => cells) : await readSheet(file));
}

export const entryRowsIn = (rows: SheetRows): readonly EntryRow[] =>
  rows
    .slice(1)
    .filter((cells) => cells.some((cell) => cell.trim() !== ''))
    .map(([indicator = '', numerator = '', denominator = '', explanation]) => ({
      indicator,
      numerator,
      denominator,
      ...(explanation ? { explanation } : {}),
    }));
