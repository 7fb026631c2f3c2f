/** One request over the wire, within its time and size. Redirects are followed on the same host only. */
import http from 'node:http';
import https from 'node:https';
import { type AllowedHosts, type HostRefusal, PrivateAddressError } from '#engine/allowed-hosts.ts';
import { JobError } from '../jobs.ts';
import type { HttpRequest } from './request.ts';

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface CallLimits {
  readonly hosts: AllowedHosts;
  readonly responseBytesMax: number;
}

const REDIRECTS_MAX = 5;

export async function call(request: HttpRequest, limits: CallLimits): Promise<HttpResponse> {
  let url = request.url;
  for (let redirects = 0; ; redirects += 1) {
    const refusal = limits.hosts.refuse(url);
    if (refusal) throw hostError(url.hostname, refusal);
    const response = await exchange({ ...request, url }, limits);
    const next = nextUrl(request, url, response);
    if (!next) return response;
    if (redirects === REDIRECTS_MAX) throw new JobError(`${url.host} redirects more than ${REDIRECTS_MAX} times.`, { isFinal: true });
    url = next;
  }
}

/** Credentials and bodies are for whom the diagram names. */
function nextUrl({ method }: HttpRequest, url: URL, { status, headers }: HttpResponse): URL | null {
  if (status < 300 || status > 399 || status === 304) return null;
  const { location = '' } = headers;
  const next = URL.canParse(location, url) ? new URL(location, url) : null;
  if ((method === 'GET' || method === 'HEAD') && next?.origin === url.origin) return next;
  throw new JobError(
    `${url.host} answers ${status}, a redirect that is not followed. Put the final address into the input "url", and retry.`,
    {
      isFinal: true,
    },
  );
}

const HOST_WORDS: Readonly<Record<HostRefusal, string>> = {
  'not-listed': 'is not among the hosts that jobs may call. Add it to JOB_HTTP_HOSTS in the configuration of the worker, and retry.',
  'private-address':
    'leads into a private network. Add its address or range (such as 10.20.0.0/16) to JOB_HTTP_HOSTS in the configuration of the worker, and retry.',
};

const hostError = (host: string, refusal: HostRefusal): JobError => new JobError(`${host} ${HOST_WORDS[refusal]}`, { isFinal: true });

function exchange({ method, url, headers, body, connectMs, readMs }: HttpRequest, limits: CallLimits): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const length = body === null ? {} : { 'content-length': Buffer.byteLength(body) };
    const module = url.protocol === 'https:' ? https : http;
    // A connection for each call: none is kept that was checked for another.
    const sent = module.request(url, { method, headers: { ...headers, ...length }, agent: false, lookup: limits.hosts.lookup });
    const end = (error: Error): void => {
      sent.destroy();
      clearTimeout(timer);
      reject(error);
    };
    const inTime = (ms: number, what: string): NodeJS.Timeout =>
      setTimeout(() => end(new JobError(`${method} ${url.host}: no ${what} within ${ms / 1_000} s.`)), ms);
    let timer = inTime(connectMs, 'connection');
    sent.once('socket', (socket) =>
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
        clearTimeout(timer);
        timer = inTime(readMs, 'answer');
      }),
    );
    sent.once('error', (error) =>
      end(
        error instanceof PrivateAddressError
          ? hostError(url.hostname, 'private-address')
          : new JobError(`${method} ${url.host}: ${codeOf(error)}.`),
      ),
    );
    sent.once('response', (response) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      response.on('data', (part: Buffer) => {
        bytes += part.length;
        parts.push(part);
        if (bytes > limits.responseBytesMax) end(tooLong(url.host, limits.responseBytesMax));
      });
      response.once('error', (error) => end(new JobError(`${method} ${url.host}: ${codeOf(error)}.`)));
      response.once('end', () => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, headers: plainHeaders(response.headers), text: Buffer.concat(parts).toString('utf8') });
      });
    });
    sent.end(body ?? undefined);
  });
}

const tooLong = (host: string, bytesMax: number): JobError =>
  new JobError(`${host} answers more than ${bytesMax} bytes. Ask for less, or raise JOB_HTTP_RESPONSE_LIMIT_KB, and retry.`, {
    isFinal: true,
  });

/** The code alone: a message may quote what was sent. */
const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : error.name);

/** Without those that keep a session or a credential. */
const UNTOLD = new Set(['set-cookie', 'www-authenticate', 'proxy-authenticate', 'authorization']);

const plainHeaders = (headers: http.IncomingHttpHeaders): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || UNTOLD.has(name) ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
