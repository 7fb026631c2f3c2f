/**
 * Standard dictionaries in versions (requirements.md 8.2, R-MDM-01). A version is a draft until somebody other than its writers approves it with the
 * day from which it holds; from that day the one before holds no more. Which version holds on a day is never stored: it follows from the days.
 */
import type { LocalizedText } from '#core/text.ts';

export const DICTIONARIES = {
  exam: { 'zh-CN': '外检项目', en: 'Outside examinations' },
  test: { 'zh-CN': '送检项目', en: 'Sample tests' },
  admission: { 'zh-CN': '转入院', en: 'Transfer admission' },
} as const satisfies Record<string, LocalizedText>;
export type DictionaryKey = keyof typeof DICTIONARIES;
export const DICTIONARY_KEYS = Object.keys(DICTIONARIES) as readonly DictionaryKey[];

/** What a test is done on. */
export const SPECIMENS = {
  blood: { 'zh-CN': '全血', en: 'Whole blood' },
  serum: { 'zh-CN': '血清', en: 'Serum' },
  urine: { 'zh-CN': '尿液', en: 'Urine' },
  stool: { 'zh-CN': '粪便', en: 'Stool' },
  tissue: { 'zh-CN': '组织', en: 'Tissue' },
  swab: { 'zh-CN': '拭子', en: 'Swab' },
} as const satisfies Record<string, LocalizedText>;
export type Specimen = keyof typeof SPECIMENS;
export const isSpecimen = (value: unknown): value is Specimen => typeof value === 'string' && value in SPECIMENS;

export interface Entry {
  /** Of the standard: letters, digits, `.` and `-`. */
  readonly code: string;
  readonly name: LocalizedText;
  /** Of tests; null elsewhere. */
  readonly specimen: Specimen | null;
}

interface VersionHead {
  readonly dictionary: DictionaryKey;
  /** From 1. */
  readonly version: number;
  readonly entries: readonly Entry[];
  /** Persons who wrote any of it; in the order in which they did so first. */
  readonly editedBy: readonly string[];
}
export interface DraftVersion extends VersionHead {
  readonly status: 'draft';
}
export interface ApprovedVersion extends VersionHead {
  readonly status: 'approved';
  /** ISO date: the first day on which it holds. */
  readonly validFrom: string;
  readonly approvedBy: string;
}
export type DictionaryVersion = DraftVersion | ApprovedVersion;

export const VERSION_STANDINGS = ['draft', 'approved', 'current', 'retired'] as const;
/** `approved`: holds from a later day on. */
export type VersionStanding = (typeof VERSION_STANDINGS)[number];

export const isApproved = (version: DictionaryVersion): version is ApprovedVersion => version.status === 'approved';

/** The version that holds on a day; null before the first one. */
export function versionOn(versions: readonly DictionaryVersion[], date: string): ApprovedVersion | null {
  const holding = versions.filter(isApproved).filter(({ validFrom }) => validFrom <= date);
  return holding.reduce<ApprovedVersion | null>((last, each) => (last === null || each.validFrom > last.validFrom ? each : last), null);
}

export function standingOn(versions: readonly DictionaryVersion[], version: DictionaryVersion, date: string): VersionStanding {
  if (!isApproved(version)) return 'draft';
  if (version.validFrom > date) return 'approved';
  return versionOn(versions, date)?.version === version.version ? 'current' : 'retired';
}

/** The day from which another version holds instead; null while none does. */
export function replacedOn(versions: readonly DictionaryVersion[], { version, validFrom }: ApprovedVersion): string | null {
  const later = versions.filter(isApproved).filter((each) => each.version !== version && each.validFrom > validFrom);
  return later.map((each) => each.validFrom).sort()[0] ?? null;
}

export type VersionRefusal = 'no-draft' | 'draft-open' | 'own-work' | 'valid-from-past' | 'no-entries';

/** The next draft, with the entries of the newest version; one draft at a time. */
export function beginDraft(
  versions: readonly DictionaryVersion[],
  { dictionary, by }: { readonly dictionary: DictionaryKey; readonly by: string },
): DraftVersion | VersionRefusal {
  if (versions.some(({ status }) => status === 'draft')) return 'draft-open';
  const newest = versions.reduce<DictionaryVersion | null>((last, each) => (last && last.version > each.version ? last : each), null);
  return { dictionary, version: (newest?.version ?? 0) + 1, status: 'draft', entries: newest?.entries ?? [], editedBy: [by] };
}

/** Approved by nobody who wrote it; holds from today at the earliest, and from a later day than any other. */
export function approveDraft(
  versions: readonly DictionaryVersion[],
  { by, validFrom, today }: { readonly by: string; readonly validFrom: string; readonly today: string },
): ApprovedVersion | VersionRefusal {
  const draft = versions.find((version) => version.status === 'draft');
  if (!draft) return 'no-draft';
  if (draft.editedBy.includes(by)) return 'own-work';
  if (draft.entries.length === 0) return 'no-entries';
  const isLate = validFrom < today || versions.filter(isApproved).some((version) => version.validFrom >= validFrom);
  return isLate ? 'valid-from-past' : { ...draft, status: 'approved', validFrom, approvedBy: by };
}
