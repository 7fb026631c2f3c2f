/** Spreadsheets as rows of text. The libraries come with the first sheet: pages without one do not pay for them. */
import { rowsOf } from '#core/form-edit/cells.ts';

export type SheetRows = readonly (readonly string[])[];

/** The first row is the heading. `widths`: of the columns, in characters. */
export async function writeSheet(rows: SheetRows, options: { readonly name: string; readonly widths: readonly number[] }): Promise<Blob> {
  const { default: writeExcelFile } = await import('write-excel-file/browser');
  const [heading = [], ...body] = rows;
  const sheet = [
    heading.map((value) => ({ value, fontWeight: 'bold' as const })),
    // Text stays text: a code `01` is no number.
    ...body.map((cells) => cells.map((value) => ({ value, type: String, wrap: true }))),
  ];
  return writeExcelFile(sheet, { sheet: options.name, columns: options.widths.map((width) => ({ width })), stickyRowsCount: 1 }).toBlob();
}

/** The lines of an xlsx or a csv that a person chose. Throws where it is none. */
export async function readTable(file: File): Promise<SheetRows> {
  if (!file.name.toLowerCase().endsWith('.csv')) return readSheet(file);
  return rowsOf(textOf(await file.arrayBuffer()), ',').map(({ cells }) => cells);
}

/** Spreadsheets in Chinese write csv as GB 18030 unless they are told otherwise, and nothing in the file says so. */
function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** The first sheet of a file. Throws where it is none. */
export async function readSheet(file: File): Promise<SheetRows> {
  const { readSheet: read } = await import('read-excel-file/browser');
  const rows = await read(file);
  return rows.map((cells) => cells.map((cell) => (cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell ?? ''))));
}
