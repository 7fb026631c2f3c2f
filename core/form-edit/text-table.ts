/** Texts and their translations as the rows of a sheet, and back. */
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { Locale } from '#core/text.ts';
import { TEXT_KINDS, type TextKind, type TextPath, type TextRow, textsOf } from './translations.ts';

export type Table = readonly (readonly string[])[];

export const TEXT_COLUMNS = ['linkId', 'kind', 'part', 'source', 'translation'] as const;

/** With a heading. */
export const textTable = (rows: readonly TextRow[]): Table => [
  TEXT_COLUMNS,
  ...rows.map(({ path: { linkId, kind, part }, source, translation }) => [linkId ?? '', kind, part, source, translation]),
];

export interface TextTableProblem {
  /** From 1, the heading counted. */
  readonly row: number;
  readonly code: 'heading-missing' | 'kind-unknown' | 'path-unknown' | 'source-changed' | 'path-twice';
  readonly data: Readonly<Record<string, string>>;
}

export interface ReadTexts {
  /** Translations that the sheet gives, for `withTexts`; cells that are empty change nothing. */
  readonly rows: readonly TextRow[];
  readonly problems: readonly TextTableProblem[];
}

/** A text that was changed after the sheet was made is told, and its translation is not taken: it is one of another text. */
export function readTextTable(table: Table, questionnaire: Questionnaire, to: Locale = 'en'): ReadTexts {
  const [heading = [], ...body] = table;
  const columns = TEXT_COLUMNS.map((name) => heading.findIndex((cell) => cell.trim().toLowerCase() === name.toLowerCase()));
  const missing = TEXT_COLUMNS.find((_, index) => columns[index] === -1);
  if (missing) return { rows: [], problems: [{ row: 1, code: 'heading-missing', data: { column: missing } }] };
  const known = new Map(textsOf(questionnaire, to).map((row) => [keyOf(row.path), row]));
  const seen = new Set<string>();
  const rows: TextRow[] = [];
  const problems: TextTableProblem[] = [];
  for (const [index, cells] of body.entries()) {
    const [linkId = '', kind = '', part = '', source = '', translation = ''] = columns.map((column) => (cells[column] ?? '').trim());
    if (translation === '') continue;
    const report = (code: TextTableProblem['code'], data: TextTableProblem['data']): void =>
      void problems.push({ row: index + 2, code, data });
    if (!isTextKind(kind)) report('kind-unknown', { kind });
    else {
      const path: TextPath = { linkId: linkId === '' ? null : linkId, kind, part };
      const now = known.get(keyOf(path));
      if (!now) report('path-unknown', { linkId, kind, part });
      else if (now.source.trim() !== source) report('source-changed', { linkId, source, now: now.source });
      else if (seen.has(keyOf(path))) report('path-twice', { linkId, kind, part });
      else {
        rows.push({ path, source: now.source, translation });
        seen.add(keyOf(path));
      }
    }
  }
  return { rows, problems };
}

const keyOf = ({ linkId, kind, part }: TextPath): string => JSON.stringify([linkId, kind, part]);
const isTextKind = (kind: string): kind is TextKind => TEXT_KINDS.some((each) => each === kind);
