/**
 * Which hospital, department and team does an order (requirements.md 8.2, R-MDM-03). Rules (DMN) propose hospitals in an order; this decides which of
 * them can: it serves the items, is open, takes the specimen, has room, and has an approved mapping for every item. Each candidate is told with why it
 * was taken or passed over. The mapping is never waived: neither for the fallback nor for whom an operator chose.
 */
import type { DictionaryKey, Specimen } from './dictionary.ts';
import { type Mapping, type MappingGap, mappingFor } from './mapping.ts';

/** Who does orders of a kind in a hospital. */
export interface ServicePoint {
  readonly id: string;
  readonly organisationId: string;
  readonly departmentId: string;
  readonly teamId: string;
  readonly dictionary: DictionaryKey;
  /** What it takes; empty: no specimen is asked for, or any. */
  readonly specimens: readonly Specimen[];
  /** Local times `HH:MM` of the hospital within one day, the end excluded; null: round the clock. */
  readonly hours: { readonly from: string; readonly to: string } | null;
  /** Orders that may be under way at once; null: no limit. */
  readonly openOrdersMax: number | null;
  /** A device that is down, a laboratory that is closed. */
  readonly isOpen: boolean;
}

export interface RoutedItem {
  readonly code: string;
  readonly specimen: Specimen | null;
}

export interface RouteQuery {
  readonly dictionary: DictionaryKey;
  readonly items: readonly RoutedItem[];
  /** The hospital that orders: nothing is sent to oneself. */
  readonly ordererId: string;
  /** Hospitals in the order of the rules, or the one that an operator chose. */
  readonly candidates: readonly string[];
  /** Tried last, whatever its hours and its load. */
  readonly fallback: string | null;
  /** Hospitals that declined or did not answer. */
  readonly declined: readonly string[];
  /** Chosen by a person: hours, load and an earlier decline do not count. */
  readonly isChosen: boolean;
  readonly mappings: readonly Mapping[];
  readonly points: readonly ServicePoint[];
  /** Orders under way, by service point. */
  readonly load: Readonly<Record<string, number>>;
  /** Where each hospital is now: ISO date and `HH:MM`. */
  readonly localTime: (organisationId: string) => { readonly date: string; readonly time: string };
}

export const VERDICTS = [
  'taken',
  'not-needed',
  'is-orderer',
  'declined',
  'no-service-point',
  'closed',
  'outside-hours',
  'specimen-not-taken',
  'full',
  'unmapped',
  'awaiting-check',
  'suspended',
  'out-of-date',
  'not-offered',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One hospital that was looked at. */
export interface Considered {
  readonly organisation: string;
  readonly verdict: Verdict;
  /** Item codes that the verdict is about; empty where it is about the hospital. */
  readonly items: readonly string[];
  readonly isFallback: boolean;
}

/** An item as the hospital knows it. */
export interface LocalItem {
  readonly code: string;
  readonly localCode: string;
  readonly localName: string;
}

export type Route = { readonly considered: readonly Considered[] } & (
  | {
      readonly outcome: 'routed';
      readonly organisation: string;
      readonly department: string;
      readonly team: string;
      readonly point: string;
      readonly localItems: readonly LocalItem[];
    }
  /** `unmapped`: with the mapping of one of them it would go on. */
  | { readonly outcome: 'unmapped' | 'no-candidate' }
);

const MENDED_BY_MAPPING: ReadonlySet<Verdict> = new Set<MappingGap>(['unmapped', 'awaiting-check', 'suspended', 'out-of-date']);

export function decideRoute(query: RouteQuery): Route {
  const { candidates, fallback } = query;
  const hospitals = [...new Set(candidates)].map((organisation) => ({ organisation, isFallback: false }));
  // Where the fallback is a candidate as well, it is looked at twice: as the second it has no hours and no limit.
  if (fallback !== null) hospitals.push({ organisation: fallback, isFallback: true });
  const considered: Considered[] = [];
  let found: Found | null = null;
  for (const { organisation, isFallback } of hospitals) {
    const looked: Looked | NotNeeded = found ? { verdict: 'not-needed' } : lookAt(query, organisation, isFallback);
    considered.push({ organisation, verdict: looked.verdict, items: 'items' in looked ? looked.items : [], isFallback });
    if (looked.verdict === 'taken') found = looked;
  }
  if (!found)
    return { outcome: considered.some(({ verdict }) => MENDED_BY_MAPPING.has(verdict)) ? 'unmapped' : 'no-candidate', considered };
  const { point, localItems } = found;
  const { organisationId: organisation, departmentId: department, teamId: team, id } = point;
  return { outcome: 'routed', organisation, department, team, point: id, localItems, considered };
}

interface Found {
  readonly verdict: 'taken';
  readonly point: ServicePoint;
  readonly localItems: readonly LocalItem[];
}
interface NotNeeded {
  readonly verdict: 'not-needed';
}
type Looked = Found | { readonly verdict: Exclude<Verdict, 'taken' | 'not-needed'>; readonly items: readonly string[] };

function lookAt(query: RouteQuery, organisation: string, isFallback: boolean): Looked {
  const { dictionary, items, declined, isChosen, points } = query;
  const no = (verdict: Exclude<Verdict, 'taken' | 'not-needed'>, of: readonly string[] = []): Looked => ({ verdict, items: of });
  if (organisation === query.ordererId) return no('is-orderer');
  if (declined.includes(organisation) && !isChosen) return no('declined');
  const serving = points.filter((point) => point.organisationId === organisation && point.dictionary === dictionary);
  if (serving.length === 0) return no('no-service-point');
  const gap = gapOf(query, organisation);
  if (gap) return no(gap.kind, gap.items);
  const open = serving.filter(({ isOpen }) => isOpen);
  if (open.length === 0) return no('closed');
  const fitting = open.filter((point) => items.every(({ specimen }) => takes(point, specimen)));
  if (fitting.length === 0)
    return no(
      'specimen-not-taken',
      items.filter(({ specimen }) => !open.some((point) => takes(point, specimen))).map(({ code }) => code),
    );
  const isWaived = isFallback || isChosen;
  const { time } = query.localTime(organisation);
  const now = fitting.filter((point) => isWaived || isWithin(point, time));
  if (now.length === 0) return no('outside-hours');
  const point = now.find((each) => isWaived || hasRoom(each, query.load)) ?? null;
  return point ? { verdict: 'taken', point, localItems: localItemsOf(query, organisation) } : no('full');
}

const takes = ({ specimens }: ServicePoint, specimen: Specimen | null): boolean =>
  specimen === null || specimens.length === 0 || specimens.includes(specimen);
const isWithin = ({ hours }: ServicePoint, time: string): boolean => hours === null || (hours.from <= time && time < hours.to);
const hasRoom = ({ id, openOrdersMax }: ServicePoint, load: RouteQuery['load']): boolean =>
  openOrdersMax === null || (load[id] ?? 0) < openOrdersMax;

/** The first kind of gap, with all items that have it. */
function gapOf(query: RouteQuery, organisation: string): { readonly kind: MappingGap; readonly items: readonly string[] } | null {
  const gaps = query.items.flatMap(({ code }) => {
    const { kind } = mappedAt(query, organisation, code);
    return kind === 'mapped' ? [] : [{ kind, code }];
  });
  // What no mapping mends is said first: whoever reads it need not map in vain.
  const first = gaps.find(({ kind }) => kind === 'not-offered') ?? gaps[0];
  return first ? { kind: first.kind, items: gaps.filter(({ kind }) => kind === first.kind).map(({ code }) => code) } : null;
}

const mappedAt = ({ mappings, dictionary, localTime }: RouteQuery, organisationId: string, code: string) =>
  mappingFor(mappings, { dictionary, code, organisationId, on: localTime(organisationId).date });

const localItemsOf = (query: RouteQuery, organisation: string): readonly LocalItem[] =>
  query.items.flatMap(({ code }) => {
    const mapped = mappedAt(query, organisation, code);
    return mapped.kind === 'mapped' ? [{ code, localCode: mapped.mapping.localCode, localName: mapped.mapping.localName }] : [];
  });

/** What an order asks for, held against the dictionary: codes that do not hold, tests on another specimen than the order's. */
export interface OrderCheck {
  readonly unknown: readonly string[];
  readonly otherSpecimen: readonly string[];
}

export function checkOrder(
  codes: readonly string[],
  { entries, specimen }: { readonly entries: readonly RoutedItem[]; readonly specimen: string | null },
): OrderCheck {
  const found = codes.map((code) => entries.find((entry) => entry.code === code));
  return {
    unknown: codes.filter((_, index) => !found[index]),
    otherSpecimen: codes.filter((_, index) => found[index] && found[index].specimen !== null && found[index].specimen !== specimen),
  };
}
