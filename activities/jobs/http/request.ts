/** The inputs of an HTTP job as the request that they ask for, or a failure that says which input to mend. */
import { HTTP_METHODS, type HttpInput, type HttpMethod, httpSeconds } from '#core/bpmn/http-job.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { type Job, JobError } from '../jobs.ts';
import type { CallSecrets } from './secrets.ts';

export interface HttpRequest {
  readonly method: HttpMethod;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly connectMs: number;
  readonly readMs: number;
}

/** Set by us or by the connection. */
const RESERVED = new Set(['host', 'content-length', 'transfer-encoding', 'connection', 'accept-encoding', 'idempotency-key']);

export function requestOf(job: Pick<Job, 'instanceId' | 'effectId' | 'variables' | 'secrets'>, secrets: CallSecrets): HttpRequest {
  const input = (name: HttpInput): Json => secrets.into(job.variables[name] ?? null, job.secrets[name] ?? []);
  const method = methodOf(input('method'));
  const url = urlOf(input('url'));
  for (const [name, value] of Object.entries(objectOf('queryParameters', input('queryParameters')))) appendQuery(url, name, value);
  const headers = headersOf(input('headers'));
  authenticate({ given: objectOf('authentication', input('authentication')), url, headers, secrets });
  const body = bodyOf(method, input('body'), headers);
  headers['accept-encoding'] = 'identity';
  headers.accept ??= 'application/json';
  // The other side can tell a second attempt from a second call (draft-ietf-httpapi-idempotency-key-header).
  headers['idempotency-key'] = `${job.instanceId}:${job.effectId}`;
  const { connect, read } = httpSeconds(job.variables);
  return { method, url, headers, body, connectMs: connect * 1_000, readMs: read * 1_000 };
}

const broken = (text: string): JobError => new JobError(`${text} Mend the element's input mapping, and retry.`, { isFinal: true });

function methodOf(value: Json): HttpMethod {
  const given = value === null ? 'GET' : String(value).toUpperCase();
  const method = HTTP_METHODS.find((known) => known === given);
  if (!method) throw broken(`The input "method" must be one of ${HTTP_METHODS.join(', ')}.`);
  return method;
}

function urlOf(value: Json): URL {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw broken('The input "url" must give an address with http or https.');
  if (url.username !== '' || url.password !== '') throw broken('The input "url" must not hold a password. Use "authentication".');
  return url;
}

function objectOf(name: HttpInput, value: Json): JsonObject {
  if (value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw broken(`The input "${name}" must be a context.`);
  return value as JsonObject;
}

function appendQuery(url: URL, name: string, value: Json): void {
  for (const each of Array.isArray(value) ? value : [value]) if (each !== null) url.searchParams.append(name, textOf(each));
}

function headersOf(value: Json): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, inner] of Object.entries(objectOf('headers', value))) {
    const key = name.toLowerCase();
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(key) || RESERVED.has(key)) throw broken(`The header "${name}" cannot be set.`);
    const text = inner === null ? '' : textOf(inner);
    if (/[^\t\x20-\x7e\x80-\xff]/.test(text)) throw broken(`The header "${name}" holds what a header cannot.`);
    headers[key] = text;
  }
  return headers;
}

interface Authenticating {
  readonly given: JsonObject;
  readonly url: URL;
  readonly headers: Record<string, string>;
  readonly secrets: CallSecrets;
}

/** The kinds of Camunda's REST connector that need no call of their own. */
function authenticate({ given, url, headers, secrets }: Authenticating): void {
  const text = (name: string): string => {
    const value = given[name];
    if (typeof value !== 'string' || value === '') throw broken(`The input "authentication.${name}" is missing.`);
    return value;
  };
  switch (given.type ?? 'noAuth') {
    case 'none':
    case 'noAuth':
      return;
    case 'basic': {
      const pair = `${text('username')}:${text('password')}`;
      secrets.hide(pair);
      headers.authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
      return;
    }
    case 'bearer':
      headers.authorization = `Bearer ${text('token')}`;
      return;
    case 'apiKey':
      if (given.apiKeyLocation === 'query') url.searchParams.append(text('name'), text('value'));
      else headers[text('name').toLowerCase()] = text('value');
      return;
    default:
      throw broken('The input "authentication.type" must be none, basic, bearer or apiKey.');
  }
}

function bodyOf(method: HttpMethod, value: Json, headers: Record<string, string>): string | null {
  if (value === null || method === 'GET' || method === 'HEAD') return null;
  if (typeof value === 'string') {
    headers['content-type'] ??= 'text/plain; charset=utf-8';
    return value;
  }
  headers['content-type'] ??= 'application/json';
  return JSON.stringify(value);
}

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
