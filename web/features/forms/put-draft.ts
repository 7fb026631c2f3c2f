import type { DraftSummary, DraftView } from '#api/views.ts';
import { ANSWER_WITHIN_MS, ApiError, call, isAway, send } from '#web/lib/api.ts';
import { reads } from '#web/lib/reads.ts';

/** Browsers let a request outlive its page only up to this size. */
const KEEPALIVE_MAX = 60_000;

export function putDraft(body: object, isLast: boolean): Promise<DraftSummary> {
  const keepalive = isLast && JSON.stringify(body).length <= KEEPALIVE_MAX;
  return send<DraftSummary>('PUT', '/api/drafts', body, { keepalive, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
}

type Found = { readonly kind: 'other'; readonly other: DraftView } | { readonly kind: 'gone' | 'unknown' };

/** After a refused save: the version of another page or device, or that the draft was thrown away. */
export async function whatLiesThere(error: unknown): Promise<Found> {
  if (!(error instanceof ApiError) || error.view.code !== 'draft-conflict') return { kind: 'unknown' };
  const id = error.view.data?.id;
  if (typeof id !== 'string') return { kind: 'gone' };
  return call<DraftView>(reads.draft(id).path).then(
    (other) => ({ kind: 'other', other }),
    () => ({ kind: 'unknown' }),
  );
}

/** How a save failed whose answers are kept on this device. */
export const whyNotSaved = (error: unknown): 'kept' | 'signed-out' | 'failed' =>
  isAway(error) ? 'kept' : error instanceof ApiError && error.status === 401 ? 'signed-out' : 'failed';
