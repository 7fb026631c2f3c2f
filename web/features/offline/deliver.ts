import type { CommandAnswer, DraftSummary, TaskView } from '#api/views.ts';
import { ApiError, isAway, type send } from '#web/lib/api.ts';
import {
  afterVerdict,
  commandOf,
  hasMovedOn,
  isOutdatedBy,
  isSending,
  isWaiting,
  type KeptContent,
  type KeptHead,
  type Verdict,
  withSave,
} from './kept.ts';
import type { KeptAnswers, Sent } from './kept-answers.ts';

/** How the server is reached, and which forms are left to the page that has them open. */
export interface Delivery {
  readonly kept: Pick<KeptAnswers, 'list' | 'read' | 'hold' | 'change' | 'drop' | 'tellSent'>;
  readonly send: typeof send;
  readonly readTask: (instanceId: string, taskId: string) => Promise<TaskView>;
  readonly isOpen: (head: KeptHead) => boolean;
}

export interface Delivered {
  /** Nobody was reached, or nobody is signed in: what is left waits. */
  readonly end: 'done' | 'away' | 'signed-out';
  readonly saved: readonly KeptHead[];
  readonly sent: readonly Sent[];
  readonly refused: readonly KeptHead[];
}

/** Brings what waits to the server, one after the other, the oldest first. */
export async function deliver(delivery: Delivery): Promise<Delivered> {
  const { kept, isOpen } = delivery;
  const saved: KeptHead[] = [];
  const sent: Sent[] = [];
  const refused: KeptHead[] = [];
  for (const listed of await kept.list()) {
    if (!isWaiting(listed) || (!isSending(listed) && isOpen(listed))) continue;
    const release = await kept.hold(listed.id);
    if (release === null) continue;
    try {
      const { verdict, head, next, sent: gone } = await bring(delivery, listed);
      if (verdict.kind === 'away' || verdict.kind === 'signed-out') return { end: verdict.kind, saved, sent, refused };
      if (gone) sent.push(gone);
      else if (verdict.kind === 'done') saved.push(head);
      else if (next && !isWaiting(next)) refused.push(next);
    } finally {
      release();
    }
  }
  return { end: 'done', saved, sent, refused };
}

async function bring(delivery: Delivery, listed: KeptHead): Promise<Result & { readonly head: KeptHead; readonly next: KeptHead | null }> {
  const { kept } = delivery;
  const found = await kept.read(listed.id).catch((error: unknown) => verdictOf(error));
  if (found && 'kind' in found) return { verdict: found, head: listed, next: listed };
  // Another page may have been here since the list was read.
  if (found === null || !isWaiting(found.head)) return { verdict: { kind: 'gone' }, head: listed, next: null };
  const { head, content } = found;
  const { state } = head;
  const result =
    state.kind === 'to-send' ? await sendOne(delivery, head, content, state.commandId) : await saveOne(delivery, head, content);
  const next = afterVerdict(head, result.verdict);
  if (result.sent) kept.tellSent(result.sent);
  if (next) await kept.change(next);
  else await kept.drop([head.id]);
  if (result.sent) await kept.drop((await kept.list()).filter((each) => isOutdatedBy(each, head)).map(({ id }) => id));
  return { ...result, head, next };
}

interface Result {
  readonly verdict: Verdict;
  readonly sent?: Sent;
}

async function saveOne(
  { send }: Delivery,
  { id, scope, draft, formHash }: KeptHead,
  { response, unanswered }: KeptContent,
): Promise<Result> {
  // Named alike at every try: also of these an answer may be lost.
  const body = { ...draft, scope, formHash, saveId: id, unanswered: withSave(unanswered, id), response };
  return send<DraftSummary>('PUT', '/api/drafts', body).then(
    () => ({ verdict: { kind: 'done' } }),
    (error: unknown) => ({ verdict: verdictOf(error) }),
  );
}

async function sendOne({ send, readTask }: Delivery, head: KeptHead, content: KeptContent, commandId: string): Promise<Result> {
  const { sending } = content;
  if (sending === null) throw new Error('What is to be sent says how.');
  const { path, method = 'POST', body } = commandOf(head, content);
  try {
    if (head.scope.kind === 'task' && sending.kind === 'complete') {
      const task = await readTask(head.scope.instanceId, head.scope.taskId);
      if (hasMovedOn(sending.seen, task)) return { verdict: { kind: 'refused', code: 'moved-on' } };
    }
    const answer = await send<CommandAnswer>(method, path, { commandId, ...body });
    return { verdict: { kind: 'done' }, sent: { head, sending, answer } };
  } catch (error) {
    return { verdict: verdictOf(error) };
  }
}

export function verdictOf(error: unknown): Verdict {
  if (!(error instanceof ApiError) || isAway(error)) return { kind: 'away' };
  if (error.status === 401) return { kind: 'signed-out' };
  const { code, data } = error.view;
  if (code === 'draft-conflict') return { kind: data?.id === undefined ? 'gone' : 'conflict' };
  return { kind: 'refused', code };
}
