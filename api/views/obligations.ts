/** What the operations on who has to report answer. */
import type { DutyState } from '#core/quality/obligation.ts';
import type { DutyRefusal } from '#core/quality/obligation-change.ts';
import type { Frequency } from '#core/quality/period.ts';
import type { LocalizedText } from '#core/text.ts';
import type { OrganisationView, PersonView } from '../views.ts';

/** GET /api/quality/sets/:set/obligations */
export interface ObligationsView {
  readonly set: { readonly code: string; readonly name: LocalizedText; readonly frequency: Frequency };
  /** ISO date: the first day that a change may touch. */
  readonly changesFrom: string;
  /** The period that runs: the next cycle asks for it, of so many. */
  readonly running: { readonly period: string; readonly from: string; readonly to: string; readonly expected: number };
  /** Of those that are searched for, by state, whatever state is asked for. */
  readonly counts: Readonly<Record<DutyState, number>>;
  readonly provinces: readonly { readonly code: string; readonly name: LocalizedText }[];
  readonly tiers: readonly string[];
  readonly rows: readonly DutyRow[];
  /** Of all pages. */
  readonly total: number;
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
  readonly canChange: boolean;
}

export interface DutyRow {
  readonly organisation: OrganisationView;
  readonly tier: string;
  readonly province: LocalizedText;
  readonly state: DutyState;
  /** Will the next cycle ask it for the period that runs? */
  readonly isExpected: boolean;
  /** The one that holds, else the next one, else the last one. */
  readonly obligation: DutyView | null;
  /** Those that hold, or are to come. */
  readonly exemptions: readonly (DutyView & { readonly reason: string })[];
}

export interface DutyView {
  readonly id: string;
  readonly from: string;
  readonly to: string | null;
  readonly by: PersonView | null;
  readonly endReason: string | null;
  /** May it be given an earlier end? */
  readonly canEnd: boolean;
}

/** POST /api/quality/sets/:set/obligations */
export interface ObligedView {
  readonly obliged: number;
  readonly refused: readonly { readonly organisation: OrganisationView; readonly code: DutyRefusal }[];
}

/** GET /api/quality/sets/:set/history */
export interface QualityHistoryView {
  readonly changes: readonly {
    readonly id: string;
    readonly at: string;
    readonly by: PersonView | null;
    readonly subject: 'obligation' | 'exemption' | 'indicator-set';
    readonly act: string;
    readonly reason: string | null;
    /** Hospitals that it was about: the first few, and how many there were. */
    readonly organisations: readonly OrganisationView[];
    readonly organisationCount: number;
    readonly from: string | null;
    readonly to: string | null;
    /** Of the set. */
    readonly version: number | null;
  }[];
  readonly hasMore: boolean;
}
