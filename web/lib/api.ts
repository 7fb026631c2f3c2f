/** The browser's way to the API. One place turns an answer into data or an `ApiError`. */
import { type ErrorView, SIGNED_IN_AS_HEADER } from '#api/views.ts';

export class ApiError extends Error {
  readonly status: number;
  readonly view: ErrorView;
  constructor(status: number, view: ErrorView) {
    super(`${status} ${view.code}`);
    this.name = 'ApiError';
    this.status = status;
    this.view = view;
  }
}

/** Nothing was changed, or nobody knows for want of an answer: the same call may succeed later. */
export const isTemporary = (error: unknown): boolean =>
  !(error instanceof ApiError) || error.status === UNREACHED || error.status === 429 || error.status >= 500;

/** The status of an answer that never came. */
const UNREACHED = 0;

/** A connection that swallows everything is none. */
export const ANSWER_WITHIN_MS = 20_000;

const AWAY: ReadonlySet<number> = new Set([UNREACHED, 429, 502, 503, 504]);

/** Nobody who could have decided was reached. */
export const isAway = (error: unknown): boolean => !(error instanceof ApiError) || AWAY.has(error.status);

let signedInAs: string | null = null;

/** As whom this page was opened: the server refuses what it still sends once somebody else has signed in. Browser only. */
export function actAs(personId: string): void {
  signedInAs = personId;
}

export async function call<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  const headers = new Headers(init.headers);
  if (signedInAs !== null) headers.set(SIGNED_IN_AS_HEADER, signedInAs);
  const response = await fetch(path, { credentials: 'same-origin', ...init, headers }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError(UNREACHED, { code: 'offline' });
  });
  if (!response.ok) throw await errorOf(response);
  // The shape is the contract in api/views.ts; the server builds it from the same types.
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

export const send = <Answer>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, init: RequestInit = {}): Promise<Answer> =>
  call<Answer>(path, {
    ...init,
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });

async function errorOf(response: Response): Promise<ApiError> {
  return new ApiError(response.status, viewFrom(await response.json().catch(() => null), response.status));
}

/** What a refusal says; a proxy's or the sign-in library's own words are replaced by a code of ours. */
export const viewFrom = (body: unknown, status: number): ErrorView => (isErrorView(body) ? body : { code: codeOfStatus(status) });

const isErrorView = (body: unknown): body is ErrorView =>
  typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string';

const codeOfStatus = (status: number): string =>
  status === 401
    ? 'signed-out'
    : status === 404
      ? 'not-found'
      : status === 429
        ? 'too-many'
        : status === 503
          ? 'unavailable'
          : 'unexpected';
