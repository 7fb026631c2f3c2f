/** Figures out of a table: a line an indicator, named by its code or its name. What cannot be taken is told with its line; the others are taken. */
import type { FigurePart } from './figure.ts';
import type { IndicatorDefinition } from './indicator.ts';

export interface EntryRow {
  readonly indicator: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly explanation?: string | undefined;
}

export interface EnteredFigure {
  readonly code: string;
  /** Null: the cell was empty. */
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly explanation: string | null;
}

export const ENTRY_PROBLEMS = ['unknown-indicator', 'repeated', 'numerator-no-count', 'denominator-no-count', 'more-than-all'] as const;
export type EntryProblem = (typeof ENTRY_PROBLEMS)[number];

export interface EntryResult {
  /** From 1, as the rows came. */
  readonly line: number;
  /** Null where no indicator was found. */
  readonly code: string | null;
  /** Null: taken. */
  readonly problem: EntryProblem | null;
}

export interface Entry {
  readonly figures: readonly EnteredFigure[];
  readonly results: readonly EntryResult[];
}

export function readEntry(rows: readonly EntryRow[], definitions: readonly IndicatorDefinition[]): Entry {
  const figures = new Map<string, EnteredFigure>();
  const results = rows.map((row, index): EntryResult => {
    const definition = definitions.find((each) => isNamed(each, row.indicator.trim()));
    const code = definition?.code ?? null;
    const read = definition ? figureIn(row, definition) : 'unknown-indicator';
    const problem = typeof read !== 'string' ? (figures.has(read.code) ? 'repeated' : null) : read;
    if (typeof read !== 'string' && problem === null) figures.set(read.code, read);
    return { line: index + 1, code, problem };
  });
  return { figures: [...figures.values()], results };
}

const isNamed = ({ code, name }: IndicatorDefinition, said: string): boolean => [code, name['zh-CN'], name.en].includes(said);

function figureIn(row: EntryRow, { code, kind }: IndicatorDefinition): EnteredFigure | EntryProblem {
  const [numerator, denominator] = (['numerator', 'denominator'] as const).map((part: FigurePart) => countIn(row[part]));
  if (numerator === undefined) return 'numerator-no-count';
  if (denominator === undefined) return 'denominator-no-count';
  if (kind === 'proportion' && numerator !== null && denominator !== null && numerator > denominator) return 'more-than-all';
  return { code, numerator, denominator, explanation: row.explanation?.trim() || null };
}

/** What a form takes as an integer; null for an empty cell, undefined for anything else. */
function countIn(cell: string): number | null | undefined {
  const text = cell.trim();
  if (text === '') return null;
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
