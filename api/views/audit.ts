/** Answers to auditors: the journal of an instance step by step, and its replay. */
import type { LocalizedText } from '#core/text.ts';
import type { ReplayOutcome } from '#engine/errands.ts';
import type { DiagramView, ErrandView, FiredRuleView, InstanceHeader, PersonView, SubmissionView, WaitingView } from '../views.ts';
import type { LegalHoldActView } from './retention.ts';

/** GET /api/audit/:id — everything an auditor steps through; GET /api/audit/:id/steps/:seq gives the picture at one step. */
export interface AuditView {
  readonly header: InstanceHeader;
  readonly definitionHash: string;
  readonly chain: { readonly valid: boolean; readonly brokenAt: number | null; readonly head: string };
  readonly seal: { readonly at: string; readonly lastSeq: number; readonly lastHash: string; readonly runIds: readonly string[] } | null;
  /** Where the newest logged head of this chain stands in the Merkle log over all chains; null until it was logged. */
  readonly checkpoint: {
    readonly index: number;
    readonly seq: number;
    readonly size: number;
    readonly root: string;
    readonly at: string;
  } | null;
  /** Beside the journal, which ends with the seal: the last first. */
  readonly legalHolds: readonly LegalHoldActView[];
  readonly steps: readonly AuditStep[];
}

export interface AuditStep {
  readonly seq: number;
  readonly at: string;
  readonly actor: PersonView | null;
  readonly commandType: string;
  readonly hash: string;
  readonly confirmed: boolean;
  readonly events: readonly {
    readonly index: number;
    readonly type: string;
    readonly elementId: string | null;
    readonly elementName: LocalizedText | null;
  }[];
}

export interface AuditMoment {
  readonly seq: number;
  readonly at: string;
  readonly diagram: DiagramView;
  readonly openTasks: readonly WaitingView[];
  /** Answers as they were then: the current submission of each form at this step. */
  readonly submissions: readonly SubmissionView[];
  /** Those that fired in this step. */
  readonly rules: readonly FiredRuleView[];
  readonly variables: Readonly<Record<string, unknown>>;
}

/** GET and POST /api/instances/:id/replay — for auditors. */
export interface ReplayView {
  /** The newest; null when nobody has asked for one. */
  readonly replay: (ErrandView & { readonly outcome: ReplayOutcomeView | null }) | null;
}

/** `failed`: the worker could not do it; no statement about the instance. */
export type ReplayOutcomeView = { readonly verdict: 'failed' } | ReplayOutcome;
