/** Entries of a draft out of a table: a line an entry. What cannot be taken is told with its line; the others are taken. */
import { type DictionaryKey, type Entry, isSpecimen, SPECIMENS, type Specimen } from './dictionary.ts';

export interface EntryRow {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  /** Code or name of it; empty where the dictionary has none. */
  readonly specimen: string;
}

export const ENTRY_ROW_PROBLEMS = ['code-invalid', 'name-missing', 'name-en-missing', 'specimen-unknown', 'repeated'] as const;
export type EntryRowProblem = (typeof ENTRY_ROW_PROBLEMS)[number];

export interface EntryRowResult {
  /** From 1, as the rows came. */
  readonly line: number;
  readonly code: string;
  /** Null: taken. */
  readonly problem: EntryRowProblem | null;
}

export interface TakenEntries {
  readonly entries: readonly Entry[];
  readonly results: readonly EntryRowResult[];
}

const CODE = /^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$/;

/** Entries with a code that is there already take its place; the others come behind. */
export function takeEntries(before: readonly Entry[], rows: readonly EntryRow[], dictionary: DictionaryKey): TakenEntries {
  const taken = new Map<string, Entry>();
  const results = rows.map((row, index): EntryRowResult => {
    const entry = entryIn(row, dictionary);
    const code = row.code.trim();
    const problem = typeof entry === 'string' ? entry : taken.has(code) ? 'repeated' : null;
    if (typeof entry !== 'string' && problem === null) taken.set(code, entry);
    return { line: index + 1, code, problem };
  });
  const kept = before.map((entry) => taken.get(entry.code) ?? entry);
  const known = new Set(before.map(({ code }) => code));
  return { entries: [...kept, ...[...taken.values()].filter(({ code }) => !known.has(code))], results };
}

function entryIn(row: EntryRow, dictionary: DictionaryKey): Entry | EntryRowProblem {
  const [code, name, nameEn] = [row.code.trim(), row.name.trim(), row.nameEn.trim()];
  if (!CODE.test(code)) return 'code-invalid';
  if (name === '') return 'name-missing';
  if (nameEn === '') return 'name-en-missing';
  const specimen = dictionary === 'test' ? specimenNamed(row.specimen.trim()) : null;
  if (specimen === undefined) return 'specimen-unknown';
  return { code, name: { 'zh-CN': name, en: nameEn }, specimen };
}

function specimenNamed(said: string): Specimen | undefined {
  if (isSpecimen(said)) return said;
  const found = Object.entries(SPECIMENS).find(([, name]) => name['zh-CN'] === said || name.en.toLowerCase() === said.toLowerCase());
  return isSpecimen(found?.[0]) ? found[0] : undefined;
}
