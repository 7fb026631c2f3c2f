/**
 * What a device keeps of what a person wrote, until the server has it: whose it is, how long, in which order it goes, and what an
 * answer makes of it. Pure: no storage, no network, no clock.
 */
import { type DraftScope, type TaskView, UNANSWERED_MAX } from '#api/views.ts';
import type { Outcome } from '#core/bpmn/graph.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import type { LocalizedText } from '#core/text.ts';
import { type Command, commands } from '#web/lib/use-command.ts';
import { paths } from '#web/paths.ts';

/** After this nothing of it is left on the device. Browsers that clear what is not used do so no sooner. */
export const KEPT_DAYS = 7;
const DAY_MS = 24 * 60 * 60_000;

/** Lies in clear on the device: ids, codes, times, and what form and step are called. */
export interface KeptHead {
  readonly id: string;
  readonly personId: string;
  readonly scope: DraftScope;
  /** The draft on the server that this goes on with; version 0: there is none yet. */
  readonly draft: { readonly id: string; readonly version: number };
  readonly formHash: string;
  readonly label: KeptLabel;
  /** ISO 8601 UTC, by the clock of the device. */
  readonly keptAt: string;
  readonly state: KeptState;
}

export interface KeptLabel {
  readonly service: LocalizedText;
  /** Null: the application itself. */
  readonly step: LocalizedText | null;
  readonly number: string | null;
}

export type KeptState =
  /** On its way from a page that is alive, or was when this was written. */
  | { readonly kind: 'saving' }
  | { readonly kind: 'to-save' }
  /** Another page or device saved meanwhile; the person chooses when they open the form. */
  | { readonly kind: 'conflict' }
  | { readonly kind: 'not-saved'; readonly code: string }
  | { readonly kind: 'to-send'; readonly commandId: string }
  | { readonly kind: 'not-sent'; readonly code: string };

/** Lies encrypted on the device. */
export interface KeptContent {
  readonly response: QuestionnaireResponse;
  /** Saves of this draft whose answers never came. */
  readonly unanswered: readonly string[];
  readonly sending: Sending | null;
}

/** The only commands that may wait: a form is sent with its answers. Everything else is for those who see its effect at once. */
export type Sending =
  | { readonly kind: 'start' }
  | {
      readonly kind: 'complete';
      readonly outcome: Outcome;
      readonly reasonCode?: string;
      readonly reason?: string;
      /** Ids of the submissions that the person had before them. */
      readonly seen: readonly string[];
    };

export const expiresAt = ({ keptAt }: Pick<KeptHead, 'keptAt'>): string => new Date(Date.parse(keptAt) + KEPT_DAYS * DAY_MS).toISOString();

export const isExpired = (head: Pick<KeptHead, 'keptAt'>, now: Date): boolean => Date.parse(expiresAt(head)) <= now.getTime();

/** What this person may see and send, the oldest first. */
export const keptOf = (heads: readonly KeptHead[], personId: string, now: Date): readonly KeptHead[] =>
  heads
    .filter((head) => head.personId === personId && !isExpired(head, now))
    .sort((a, b) => a.keptAt.localeCompare(b.keptAt) || a.id.localeCompare(b.id));

const WAITING: ReadonlySet<KeptState['kind']> = new Set(['saving', 'to-save', 'to-send']);

/** Waits for a connection, and for nothing else. */
export const isWaiting = ({ state }: KeptHead): boolean => WAITING.has(state.kind);

export const isSending = ({ state }: KeptHead): boolean => state.kind === 'to-send' || state.kind === 'not-sent';

/** A form as a page has it open. */
export interface OpenForm {
  readonly scope: DraftScope;
  /** The draft that it was opened with. */
  readonly draftId: string | null;
  /** What it was opened for, by the list of what is kept. */
  readonly keptId: string | null;
}

export function isOfForm(head: KeptHead, { scope, draftId, keptId }: OpenForm): boolean {
  if (head.scope.kind === 'task')
    return scope.kind === 'task' && head.scope.instanceId === scope.instanceId && head.scope.taskId === scope.taskId;
  if (scope.kind !== 'service' || head.scope.serviceKey !== scope.serviceKey) return false;
  if (keptId !== null) return head.id === keptId;
  // One may write several applications for a service: one that was sent waits apart from a new one.
  return draftId === null ? head.draft.version === 0 && !isSending(head) : head.draft.id === draftId;
}

/** What a form that is opened goes on with: the newest. */
export const keptForForm = (heads: readonly KeptHead[], form: OpenForm): KeptHead | null =>
  heads.findLast((head) => isOfForm(head, form)) ?? null;

export const addressOf = ({ id, scope }: KeptHead): string =>
  scope.kind === 'task' ? paths.task(scope.instanceId, scope.taskId) : paths.applyFor(scope.serviceKey, { kept: id });

/** Which form an address shows, so that nobody saves behind its back what it is about to restore. */
export function isOpenAt(head: KeptHead, { pathname, search }: { readonly pathname: string; readonly search: string }): boolean {
  if (addressOf(head).split('?')[0] !== pathname) return false;
  const query = new URLSearchParams(search);
  return isOfForm(head, { scope: head.scope, draftId: query.get('draft'), keptId: query.get('kept') });
}

export function commandOf({ scope, draft, formHash }: KeptHead, { response, sending }: KeptContent): Command {
  if (scope.kind === 'task' && sending?.kind === 'complete') {
    const { outcome, reasonCode, reason } = sending;
    return commands.complete(scope.instanceId, scope.taskId, {
      outcome: outcome.code,
      ...(reasonCode ? { reasonCode } : {}),
      ...(reason ? { reason } : {}),
      formHash,
      response,
    });
  }
  if (scope.kind === 'service' && sending?.kind === 'start')
    return commands.start({ serviceKey: scope.serviceKey, formHash, response, ...(draft.version > 0 ? { draftId: draft.id } : {}) });
  throw new Error(`Nothing of a ${scope.kind} is sent as ${sending?.kind ?? 'nothing'}.`);
}

/**
 * A decision is bound to what was seen. Where a submission came or went while it waited, the person looks again. Of a task that is no
 * longer open the door knows what became of it, also that this very command was carried out.
 */
export const hasMovedOn = (seen: readonly string[], task: Pick<TaskView, 'state' | 'submissions'>): boolean =>
  (task.state === 'ready' || task.state === 'claimed') &&
  (seen.length !== task.submissions.length || task.submissions.some(({ id }) => !seen.includes(id)));

/** The saves of a draft whose answers never came, with one more. */
export const withSave = (unanswered: readonly string[], saveId: string): readonly string[] =>
  [...unanswered.filter((id) => id !== saveId), saveId].slice(-UNANSWERED_MAX);

/** What the server made of a call. `gone`: the draft is no longer there. */
export type Verdict =
  | { readonly kind: 'done' | 'away' | 'signed-out' | 'conflict' | 'gone' }
  | { readonly kind: 'refused'; readonly code: string };

/** Null: it need not be kept any longer. */
export function afterVerdict(head: KeptHead, verdict: Verdict): KeptHead | null {
  switch (verdict.kind) {
    case 'done':
      return null;
    case 'away':
    case 'signed-out':
      return head.state.kind === 'saving' ? { ...head, state: { kind: 'to-save' } } : head;
    case 'conflict':
      return { ...head, state: { kind: 'conflict' } };
    case 'gone':
      // It goes on as a draft of its own.
      return { ...head, draft: { id: head.id, version: 0 }, state: { kind: 'to-save' } };
    case 'refused':
      return { ...head, state: { kind: isSending(head) ? 'not-sent' : 'not-saved', code: verdict.code } };
  }
}

/** Written earlier, by another page of this device, for what has been sent by now. */
export const isOutdatedBy = (head: KeptHead, sent: KeptHead): boolean =>
  head.id !== sent.id &&
  !isSending(head) &&
  head.keptAt <= sent.keptAt &&
  isOfForm(head, { scope: sent.scope, draftId: sent.draft.id, keptId: null });

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/** How long to wait after so many tries in a row that reached nobody. */
export const pauseMs = (failures: number): number => Math.min(FIRST_PAUSE_MS * 2 ** Math.max(0, failures - 1), LONGEST_PAUSE_MS);
