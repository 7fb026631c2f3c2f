/** A discharge list, row by row: which stays belong to a disease, and what is wrong with the others. Nothing is left out in silence. */
import { belongsTo, type DiseaseSet, readIcd } from './disease.ts';

/** As it stands in a file or a field. */
export interface DischargeRow {
  readonly stayNumber: string;
  readonly icd: string;
  readonly dischargedOn: string;
  readonly department?: string | undefined;
}

export interface EligibleStay {
  /** From 1, below the headings. */
  readonly line: number;
  readonly disease: string;
  readonly stayNumber: string;
  readonly icd: string;
  /** ISO date. */
  readonly dischargedOn: string;
  readonly department: string;
}

export type RowProblem =
  | 'stay-number-missing'
  | 'icd-unreadable'
  | 'date-unreadable'
  | 'discharged-in-future'
  /** The same stay and disease stands further up in the list. */
  | 'twice-in-list'
  /** Its diagnosis belongs to none of the diseases: no mistake. */
  | 'not-eligible';

export interface ListReading {
  readonly stays: readonly EligibleStay[];
  readonly problems: readonly { readonly line: number; readonly problem: RowProblem }[];
}

/** `today`: ISO date of the hospital. A stay may belong to several diseases, and counts for each. */
export function readDischargeList(rows: readonly DischargeRow[], diseases: readonly DiseaseSet[], today: string): ListReading {
  const stays: EligibleStay[] = [];
  const problems: { line: number; problem: RowProblem }[] = [];
  const seen = new Set<string>();
  for (const [index, row] of rows.entries()) {
    const line = index + 1;
    const read = readRow(row, today);
    if (typeof read === 'string') {
      problems.push({ line, problem: read });
      continue;
    }
    const belongs = diseases.filter((disease) => belongsTo(disease, read.icd));
    if (belongs.length === 0) problems.push({ line, problem: 'not-eligible' });
    for (const { code } of belongs) {
      const key = JSON.stringify([code, read.stayNumber]);
      if (seen.has(key)) problems.push({ line, problem: 'twice-in-list' });
      else stays.push({ line, disease: code, ...read });
      seen.add(key);
    }
  }
  return { stays, problems };
}

function readRow(row: DischargeRow, today: string): Omit<EligibleStay, 'line' | 'disease'> | RowProblem {
  const stayNumber = normalStayNumber(row.stayNumber);
  if (stayNumber === '') return 'stay-number-missing';
  const icd = readIcd(row.icd);
  if (icd === null) return 'icd-unreadable';
  const dischargedOn = readDate(row.dischargedOn);
  if (dischargedOn === null) return 'date-unreadable';
  if (dischargedOn > today) return 'discharged-in-future';
  return { stayNumber, icd, dischargedOn, department: row.department?.trim() ?? '' };
}

/** As two writings of one number are compared: without blanks, in capitals, full-width as half-width. */
export const normalStayNumber = (text: string): string => text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();

/** `2026-11-16`, `2026/11/6`, `2026.11.16`, `20261116`, `2026年11月16日`, with or without a time behind. */
export function readDate(text: string): string | null {
  const found = /^(\d{4})(\d{2})(\d{2})$/.exec(text.trim()) ?? /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s].*)?$/.exec(text.trim());
  if (!found) return null;
  const [, year = '', month = '', day = ''] = found;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const read = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().slice(0, 10) === date ? date : null;
}
