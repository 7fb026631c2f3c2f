/** What the operations on norms and standards answer. Nothing of a patient; what is published is open to everybody in the network. */
import type { Adopted, AdoptionStage, AdoptionTally } from '#core/standards/adoption.ts';

/** GET /api/standards */
export interface StandardsView {
  /** Newest first. */
  readonly standards: readonly StandardEntry[];
  /** May begin a draft. */
  readonly canDraft: boolean;
}

export interface StandardEntry {
  readonly id: string;
  readonly number: string | null;
  readonly title: string;
  readonly version: string;
  readonly kind: string;
  /** Dates as ISO has them. */
  readonly effective: string;
  readonly adoptionDeadline: string;
  readonly publishedAt: string;
  readonly isCurrent: boolean;
  /** Null for those who may not see it. */
  readonly tally: AdoptionTally | null;
  /** Of the own hospital. */
  readonly own: OwnAdoption | null;
}

export interface OwnAdoption {
  readonly instanceId: string;
  readonly stage: AdoptionStage;
  readonly isOverdue: boolean;
  /** The task that is open, for whoever may do it. */
  readonly organisationId: string;
}

/** GET /api/standards/:id */
export interface StandardView extends StandardEntry {
  readonly scope: string;
  readonly summary: string | null;
  readonly training: string | null;
  readonly tiers: readonly string[];
  readonly kinds: readonly string[];
  readonly files: readonly { readonly id: string; readonly name: string; readonly contentType: string; readonly size: number }[];
  readonly replaces: StandardRef | null;
  readonly supersededBy: StandardRef | null;
  readonly supersededAt: string | null;
  /** Null for those who may not see it. */
  readonly board: StandardBoard | null;
}

export interface StandardRef {
  readonly id: string;
  readonly title: string;
  readonly version: string;
}

export interface StandardBoard {
  readonly total: AdoptionTally;
  readonly tiers: readonly (AdoptionTally & { readonly tier: string })[];
  /** Codes, most frequent first. */
  readonly obstacles: readonly { readonly code: string; readonly count: number }[];
  readonly rows: readonly AdoptionRow[];
  readonly canUrge: boolean;
}

export interface AdoptionRow {
  readonly organisation: { readonly id: string; readonly name: string; readonly nameEn: string };
  readonly tier: string;
  readonly instanceId: string;
  readonly stage: AdoptionStage;
  readonly isOverdue: boolean;
  readonly readAt: string | null;
  readonly reportedAt: string | null;
  readonly adopted: Adopted | null;
  readonly isOnTime: boolean | null;
  /** Codes. */
  readonly obstacles: readonly string[];
}
