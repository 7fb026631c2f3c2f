/**
 * Which code of a hospital stands for a code of the standard (requirements.md 8.2, R-MDM-02). Written by one, approved by another; nothing is sent
 * with a mapping that is not approved. On any day the approved mappings of a hospital are a function in each direction: one local code to send,
 * one standard code to read. Whatever would break that stays a draft and stands on the worklist.
 */
import type { DictionaryKey, Entry } from './dictionary.ts';

/** `out`: to send only; `in`: to read only; `none`: the hospital does not offer it, which is approved like anything else. */
export const DIRECTIONS = ['both', 'out', 'in', 'none'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const MAPPING_STATUSES = ['draft', 'approved', 'suspended'] as const;
export type MappingStatus = (typeof MAPPING_STATUSES)[number];

export interface Mapping {
  readonly id: string;
  readonly dictionary: DictionaryKey;
  readonly standardCode: string;
  readonly organisationId: string;
  /** Empty where the direction is `none`. */
  readonly localCode: string;
  readonly localName: string;
  readonly direction: Direction;
  /** ISO dates; both days count. Null: without end. */
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly status: MappingStatus;
  readonly mappedBy: string;
  /** Who approved it; null while nobody has. */
  readonly checkedBy: string | null;
}

export const MAPPING_ACTS = ['approve', 'suspend', 'reopen'] as const;
export type MappingAct = (typeof MAPPING_ACTS)[number];

export type MappingRefusal = 'mapping-act-not-now' | 'own-work' | 'code-unknown' | 'two-local-codes' | 'two-standard-codes';

export interface MappingActBy {
  readonly by: string;
  /** Entries of the dictionary that hold today. */
  readonly entries: readonly Entry[];
  /** All mappings, this one among them or not. */
  readonly mappings: readonly Mapping[];
}

/** What the act makes of the mapping, or why it may not be. */
export function actOnMapping(mapping: Mapping, act: MappingAct, { by, entries, mappings }: MappingActBy): Mapping | MappingRefusal {
  if (!NEXT[mapping.status].includes(act)) return 'mapping-act-not-now';
  switch (act) {
    case 'suspend':
      return { ...mapping, status: 'suspended' };
    case 'reopen':
      // Whoever takes it up again answers for it: another person approves.
      return { ...mapping, status: 'draft', mappedBy: by, checkedBy: null };
    case 'approve':
      if (mapping.mappedBy === by) return 'own-work';
      if (!entries.some(({ code }) => code === mapping.standardCode)) return 'code-unknown';
      return ambiguityWith(mapping, mappings) ?? { ...mapping, status: 'approved', checkedBy: by };
  }
}

const NEXT: Readonly<Record<MappingStatus, readonly MappingAct[]>> = {
  draft: ['approve', 'suspend'],
  approved: ['suspend'],
  suspended: ['reopen'],
};

const sends = ({ direction }: Mapping): boolean => direction === 'both' || direction === 'out' || direction === 'none';
const reads = ({ direction }: Mapping): boolean => direction === 'both' || direction === 'in';

/** Would it make the approved ones say two things at once? */
export function ambiguityWith(mapping: Mapping, mappings: readonly Mapping[]): 'two-local-codes' | 'two-standard-codes' | null {
  const beside = mappings.filter((each) => each.id !== mapping.id && each.status === 'approved' && isBeside(each, mapping));
  if (sends(mapping) && beside.some((each) => sends(each) && each.standardCode === mapping.standardCode)) return 'two-local-codes';
  const others = beside.filter((each) => each.standardCode !== mapping.standardCode && each.localCode === mapping.localCode);
  return reads(mapping) && others.some(reads) ? 'two-standard-codes' : null;
}

/** Of one hospital and dictionary, with a day in common. */
const isBeside = (one: Mapping, other: Mapping): boolean =>
  one.dictionary === other.dictionary &&
  one.organisationId === other.organisationId &&
  (other.validTo === null || one.validFrom <= other.validTo) &&
  (one.validTo === null || other.validFrom <= one.validTo);

export const holdsOn = ({ validFrom, validTo }: Mapping, date: string): boolean =>
  validFrom <= date && (validTo === null || date <= validTo);

export interface MappingQuery {
  readonly dictionary: DictionaryKey;
  readonly code: string;
  readonly organisationId: string;
  /** ISO date. */
  readonly on: string;
}

/** Why nothing may be sent. */
export type MappingGap = 'unmapped' | 'awaiting-check' | 'suspended' | 'out-of-date' | 'not-offered';
export type Mapped = { readonly kind: 'mapped'; readonly mapping: Mapping } | { readonly kind: MappingGap };

/** The code to send to the hospital. */
export function mappingFor(mappings: readonly Mapping[], { dictionary, code, organisationId, on }: MappingQuery): Mapped {
  const written = mappings.filter(
    (each) => each.dictionary === dictionary && each.standardCode === code && each.organisationId === organisationId && sends(each),
  );
  const approved = written.filter(({ status }) => status === 'approved');
  const mapping = approved.find((each) => holdsOn(each, on));
  if (mapping) return mapping.direction === 'none' ? { kind: 'not-offered' } : { kind: 'mapped', mapping };
  if (written.some(({ status }) => status === 'draft')) return { kind: 'awaiting-check' };
  if (approved.length > 0) return { kind: 'out-of-date' };
  return { kind: written.length > 0 ? 'suspended' : 'unmapped' };
}
