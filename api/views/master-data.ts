/** What the operations of master data and routing answer. Codes and names of hospitals, nothing of a patient. */
import type { Json } from '#core/json.ts';
import type { DictionaryKey, Entry, VersionStanding } from '#core/master-data/dictionary.ts';
import type { EntryRowResult } from '#core/master-data/entries.ts';
import type { Mapping, MappingAct } from '#core/master-data/mapping.ts';
import type { MappingRowResult } from '#core/master-data/mapping-rows.ts';
import type { ServicePoint, Verdict } from '#core/master-data/routing.ts';
import type { AwaitingCheck, ManyToOne, Unmapped } from '#core/master-data/worklist.ts';
import type { LocalizedText } from '#core/text.ts';
import type { FiredRuleView, OrganisationView, PersonView } from '../views.ts';

/** GET /api/master-data */
export interface MasterDataView {
  readonly dictionaries: readonly DictionaryView[];
  /** Orders that wait for a mapping or another hospital. */
  readonly waiting: number;
  readonly organisations: readonly OrganisationView[];
}

export interface DictionaryView {
  readonly key: DictionaryKey;
  readonly name: LocalizedText;
  /** Newest first. */
  readonly versions: readonly DictionaryVersionHead[];
  readonly counts: { readonly unmapped: number; readonly manyToOne: number; readonly awaiting: number };
}

export interface DictionaryVersionHead {
  readonly version: number;
  readonly standing: VersionStanding;
  /** ISO date; null: a draft. */
  readonly validFrom: string | null;
  /** From that day another one holds; null: none does. */
  readonly replacedOn: string | null;
  readonly entries: number;
  readonly editedBy: readonly PersonView[];
  readonly approvedBy: PersonView | null;
  /** A draft that I wrote at: another person approves it. */
  readonly isOwnWork: boolean;
}

/** GET /api/master-data/dictionaries/:dictionary/versions/:version */
export interface DictionaryEntriesView extends DictionaryVersionHead {
  readonly key: DictionaryKey;
  readonly name: LocalizedText;
  readonly list: readonly Entry[];
}

/** POST /api/master-data/dictionaries/:dictionary/entries */
export interface TakenEntriesView {
  readonly taken: number;
  readonly results: readonly EntryRowResult[];
}

export interface MappingView extends Mapping {
  readonly organisation: OrganisationView;
  /** Of the standard; null: the code holds no more. */
  readonly standardName: LocalizedText | null;
  readonly mappedByPerson: PersonView | null;
  readonly checkedByPerson: PersonView | null;
  /** What I may do with it, and why not. */
  readonly acts: readonly { readonly act: MappingAct; readonly refusal: string | null }[];
}

/** GET /api/master-data/mappings/:dictionary */
export interface MappingsView {
  readonly mappings: readonly MappingView[];
}

/** GET /api/master-data/worklist/:dictionary */
export interface WorklistView {
  readonly unmapped: readonly (Unmapped & { readonly organisation: OrganisationView; readonly name: LocalizedText })[];
  readonly manyToOne: readonly (Omit<ManyToOne, 'mappings'> & {
    readonly organisation: OrganisationView;
    readonly mappings: readonly MappingView[];
  })[];
  readonly awaiting: readonly (Omit<AwaitingCheck, 'mapping'> & { readonly mapping: MappingView })[];
}

/** POST /api/master-data/mappings/:dictionary */
export interface TakenMappingsView {
  readonly taken: number;
  readonly results: readonly MappingRowResult[];
}

/** POST /api/master-data/mappings/:id/acts/:act */
export interface MappingActView {
  readonly mapping: Mapping;
  /** Orders that waited and are routed again. */
  readonly routedAgain: number;
}

/** GET /api/master-data/history */
export interface MasterDataHistoryView {
  readonly changes: readonly {
    readonly id: string;
    readonly at: string;
    readonly by: PersonView | null;
    readonly subject: string;
    readonly subjectId: string;
    readonly act: string;
    readonly reason: string | null;
    readonly before: Json;
    readonly after: Json;
  }[];
}

export interface ServicePointView extends ServicePoint {
  readonly organisation: OrganisationView;
  readonly department: OrganisationView;
  readonly team: OrganisationView;
  /** Orders in which the team has something to do. */
  readonly openOrders: number;
}

/** GET /api/master-data/routing */
export interface RoutingView {
  readonly points: readonly ServicePointView[];
  /** Null: the flow of orders is not there. */
  readonly rules: RoutingRulesView | null;
}

export interface RoutingRulesView {
  /** Of the flow in which they are published. */
  readonly serviceKey: string;
  readonly version: number;
  readonly inputs: readonly LocalizedText[];
  readonly rules: readonly {
    readonly number: number;
    readonly tests: readonly string[];
    readonly candidates: readonly OrganisationView[];
    readonly fallback: OrganisationView | null;
    readonly reason: LocalizedText;
  }[];
}

/** POST /api/master-data/routing/try */
export interface TriedRouteView {
  readonly fired: readonly FiredRuleView[];
  readonly decision: RouteDecisionView;
}

/** One decision on where an order goes: by whom, by which rule, and why each hospital was taken or passed over. */
export interface RouteDecisionView {
  readonly at: string;
  readonly outcome: 'routed' | 'split' | 'unmapped' | 'no-candidate';
  /** Of a sheet that is split: which items go where; null: to the operator. */
  readonly parts: readonly {
    readonly organisation: OrganisationView | null;
    readonly items: readonly { readonly code: string; readonly name: LocalizedText }[];
  }[];
  /** Null: the rules. */
  readonly by: PersonView | null;
  readonly reason: LocalizedText | null;
  readonly dictionaryVersion: number | null;
  readonly organisation: OrganisationView | null;
  readonly department: OrganisationView | null;
  readonly team: OrganisationView | null;
  readonly localItems: readonly {
    readonly code: string;
    readonly name: LocalizedText;
    readonly localCode: string;
    readonly localName: string;
  }[];
  readonly considered: readonly {
    readonly organisation: OrganisationView;
    readonly verdict: Verdict;
    readonly items: readonly { readonly code: string; readonly name: LocalizedText }[];
    readonly isFallback: boolean;
  }[];
}

/** GET /api/instances/:id/routing */
export interface InstanceRoutingView {
  /** Newest first. */
  readonly decisions: readonly RouteDecisionView[];
}
