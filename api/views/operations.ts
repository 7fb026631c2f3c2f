/** Answers to operators. Shapes only; no health data stands in them. */
import type { ElementType } from '#core/bpmn/graph.ts';
import type { ModificationPlan, PlannedElement } from '#core/process/plan-modification.ts';
import type { LocalizedText } from '#core/text.ts';
import type { FailedOutcome, RebuildOutcome } from '#engine/errands.ts';
import type {
  ConfirmationView,
  DiagramView,
  ErrandView,
  IncidentView,
  InstanceStatus,
  OrganisationView,
  SuspensionView,
} from '../views.ts';
import type { InstanceRetention } from './retention.ts';

/** GET and POST /api/operations/rebuild — for operators. */
export interface RebuildView {
  readonly rebuild: (ErrandView & { readonly outcome: RebuildOutcome | FailedOutcome | null }) | null;
}

/** GET /api/operations/instances — for operators. */
export interface OperationsView {
  readonly counts: {
    readonly unconfirmed: number;
    readonly stopped: number;
    readonly sealPending: number;
    readonly incidents: number;
    /** Sealed, and not all of its histories are kept beyond Temporal's retention. */
    readonly notArchived: number;
    readonly suspended: number;
  };
  readonly rows: readonly OperationsRow[];
}

export interface OperationsRow {
  readonly instanceId: string;
  readonly number: string;
  readonly serviceName: LocalizedText;
  readonly problem: 'unconfirmed' | 'stopped' | 'seal-pending' | 'incident' | 'not-archived' | 'suspended';
  readonly since: string;
  readonly lastSeq: number;
  readonly confirmedSeq: number;
  readonly detail: string | null;
  readonly incidentId: string | null;
  readonly attempts: number;
}

/** GET /api/operations/list */
export interface OperatedList {
  readonly rows: readonly OperatedListRow[];
  readonly next: string | null;
}

export interface OperatedListRow {
  readonly instanceId: string;
  readonly number: string;
  readonly serviceKey: string;
  readonly serviceName: LocalizedText;
  readonly version: number | null;
  readonly status: InstanceStatus;
  readonly suspendedAt: string | null;
  readonly incidents: number;
  readonly createdAt: string;
}

/** GET /api/operations/instances/:id */
export interface OperatedInstance {
  readonly id: string;
  readonly number: string;
  readonly serviceKey: string;
  readonly serviceName: LocalizedText;
  readonly version: number | null;
  readonly status: InstanceStatus;
  readonly from: OrganisationView;
  readonly createdAt: string;
  readonly suspended: SuspensionView | null;
  /** Something was completed that can be undone. */
  readonly canCompensate: boolean;
  readonly confirmation: ConfirmationView;
  readonly diagram: DiagramView;
  readonly elements: readonly OperatedElement[];
  /** Before which elements a token can be put. */
  readonly enterable: readonly { readonly elementId: string; readonly name: LocalizedText }[];
  readonly incidents: readonly IncidentView[];
  readonly retention: InstanceRetention;
}

/** POST /api/operations/instances/:id/modify/plan */
export interface ModificationPlanView extends Omit<ModificationPlan, 'opened' | 'canceled'> {
  readonly opened: readonly (PlannedElement & { readonly name: LocalizedText })[];
  readonly canceled: readonly (PlannedElement & { readonly name: LocalizedText })[];
}

export interface NamedElement {
  readonly elementId: string;
  readonly name: LocalizedText;
}

/** One living element; its scope is another one, or nothing for the process. */
export interface OperatedElement {
  readonly key: number;
  readonly elementId: string;
  readonly name: LocalizedText;
  readonly elementType: ElementType;
  readonly scopeKey: number | null;
  readonly loopIndex: number | null;
  readonly hasTask: boolean;
}
