/**
 * What the API answers: the shapes that pages and other clients read. Personal data appear here in clear, for a viewer whose
 * right to them has been checked; nothing here is ever logged. Times are ISO 8601 UTC; words are codes or `LocalizedText`.
 */
import type { Role } from '#core/access/roles.ts';
import type { ActionDate, Outcome, Phase, ReasonRule } from '#core/bpmn/graph.ts';
import type { LineStanding } from '#core/dispensing/line-course.ts';
import type { VisibleResponse } from '#core/form/access/response-for.ts';
import type { Coding, Questionnaire } from '#core/form/questionnaire.ts';
import type { LostAnswer } from '#core/form-edit/lost-answers.ts';
import type { JsonObject } from '#core/json.ts';
import type { ReturnPlan } from '#core/process/plan-return.ts';
import type { Refusal } from '#core/process/refusal.ts';
import type { AvailableAction } from '#core/process/task-descriptor.ts';
import type { LocalizedText } from '#core/text.ts';
import type { NamedElement } from './views/operations.ts';

/** With it a page says as whom it was opened; who is signed in by then must be the same person. */
export const SIGNED_IN_AS_HEADER = 'x-signed-in-as';

export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly title: string;
  readonly organisation: OrganisationView;
}

export interface OrganisationView {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
}

/** GET /api/me */
export interface MeView {
  readonly person: PersonView;
  readonly roles: readonly RoleView[];
  /** The role the person works in at the moment; null: all roles together. */
  readonly activeRole: string | null;
  readonly teams: readonly { readonly id: string; readonly name: string; readonly nameEn: string }[];
  readonly can: {
    readonly start: boolean;
    readonly read: boolean;
    readonly audit: boolean;
    readonly operate: boolean;
    readonly readDefinitions: boolean;
    readonly changeDefinitions: boolean;
    readonly readForms: boolean;
    readonly editForms: boolean;
    readonly publishForms: boolean;
    readonly readQuality: boolean;
    /** Of all hospitals. */
    readonly overseeQuality: boolean;
    readonly manageMasterData: boolean;
    readonly readSurveillance: boolean;
    readonly readRegistry: boolean;
  };
  readonly unreadNotices: number;
}

export interface RoleView {
  /** `<role>@<organisation>`; what PUT /api/me/active-role takes. */
  readonly id: string;
  readonly role: Role;
  readonly name: LocalizedText;
  readonly organisation: OrganisationView;
}

/** GET /api/services: flows that the person may start. */
export interface ServiceView {
  readonly key: string;
  readonly name: LocalizedText;
  readonly description: LocalizedText;
  readonly icon: string;
}

/** GET /api/services/:key */
export interface ServiceFormView extends ServiceView {
  readonly form: FormReference;
  /** Blank response with applicant, organisation and time filled in. */
  readonly prefill: VisibleResponse;
  /** Who decides next, as far as it is known before sending. */
  readonly nextDeciders: readonly DeciderView[];
  readonly drafts: readonly DraftSummary[];
}

export interface FormReference {
  readonly key: string;
  readonly hash: string;
  readonly questionnaire: Questionnaire;
}

/** A page of a value set. */
export interface ValueSetView {
  readonly codings: readonly Coding[];
  /** Nothing else matches; otherwise more may, once more is typed. */
  readonly isComplete: boolean;
}

export interface DeciderView {
  readonly elementId: string;
  readonly name: LocalizedText;
  readonly phase: Phase | null;
  readonly holders: readonly HolderView[];
}

/** Who holds a task: a person, or a role or team with its members. */
export interface HolderView {
  readonly principal: string;
  readonly kind: 'person' | 'role' | 'team';
  readonly name: LocalizedText;
  readonly organisation: OrganisationView | null;
  /** Up to five members, for roles and teams. */
  readonly members: readonly { readonly id: string; readonly name: string; readonly nameEn: string }[];
}

/** Saves of a draft in a row whose answers never came, as far as a page tells of them. */
export const UNANSWERED_MAX = 50;

/** GET /api/me/device-key: 32 bytes in base64, for AES-256-GCM. */
export interface DeviceKeyView {
  readonly personId: string;
  readonly key: string;
}

export interface DraftSummary {
  readonly id: string;
  readonly scope: DraftScope;
  readonly version: number;
  readonly savedAt: string;
}

/** A draft belongs to a person and either to a service (not yet sent) or to a task. */
export type DraftScope =
  | { readonly kind: 'service'; readonly serviceKey: string }
  | { readonly kind: 'task'; readonly instanceId: string; readonly taskId: string };

/** GET /api/drafts/:id: as answers to the form that is asked now. */
export interface DraftView extends DraftSummary {
  readonly formHash: string;
  readonly response: VisibleResponse;
  readonly carried: CarriedView | null;
}

/** A draft of an earlier version of its form was carried over. */
export interface CarriedView {
  /** The questions of the form that it was begun with whose answers found no place. */
  readonly form: Questionnaire;
  /** Answers that found no place, for their author to read. */
  readonly lost: readonly LostAnswer[];
}

/** POST /api/instances, and every command: what changed and what one sees next. */
export interface CommandAnswer {
  readonly instanceId: string;
  readonly number: string;
  readonly seq: number;
  /** The next task of the same instance that this person may act on, if any. */
  readonly nextTask: { readonly taskId: string; readonly name: LocalizedText } | null;
}

export type Urgency = 'routine' | 'urgent' | 'emergency';

/** `departed`: the viewer is told nothing more of it. `ended`: every step done, seal pending. `closed`: sealed by the workflow as a closed loop. `completed`: what is no loop has come to its end. */
export type InstanceStatus =
  | 'active'
  | 'stopped'
  | 'departed'
  | 'ended'
  | 'completed'
  | 'closed'
  | 'closed-unevaluated'
  | 'rejected'
  | 'declined'
  | 'lost'
  | 'died'
  | 'false-alarm'
  | 'excluded'
  | 'withdrawn'
  | 'expired'
  | 'aborted'
  | 'superseded'
  | 'not-back'
  | 'closed-in-parts'
  | 'ended-in-parts'
  | 'canceled';

/** GET /api/status/:number */
export interface InstanceStatusView {
  readonly number: string;
  readonly status: InstanceStatus;
  /** The links at which something is open. */
  readonly phases: readonly Phase[];
  readonly facts: JsonObject;
}

/** GET /api/instances/:id/tasks/:taskId */
export interface TaskView {
  readonly summary: SummaryView | null;
  readonly lines: LinesView | null;
  readonly instance: InstanceHeader;
  readonly taskId: string;
  readonly elementId: string;
  readonly name: LocalizedText;
  readonly phase: Phase | null;
  readonly state: 'ready' | 'claimed' | 'done' | 'canceled';
  readonly assignee: PersonView | null;
  readonly claimedAt: string | null;
  readonly holders: readonly HolderView[];
  readonly createdAt: string;
  readonly due: string | null;
  readonly overdue: boolean;
  readonly priority: number;
  readonly actions: readonly AvailableAction[];
  readonly form: FormReference | null;
  /** Prefilled from the instance, or the person's draft. */
  readonly response: VisibleResponse | null;
  readonly draft: DraftSummary | null;
  /** The draft was begun with an earlier version of the form. */
  readonly carried: CarriedView | null;
  /** Who decided, what and when, once it is done (the kind answer to someone who came second). */
  readonly decided: { readonly by: PersonView | null; readonly outcome: LocalizedText | null; readonly at: string } | null;
  /** Why the task came (again): the latest return, decline or question addressed to it, or what was asked by a button. */
  readonly remark: {
    readonly by: PersonView | null;
    readonly at: string;
    readonly taskName: LocalizedText;
    readonly outcome: LocalizedText | null;
    /** What was chosen from the list of reasons. */
    readonly reasonCode: LocalizedText | null;
    /** Empty where nothing was written. */
    readonly reason: string;
  } | null;
  /** What was said of single answers since they were given; each has to be followed or answered. */
  readonly answerRemarks: readonly AnswerRemarkView[];
  readonly submissions: readonly SubmissionView[];
  readonly comments: readonly CommentView[];
}

export interface AnswerRemarkView {
  /** Of the question. */
  readonly linkId: string;
  readonly words: LocalizedText;
  /** Null: the system, when it validated the answers. */
  readonly by: PersonView | null;
  /** The step in which it was said; null: the validation. */
  readonly from: LocalizedText | null;
  readonly at: string;
}

export interface InstanceHeader {
  readonly id: string;
  readonly number: string;
  readonly serviceKey: string;
  readonly serviceName: LocalizedText;
  readonly title: LocalizedText;
  readonly status: InstanceStatus;
  /** When the last step was of which the viewer is told, where they are told nothing more; null for everybody else. */
  readonly toldUntil: string | null;
  readonly urgency: Urgency;
  readonly from: OrganisationView;
  /** Null where no person applied: a timer, a message or a signal started it. */
  readonly applicant: PersonView | null;
  readonly createdAt: string;
  readonly endedAt: string | null;
  readonly sealedAt: string | null;
  /** The links of the closed loop that the flow has, in their order; none where it names no phases. */
  readonly loop: readonly PhaseView[];
  readonly patient: PatientBanner | null;
  readonly waitingFor: readonly WaitingView[];
  /** Steps whose time limit stands still until somebody else has done their part. */
  readonly pausedClocks: readonly { readonly elementId: string; readonly name: LocalizedText }[];
  /** Is every accepted step confirmed by the workflow? */
  readonly confirmation: ConfirmationView;
  readonly suspended: SuspensionView | null;
}

export interface PhaseView {
  readonly phase: Phase;
  /** When it was first entered; null while it lies ahead. */
  readonly enteredAt: string | null;
  /** Somebody is waited for here. */
  readonly isCurrent: boolean;
}

/** All clocks stand still: who stopped them, when and why. */
export interface SuspensionView {
  readonly at: string;
  readonly by: PersonView | null;
  readonly reason: string;
}

export interface PatientBanner {
  readonly name: string;
  readonly sex: LocalizedText;
  /** Whole years, or months as `8m` below two. */
  readonly age: string;
  readonly idTail: string;
  /** Null: not for this reader. */
  readonly allergies: string | null;
}

export interface WaitingView {
  readonly taskId: string | null;
  readonly elementId: string;
  readonly name: LocalizedText;
  readonly phase: Phase | null;
  readonly holders: readonly HolderView[];
  readonly assignee: PersonView | null;
  readonly since: string;
  readonly due: string | null;
  readonly overdue: boolean;
}

export interface ConfirmationView {
  readonly lastSeq: number;
  readonly confirmedSeq: number;
  /** Both hashes, when the workflow came to another result (P13). */
  readonly divergence: { readonly seq: number; readonly journalHash: string; readonly workflowHash: string; readonly at: string } | null;
}

/** What the flow says above its links; null while nothing of it is known. */
export interface SummaryView {
  readonly title: LocalizedText;
  readonly facts: readonly {
    readonly name: LocalizedText;
    readonly value: { readonly is: 'time'; readonly at: string } | { readonly is: 'words'; readonly words: LocalizedText };
  }[];
}

/** How the lines of a prescription stand; null where there are none, or none that the viewer may see. */
export interface LinesView {
  readonly lines: readonly ({ readonly name: LocalizedText } & LineStanding)[];
}

/** GET /api/instances/:id */
export interface InstanceView {
  readonly summary: SummaryView | null;
  readonly lines: LinesView | null;
  readonly header: InstanceHeader;
  readonly diagram: DiagramView;
  readonly timeline: readonly TimelineEntry[];
  readonly submissions: readonly SubmissionView[];
  readonly files: readonly FileView[];
  readonly comments: readonly CommentView[];
  /** Tasks of this instance that the viewer may act on. */
  readonly myTasks: readonly { readonly taskId: string; readonly name: LocalizedText; readonly claimed: boolean }[];
  readonly actions: readonly InstanceAction[];
  readonly incidents: readonly IncidentView[];
  /** Instances that opened it or that it opened, as far as the viewer may read them. */
  readonly linked: readonly LinkedInstanceView[];
}

export interface LinkedInstanceView {
  readonly relation: 'opened' | 'opened-by';
  readonly instanceId: string;
  readonly number: string;
  readonly title: LocalizedText;
  readonly status: InstanceStatus;
}

export interface DiagramView extends DiagramMarksView {
  /** GET /api/definitions/:hash/bpmn answers the XML. */
  readonly definitionHash: string;
}

/** Ids of elements, and of the flows that were taken. */
export interface DiagramMarksView {
  readonly active: readonly string[];
  readonly completed: readonly string[];
  /** Elements that were left by a return, decline or cancellation. */
  readonly returned: readonly string[];
  readonly takenFlows: readonly string[];
  readonly incidents: readonly string[];
}

/** Something a viewer may do with the instance beside tasks. */
export type InstanceAction =
  | {
      readonly kind: 'send';
      readonly code: string;
      readonly name: LocalizedText;
      readonly tone: 'default' | 'primary' | 'danger';
      readonly reason: ReasonRule;
      /** Dates that go with it. */
      readonly asks: readonly ActionDate[];
      /** Why it cannot be sent now. */
      readonly disabled: Pick<Refusal, 'code'> | null;
    }
  | { readonly kind: 'comment' | 'cc' | 'urge' };

export interface TimelineEntry {
  readonly seq: number;
  readonly index: number;
  readonly at: string;
  readonly actor: PersonView | null;
  /** Words under `timeline.<type>` in the web's messages, with `data` as values. */
  readonly type: TimelineType;
  readonly elementName: LocalizedText | null;
  readonly phase: Phase | null;
  readonly outcome: LocalizedText | null;
  /** The step to which a task was returned. */
  readonly toName: LocalizedText | null;
  /** What was chosen from the list of reasons. */
  readonly reasonCode: LocalizedText | null;
  readonly reason: string | null;
  readonly data: Readonly<Record<string, string | number>>;
  /** Of a decision; empty where the version kept none. */
  readonly rules: readonly FiredRuleView[];
}

/** A rule that fired: its place in the table of the decision, the values that it matched and what it gave, as texts. */
export interface FiredRuleView {
  readonly decision: LocalizedText;
  /** From 1. */
  readonly rule: number;
  readonly annotation: string | null;
  /** It was decided from what the viewer may not see, and so its values are left out. */
  readonly isGuarded: boolean;
  readonly inputs: readonly { readonly name: LocalizedText; readonly value: string }[];
  readonly outputs: readonly { readonly name: LocalizedText; readonly value: string }[];
}

export type TimelineType =
  | 'started'
  | 'phase'
  | 'task-created'
  | 'task-claimed'
  | 'task-released'
  | 'task-assigned'
  | 'task-urged'
  | 'task-reminded'
  | 'task-overdue'
  | 'task-completed'
  | 'task-returned'
  | 'task-canceled'
  | 'timer-fired'
  | 'escalated'
  | 'undoing'
  | 'action-sent'
  | 'commented'
  | 'copied'
  | 'decision'
  | 'incident'
  | 'incident-resolved'
  | 'ended'
  | 'sealed'
  | 'suspended'
  | 'resumed'
  | 'modified'
  | 'migrated';

export interface SubmissionView {
  readonly id: string;
  readonly elementId: string;
  readonly elementName: LocalizedText;
  readonly phase: Phase | null;
  readonly by: PersonView | null;
  readonly at: string;
  readonly outcome: LocalizedText | null;
  readonly form: FormReference;
  readonly response: VisibleResponse;
  /** Those with the same are versions of one another: of one form, and where several people work side by side, of one of them. */
  readonly series: string;
  /** False once a later submission of the same series and step replaced it, or a return undid it. */
  readonly isCurrent: boolean;
  /** The work was returned to this step or an earlier one: it has to be given again. */
  readonly isUndone: boolean;
}

export interface FileView {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
  readonly by: PersonView | null;
  readonly at: string;
}

export interface CommentView {
  readonly seq: number;
  readonly by: PersonView | null;
  readonly at: string;
  readonly text: string;
}

export interface IncidentView {
  readonly incidentId: string;
  readonly elementId: string;
  readonly elementName: LocalizedText;
  readonly code: string;
  readonly message: string;
  readonly raisedAt: string;
}

/** What a worker was asked to do. */
export interface ErrandView {
  readonly id: string;
  readonly by: PersonView | null;
  readonly askedAt: string;
  readonly finishedAt: string | null;
  readonly done: number;
  /** 0 until it has begun. */
  readonly total: number;
}

/** POST /api/instances/:id/tasks/:taskId/return/plan */
export interface ReturnPlanView {
  readonly toElementId: string;
  readonly canceled: readonly NamedElement[];
  /** Steps whose answers no longer hold. */
  readonly superseded: readonly NamedElement[];
  /** What is undone, in this order, before the step begins. */
  readonly compensated: readonly NamedElement[];
  readonly incidents: ReturnPlan['incidents'];
}

/** GET /api/notices */
export interface NoticesView {
  readonly rows: readonly NoticeView[];
  readonly unread: number;
}

export interface NoticeView {
  readonly id: string;
  readonly type: NoticeType;
  readonly instanceId: string;
  readonly number: string;
  readonly serviceName: LocalizedText;
  readonly taskId: string | null;
  readonly taskName: LocalizedText | null;
  readonly at: string;
  readonly readAt: string | null;
}

export type NoticeType =
  | 'task-assigned'
  | 'task-reminded'
  | 'task-overdue'
  | 'task-urged'
  | 'returned'
  | 'rejected'
  | 'arrangement'
  | 'opinion-available'
  | 'please-evaluate'
  | 'starts-soon'
  | 'report-opened'
  | 'report-reminder'
  | 'report-overdue'
  | 'report-locked'
  | 'report-extension-asked'
  | 'report-extended'
  | 'report-extension-refused'
  | 'report-exception-asked'
  | 'report-opened-again'
  | 'report-missed'
  | 'report-feedback'
  | 'report-cycle-gathered'
  | 'report-enquiry'
  | 'report-enquiry-settled'
  | 'sentinel-missing'
  | 'sentinel-locked'
  | 'sentinel-opened-again'
  | 'sentinel-missed'
  | 'sentinel-crossed'
  | 'sentinel-warning'
  | 'sentinel-false-alarm'
  | 'sentinel-shared'
  | 'sentinel-closed'
  | 'sentinel-gathered'
  | 'sentinel-bulletin'
  | 'disease-identified'
  | 'disease-assigned'
  | 'disease-accepted'
  | 'disease-overdue'
  | 'disease-missed'
  | 'standard-published'
  | 'standard-pushed'
  | 'standard-unread'
  | 'standard-not-adopted'
  | 'standard-help'
  | 'standard-superseded'
  | 'standard-lapsed'
  | 'standard-gathered'
  | 'standard-revise'
  | 'issue-raised'
  | 'mentioned'
  | 'copied'
  | 'ended'
  | 'sealed'
  | 'withdrawn'
  | 'declined'
  | 'redirected'
  | 'order-arranged'
  | 'order-report'
  | 'order-expired'
  | 'order-impossible'
  | 'order-goes-on'
  | 'order-cancelled'
  | 'referral-arranged'
  | 'referral-arrived'
  | 'visit-planned'
  | 'visit-unread'
  | 'visit-called-off'
  | 'student-away'
  | 'student-returns'
  | 'absence-over'
  | 'absence-unread'
  | 'absence-long'
  | 'student-not-back'
  | 'referral-no-show'
  | 'referral-visit-cancelled'
  | 'interim-note'
  | 'reply-available'
  | 'referral-cancelled'
  | 'consent-withdrawn'
  | 'follow-up-due'
  | 'follow-up-missed'
  | 'follow-up-alarm'
  | 'waiting-long'
  | 'please-confirm-receipt'
  | 'advice-available'
  | 'consult-waiting'
  | 'substitute-needed'
  | 'parcel-packed'
  | 'parcel-offered'
  | 'parcel-on-the-way'
  | 'parcel-taken-back'
  | 'ready-to-collect'
  | 'medication-guidance'
  | 'volunteer-qualified'
  | 'volunteer-rewarded'
  | 'report-preliminary'
  | 'report-amended'
  | 'critical-value'
  | 'critical-unanswered'
  | 'critical-misread'
  | 'critical-acknowledged'
  | 'discipline-added'
  | 'quorum-missing'
  | 'late-material'
  | 'advice-yours'
  | 'advice-converted';

/** Body of every answer that is not 2xx. `code` is a word under `refusal.<code>` or `error.<code>`; nothing was changed. */
export interface ErrorView {
  readonly code: string;
  readonly data?: Readonly<Record<string, unknown>>;
  /** Form problems, when the answers were refused. */
  readonly issues?: readonly FormIssueView[];
}

export interface FormIssueView {
  readonly code: string;
  readonly linkId: string;
  readonly path: string;
  readonly severity: 'error' | 'warning';
  readonly data?: Readonly<Record<string, unknown>>;
  /** The form’s own words. */
  readonly text?: LocalizedText;
}

/** One message on GET /api/live (server-sent events): what to read again. */
export type LiveEvent =
  | { readonly type: 'inbox' }
  | { readonly type: 'instance'; readonly instanceId: string; readonly seq: number }
  | { readonly type: 'notice' };

/** GET /api/instances and GET /api/audit: instances in the reader's scope. */
export interface InstanceList {
  readonly rows: readonly InstanceListRow[];
  readonly next: string | null;
}

export interface InstanceListRow {
  readonly id: string;
  readonly number: string;
  readonly serviceName: LocalizedText;
  readonly title: LocalizedText;
  readonly status: InstanceStatus;
  readonly from: OrganisationView;
  readonly createdAt: string;
  readonly endedAt: string | null;
  readonly lastSeq: number;
  readonly confirmedSeq: number;
}

export type { Outcome };
