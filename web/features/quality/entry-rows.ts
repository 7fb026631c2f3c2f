/** The lines of a file of figures: indicator, numerator, denominator, explanation, below one line of headings. */
import type { EntryRow } from '#core/quality/entry.ts';
import { readTable, type SheetRows } from '#web/lib/sheet.ts';

export const entryRowsOf = async (file: File): Promise<readonly EntryRow[]> => entryRowsIn(await readTable(file));

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
