/** Text from a spreadsheet as rows of cells, and cells as such text: tabs or commas, quotes around what holds them (RFC 4180). */
export interface CellRow {
  /** In which the row begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Only a quote that opens a cell quotes it, so that inches and names with quotes stay what they are. */
export function rowsOf(text: string, separator: string): readonly CellRow[] {
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const rows: { line: number; cells: string[] }[] = [];
  let [line, at] = [1, 0];
  while (at < source.length) {
    const row = { line, cells: [] as string[] };
    for (let isOpen = true; isOpen; ) {
      const cell = cellAt(source, at, separator);
      row.cells.push(cell.text.trim());
      line += source.slice(at, cell.end).split('\n').length - 1;
      isOpen = source[cell.end] === separator;
      at = cell.end + 1;
    }
    line += 1;
    rows.push(row);
  }
  return rows;
}

function cellAt(source: string, from: number, separator: string): { readonly text: string; readonly end: number } {
  const quoted = /^"((?:[^"]|"")*)"/.exec(source.slice(from));
  const after = from + (quoted?.[0].length ?? 0);
  if (quoted && (after === source.length || source[after] === separator || source[after] === '\n')) {
    return { text: quoted[1]?.replaceAll('""', '"') ?? '', end: after };
  }
  const ends = [source.indexOf(separator, from), source.indexOf('\n', from), source.length].filter((end) => end >= 0);
  const end = Math.min(...ends);
  return { text: source.slice(from, end), end };
}

export const rowText = (cells: readonly string[], separator: string): string =>
  cells.map((cell) => cellText(cell, separator)).join(separator);

const cellText = (cell: string, separator: string): string =>
  cell.includes(separator) || /["\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
