/** Answers about what waits for a person: the lists of the inbox and their counts. */
import type { Phase } from '#core/bpmn/graph.ts';
import type { LocalizedText } from '#core/text.ts';
import type { InstanceStatus, OrganisationView, Urgency } from '../views.ts';

export const INBOX_LISTS = ['todo', 'claimable', 'done', 'started', 'cc'] as const;
export type InboxList = (typeof INBOX_LISTS)[number];

/** GET /api/inbox */
export interface InboxPage {
  readonly list: InboxList;
  readonly rows: readonly InboxRow[];
  /** Opaque; pass as `after` for the next page. */
  readonly next: string | null;
}

export interface InboxRow {
  readonly instanceId: string;
  /** Null in `started` and `cc`. */
  readonly taskId: string | null;
  readonly number: string;
  readonly serviceKey: string;
  readonly serviceName: LocalizedText;
  /** Sub-kind and department; no patient. */
  readonly title: LocalizedText;
  /** Whether its service is about a patient. */
  readonly hasPatient: boolean;
  /** Masked, for example 张*三; null when the viewer's right does not reach it. */
  readonly patient: string | null;
  readonly taskName: LocalizedText | null;
  readonly phase: Phase | null;
  readonly status: InstanceStatus;
  readonly urgency: Urgency;
  readonly from: OrganisationView;
  readonly assignee: { readonly id: string; readonly name: string } | null;
  readonly createdAt: string;
  readonly due: string | null;
  readonly overdue: boolean;
  /** `claim` when the person may take it, `open` when it is theirs, null otherwise. */
  readonly quickAction: 'claim' | 'open' | null;
  /** Since when all clocks of the instance stand still; null: they run. */
  readonly suspendedAt: string | null;
  /** In `done`: the outcome given and when. */
  readonly outcome: LocalizedText | null;
  readonly doneAt: string | null;
}

/** GET /api/inbox/counts: capped at `cap` (then shown as "999+"). */
export interface InboxCounts {
  readonly cap: number;
  readonly counts: Readonly<Record<InboxList, number>>;
  readonly overdue: number;
}
