/** Every "no" of the API, as the HTTP status and the `ErrorView` that it becomes. */
import type { InputRefusal, SubmitResult } from '#engine/door.ts';
import type { ErrorView } from './views.ts';

export type ErrorStatus = 400 | 401 | 404 | 409 | 413 | 415 | 422 | 429 | 503;

/** An answer other than success. It carries no health data: codes, ids and form issues only. */
export class ApiError extends Error {
  readonly status: ErrorStatus;
  readonly view: ErrorView;

  constructor(status: ErrorStatus, view: ErrorView) {
    super(view.code);
    this.name = 'ApiError';
    this.status = status;
    this.view = view;
  }
}

/** Also the answer to whoever may not know that a thing exists. */
export const notFound = (): ApiError => new ApiError(404, { code: 'not-found' });

/** Codes that say "somebody was faster" or "it moved on": a conflict, not a mistake. */
const CONFLICTS = new Set([
  'task-done',
  'unknown-task',
  'claimed-by-other',
  'already-claimed',
  'instance-ended',
  'form-moved-on',
  'draft-conflict',
  'unknown-effect',
  'unknown-element',
  'no-subscription',
]);

export function errorOf(result: Exclude<SubmitResult, { kind: 'accepted' }>): ApiError {
  switch (result.kind) {
    case 'refused':
      return refused(result.refusal);
    case 'not-found':
      return notFound();
    case 'command-reused':
      return new ApiError(409, { code: 'command-reused' });
    case 'stopped':
      return new ApiError(409, { code: 'instance-stopped' });
    case 'busy':
      return new ApiError(503, { code: 'busy' });
  }
}

export function refused(refusal: InputRefusal): ApiError {
  const { code, data, issues } = refusal;
  // Issues come from core's validation, whose shape the view repeats.
  return new ApiError(CONFLICTS.has(code) ? 409 : 422, {
    code,
    ...(data && { data }),
    ...(issues && { issues: issues as NonNullable<ErrorView['issues']> }),
  });
}
