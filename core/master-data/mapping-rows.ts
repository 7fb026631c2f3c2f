/** Mappings out of a table: a line a draft. What cannot be taken is told with its line; the others are taken. */
import type { Entry } from './dictionary.ts';
import { DIRECTIONS, type Direction, type Mapping } from './mapping.ts';

export interface MappingRow {
  readonly standardCode: string;
  /** Id or name. */
  readonly organisation: string;
  readonly localCode: string;
  readonly localName: string;
  /** Code; empty for `both`. */
  readonly direction: string;
  /** ISO dates; empty: from today, without end. */
  readonly validFrom: string;
  readonly validTo: string;
}

export const MAPPING_ROW_PROBLEMS = [
  'standard-code-unknown',
  'organisation-unknown',
  'local-code-missing',
  'local-name-missing',
  'direction-unknown',
  'dates-invalid',
  'there-already',
] as const;
export type MappingRowProblem = (typeof MAPPING_ROW_PROBLEMS)[number];

export interface MappingRowResult {
  /** From 1, as the rows came. */
  readonly line: number;
  readonly standardCode: string;
  /** Null: taken. */
  readonly problem: MappingRowProblem | null;
}

export type MappingDraft = Pick<
  Mapping,
  'standardCode' | 'organisationId' | 'localCode' | 'localName' | 'direction' | 'validFrom' | 'validTo'
>;

export interface RowContext {
  readonly entries: readonly Entry[];
  readonly organisations: readonly { readonly id: string; readonly name: string; readonly nameEn: string }[];
  /** Of the same dictionary. */
  readonly mappings: readonly Mapping[];
  /** ISO date. */
  readonly today: string;
}

export interface TakenMappings {
  readonly drafts: readonly MappingDraft[];
  readonly results: readonly MappingRowResult[];
}

export function takeMappings(rows: readonly MappingRow[], context: RowContext): TakenMappings {
  const drafts: MappingDraft[] = [];
  const results = rows.map((row, index): MappingRowResult => {
    const read = draftIn(row, context);
    const isThere =
      typeof read !== 'string' &&
      [...context.mappings.filter(({ status }) => status !== 'suspended'), ...drafts].some((each) => isSame(each, read));
    const problem = typeof read === 'string' ? read : isThere ? 'there-already' : null;
    if (typeof read !== 'string' && problem === null) drafts.push(read);
    return { line: index + 1, standardCode: row.standardCode.trim(), problem };
  });
  return { drafts, results };
}

function draftIn(row: MappingRow, { entries, organisations, today }: RowContext): MappingDraft | MappingRowProblem {
  const said = (name: keyof MappingRow): string => row[name].trim();
  const standardCode = said('standardCode');
  if (!entries.some(({ code }) => code === standardCode)) return 'standard-code-unknown';
  const named = said('organisation');
  const organisation = organisations.find(({ id, name, nameEn }) => [id, name, nameEn].includes(named));
  if (!organisation) return 'organisation-unknown';
  const direction = directionIn(said('direction') || 'both');
  if (!direction) return 'direction-unknown';
  const isOffered = direction !== 'none';
  if (isOffered && said('localCode') === '') return 'local-code-missing';
  if (isOffered && said('localName') === '') return 'local-name-missing';
  const [validFrom, validTo] = [said('validFrom') || today, said('validTo') || null];
  if (!isDate(validFrom) || (validTo !== null && (!isDate(validTo) || validTo < validFrom))) return 'dates-invalid';
  return {
    standardCode,
    organisationId: organisation.id,
    localCode: isOffered ? said('localCode') : '',
    localName: isOffered ? said('localName') : '',
    direction,
    validFrom,
    validTo,
  };
}

const directionIn = (said: string): Direction | undefined => DIRECTIONS.find((direction) => direction === said);

/** A day of the calendar as ISO 8601 has it. */
function isDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Taken a second time it would be there twice. */
const isSame = (one: MappingDraft, other: MappingDraft): boolean =>
  one.standardCode === other.standardCode &&
  one.organisationId === other.organisationId &&
  one.localCode === other.localCode &&
  one.direction === other.direction &&
  one.validFrom === other.validFrom;
