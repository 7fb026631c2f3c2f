/** The browser's way to the API. One place turns an answer into data or an `ApiError`. */
import type { ErrorView } from '#api/views.ts';

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

/** Nothing was changed and the same call may succeed later. */
export const isTemporary = (error: unknown): boolean =>
  !(error instanceof ApiError) || error.status === 429 || error.status === 503 || error.status >= 500;

export async function call<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(path, { credentials: 'same-origin', ...init }).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError(0, { code: 'offline' });
  });
  if (!response.ok) throw await errorOf(response);
  // The shape is the contract in api/views.ts; the server builds it from the same types.
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

export const send = <Answer>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Answer> =>
  call<Answer>(path, {
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
