/** A person at the HTTP API, with a cookie jar: what the seed and the tests know of the product is what any client could know. */
import { SAMPLE_PASSWORD } from './seed/people.ts';

export interface Answer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** The API answered, and not with success. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly answer: Answer;

  constructor(request: string, answer: Answer) {
    super(`${request} answered ${answer.status}: ${JSON.stringify(answer.body)?.slice(0, 500)}`);
    this.answer = answer;
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface RequestOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 30_000;

export class ApiClient {
  readonly baseUrl: string;
  readonly #cookies = new Map<string, string>();

  constructor(baseUrl: string) {
    this.baseUrl = baseUrl;
  }

  /** What a browser would send back. */
  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async signIn(signInName: string, password: string = SAMPLE_PASSWORD): Promise<void> {
    await this.post('/api/auth/sign-in/username', { username: signInName, password });
  }

  async signOut(): Promise<void> {
    await this.post('/api/auth/sign-out', {});
  }

  /** The caller names what it expects; tests check what they care about. */
  get<T = unknown>(path: string): Promise<T> {
    return this.#successful<T>('GET', path);
  }

  post<T = unknown>(path: string, body: unknown): Promise<T> {
    return this.#successful<T>('POST', path, { body });
  }

  put<T = unknown>(path: string, body: unknown): Promise<T> {
    return this.#successful<T>('PUT', path, { body });
  }

  /** Any answer, also a refusal; throws only when there was none. */
  async request<T = unknown>(method: Method, path: string, options: RequestOptions = {}): Promise<Answer<T>> {
    const { body, headers = {}, timeoutMs = TIMEOUT_MS } = options;
    const isForm = body instanceof FormData;
    const response = await fetch(new URL(path, this.baseUrl), {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        origin: this.baseUrl,
        cookie: this.cookie,
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    this.#keepCookies(response.headers);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
    // The type is the caller's claim.
    return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as T };
  }

  async #successful<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
    const answer = await this.request<T>(method, path, options);
    if (answer.status < 200 || answer.status > 299) throw new ApiError(`${method} ${path}`, answer);
    return answer.body;
  }

  #keepCookies(headers: Headers): void {
    for (const cookie of headers.getSetCookie()) {
      const [pair = '', ...attributes] = cookie.split(';');
      const [name = '', ...value] = pair.split('=');
      const isRemoved = attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute));
      if (isRemoved) this.#cookies.delete(name.trim());
      else this.#cookies.set(name.trim(), value.join('='));
    }
  }
}
