/** Spreadsheets as rows of text. The libraries come with the first sheet: pages without one do not pay for them. */
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

/** The first sheet of a file. Throws where it is none. */
export async function readSheet(file: File): Promise<SheetRows> {
  const { readSheet: read } = await import('read-excel-file/browser');
  const rows = await read(file);
  return rows.map((cells) => cells.map((cell) => (cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell ?? ''))));
}
