/** A person at the HTTP API of this process, with a cookie jar: requests go to the handler itself, not over a port. */
import { handleApi } from '#api/http.ts';
import { personOf, SAMPLE_PASSWORD } from '#bin/seed/people.ts';

export interface CallerAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed where it is JSON; the test says what it expects of it. */
  // biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the test is about.
  readonly body: any;
  readonly text: string;
}

export interface CallOptions {
  /** Sent as JSON; text and forms as they are. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export class ApiCaller {
  readonly #baseUrl: string;
  readonly #cookies = new Map<string, string>();

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  async signIn(personId: string, password: string = SAMPLE_PASSWORD): Promise<CallerAnswer> {
    const { signInName } = personOf(personId);
    return this.request('POST', '/api/auth/sign-in/username', { body: { username: signInName, password } });
  }

  get = (path: string): Promise<CallerAnswer> => this.request('GET', path);
  post = (path: string, body: unknown): Promise<CallerAnswer> => this.request('POST', path, { body });
  put = (path: string, body: unknown): Promise<CallerAnswer> => this.request('PUT', path, { body });
  delete = (path: string): Promise<CallerAnswer> => this.request('DELETE', path);

  async request(method: Method, path: string, { body, headers = {} }: CallOptions = {}): Promise<CallerAnswer> {
    const isPlain = typeof body === 'string' || body instanceof FormData;
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const request = new Request(new URL(path, this.#baseUrl), {
      method,
      headers: {
        host: new URL(this.#baseUrl).host,
        origin: this.#baseUrl,
        ...(cookie && { cookie }),
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isPlain ? body : JSON.stringify(body) }),
    });
    const response = await handleApi(request);
    for (const set of response.headers.getSetCookie()) this.#keep(set);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : text };
  }

  #keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split(';');
    const [name = '', ...value] = pair.split('=');
    if (attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute))) this.#cookies.delete(name.trim());
    else this.#cookies.set(name.trim(), value.join('='));
  }
}
