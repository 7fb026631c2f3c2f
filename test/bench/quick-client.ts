/**
 * A signed-in person for measuring: the same requests as `ApiClient`, sent by Node's plain HTTP client, because `fetch` would take
 * as much of the machine as the product does.
 */
import http from 'node:http';
import { ApiClient, ApiError } from '#bin/api-client.ts';

export class QuickClient {
  readonly #base: URL;
  readonly #cookie: string;
  readonly #agent = new http.Agent({ keepAlive: true });

  private constructor(base: URL, cookie: string) {
    this.#base = base;
    this.#cookie = cookie;
  }

  static async signIn(baseUrl: string, signInName: string): Promise<QuickClient> {
    const client = new ApiClient(baseUrl);
    await client.signIn(signInName);
    return new QuickClient(new URL(baseUrl), client.cookie);
  }

  get = <T>(path: string): Promise<T> => this.#request<T>('GET', path);
  post = <T>(path: string, body: unknown): Promise<T> => this.#request<T>('POST', path, JSON.stringify(body));

  #request<T>(method: string, path: string, body?: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const request = http.request(
        {
          host: this.#base.hostname,
          port: this.#base.port,
          agent: this.#agent,
          method,
          path,
          headers: {
            cookie: this.#cookie,
            origin: this.#base.origin,
            ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.once('error', reject);
          response.once('end', () => {
            const status = response.statusCode ?? 0;
            const answer = JSON.parse(Buffer.concat(chunks).toString('utf8')) as T;
            if (status >= 200 && status <= 299) resolve(answer);
            else reject(new ApiError(`${method} ${path}`, { status, headers: new Headers(), body: answer }));
          });
        },
      );
      request.once('error', reject);
      request.end(body);
    });
  }
}
