/**
 * Options as they come from a spreadsheet or a list in a document: with tabs, with commas, or one in a line. What cannot be an option is told
 * with its line; the others are taken.
 */
import { type CellRow, rowsOf, rowText } from './cells.ts';
import { codeFor, columnsByContent, columnsByHeading, type OptionColumn, scoreIn } from './option-columns.ts';
import { anOption, type OptionForEdit } from './option-setting.ts';

export interface PastedOptions {
  readonly options: readonly OptionForEdit[];
  readonly problems: readonly PasteProblem[];
}

export interface PasteProblem {
  /** From 1, in the pasted text. */
  readonly line: number;
  readonly code: 'line-empty' | 'display-missing' | 'code-twice' | 'display-twice' | 'score-invalid' | 'cells-left-over';
  /** What is wrong, or of a duplicate the line of the first. */
  readonly data: Readonly<Record<string, string | number>>;
}

/** `before`: the options that the question has, whose systems and flags those with the same code keep. */
export function readOptions(text: string, before: readonly OptionForEdit[] = []): PastedOptions {
  const rows = tableIn(text);
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
  const heading = columnsByHeading(filled[0]?.cells ?? []);
  const body = heading ? filled.slice(1) : filled;
  const columns = heading ?? columnsByContent(body.map(({ cells }) => cells));
  const reading = new OptionReading(columns, before);
  for (const row of rows) if (!heading || row !== filled[0]) reading.read(row, row.line < (filled.at(-1)?.line ?? 0));
  return { options: reading.options, problems: reading.problems };
}

/** With a heading, so that it is read as it was written. */
export const writeOptions = (options: readonly OptionForEdit[], locale: 'zh-CN' | 'en' = 'zh-CN'): string =>
  [
    locale === 'en' ? ['code', 'display', 'english', 'score'] : ['编码', '显示文字', '英文', '分值'],
    ...options.map(({ code, display, translations, score }) => [code, display, translations.en ?? '', score === null ? '' : String(score)]),
  ]
    .map((cells) => rowText(cells, '\t'))
    .join('\n');

/** Commas separate only where every line has as many: in a list they are part of the words. */
function tableIn(text: string): readonly CellRow[] {
  if (text.includes('\t')) return rowsOf(text, '\t');
  for (const separator of [',', '，', ';']) {
    const rows = rowsOf(text, separator).filter(({ cells }) => cells.some((cell) => cell !== ''));
    const width = rows[0]?.cells.length ?? 0;
    const isTable = width > 1 && rows.every(({ cells }) => cells.length === width) && (rows.length > 1 || width > 2);
    if (isTable || columnsByHeading(rows[0]?.cells ?? [])?.some((_, index) => index > 0)) return rowsOf(text, separator);
  }
  return rowsOf(text, NEVER);
}

/** Separates nothing: one option in a line. */
const NEVER = '\0';

class OptionReading {
  readonly options: OptionForEdit[] = [];
  readonly problems: PasteProblem[] = [];
  private readonly lines = new Map<string, number>();
  private readonly displays = new Map<string, number>();
  private readonly known: ReadonlyMap<string, OptionForEdit>;
  private readonly system: string;

  constructor(
    private readonly columns: readonly (OptionColumn | null)[],
    before: readonly OptionForEdit[],
  ) {
    this.known = new Map(before.map((option) => [option.code, option]));
    const systems = new Set(before.map(({ system }) => system));
    this.system = systems.size === 1 ? ([...systems][0] ?? '') : '';
  }

  /** Lines that are empty at the end are nobody's fault. */
  read({ line, cells }: CellRow, isWithin: boolean): void {
    const report = (code: PasteProblem['code'], data: PasteProblem['data'] = {}): void => void this.problems.push({ line, code, data });
    if (cells.every((cell) => cell === '')) {
      if (isWithin) report('line-empty');
      return;
    }
    const leftOver = cells.slice(this.columns.length).filter((cell) => cell !== '');
    if (leftOver.length > 0) report('cells-left-over', { cells: leftOver.join(' ') });
    const english = this.cell(cells, 'english');
    const display = this.cell(cells, 'display') || (this.columns.includes('display') ? '' : this.cell(cells, 'code') || english);
    const stated = this.cell(cells, 'code');
    const [sameCode, sameDisplay] = [this.lines.get(stated), this.displays.get(display)];
    if (display === '') report('display-missing');
    else if (stated !== '' && sameCode !== undefined) report('code-twice', { value: stated, first: sameCode });
    else if (sameDisplay !== undefined) report('display-twice', { value: display, first: sameDisplay });
    else {
      const code = stated || this.codeOf(display, english);
      this.lines.set(code, line);
      this.displays.set(display, line);
      const score = scoreIn(this.cell(cells, 'score'));
      if (score === null && this.cell(cells, 'score') !== '') report('score-invalid', { value: this.cell(cells, 'score') });
      this.options.push(this.optionOf(code, display, english, score));
    }
  }

  private cell(cells: readonly string[], column: OptionColumn): string {
    return cells[this.columns.indexOf(column)] ?? '';
  }

  /** The code that the same words have already. */
  private codeOf(display: string, english: string): string {
    const same = [...this.known.values()].find((option) => option.display === display && !this.lines.has(option.code));
    return same?.code ?? codeFor(display, english, new Set([...this.known.keys(), ...this.lines.keys()]));
  }

  private optionOf(code: string, display: string, english: string, score: number | null): OptionForEdit {
    const known = this.known.get(code) ?? anOption(code, display, { system: this.system });
    const { en: _, ...others } = known.translations;
    const translations = this.columns.includes('english') ? { ...others, ...(english === '' ? {} : { en: english }) } : known.translations;
    return { ...known, code, display, translations, score: this.columns.includes('score') ? score : known.score };
  }
}
