/** What an answer, or its absence, means for the job: the variables of its result, an error of the diagram, or a failure. */
import { evaluateFeel } from '#core/feel/evaluate.ts';
import { ANY, BuiltIn, form, mayTake, take } from '#core/feel/functions/define.ts';
import type { Json, JsonObject } from '#core/json.ts';
import { readDuration } from '#core/process/time.ts';
import { BpmnError, type Job, JobError } from '../jobs.ts';
import type { HttpResponse } from './call.ts';

export interface Answered {
  readonly host: string;
  readonly now: Date;
  readonly response: HttpResponse | null;
  /** Set where there was no answer, or one that is no success. */
  readonly failure: JobError | null;
}

type Headers = Job['headers'];

/** Throws `BpmnError` or `JobError`. */
export function outcomeOf(headers: Headers, { host, now, response, failure }: Answered): JsonObject {
  const heard = response && responseOf(host, response, failure !== null);
  const error = failure && { code: String(response?.status ?? 'no-answer'), message: failure.message };
  const context: JsonObject = { response: heard, error };
  throwDeclared(headers.errorExpression, context, now);
  if (failure) throw failure;
  return {
    ...(headers.resultVariable ? { [headers.resultVariable]: heard } : {}),
    ...(headers.resultExpression ? resultOf(headers.resultExpression, context, now) : {}),
  };
}

function responseOf(host: string, { status, headers, text }: HttpResponse, isFailure: boolean): JsonObject {
  const type = headers['content-type'] ?? '';
  if (text === '') return { status, headers, body: null };
  if (!/\bjson\b/i.test(type)) return { status, headers, body: /^text\/|\bxml\b|urlencoded/i.test(type) ? text : null };
  try {
    return { status, headers, body: JSON.parse(text) as Json };
  } catch {
    if (isFailure) return { status, headers, body: null };
    throw new JobError(`${host} says that it answers JSON, but does not.`);
  }
}

/** 2xx is success. Whoever asked wrongly would ask wrongly again; time-outs, overload and faults of the other side pass (RFC 9110, 15). */
export function failureOfStatus(host: string, { status, headers }: HttpResponse, now: Date): JobError | null {
  if (status >= 200 && status <= 299) return null;
  const mayPass = status >= 500 || status === 408 || status === 425 || status === 429;
  const retryAfterMs = mayPass ? retryAfter(headers['retry-after'], now) : undefined;
  const mend = mayPass ? 'See whether that system works, and retry.' : 'Mend what is asked or the credentials, and retry.';
  return new JobError(`${host} answers ${status}. ${mend}`, { isFinal: !mayPass, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
}

const RETRY_AFTER_MS_MAX = 3_600_000;

/** Seconds or a date (RFC 9110, 10.2.3). */
function retryAfter(value: string | undefined, now: Date): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1_000 : Date.parse(value) - now.getTime();
  return Number.isNaN(ms) || ms < 0 ? undefined : Math.min(ms, RETRY_AFTER_MS_MAX);
}

function resultOf(source: string, context: JsonObject, now: Date): JsonObject {
  const value = evaluated('resultExpression', source, context, now);
  if (!isContext(value)) throw expressionError('resultExpression', 'must give a context whose entries become variables');
  return value;
}

/** Camunda's two functions, for diagrams that its modeler made. */
const FUNCTIONS = {
  bpmnError: new BuiltIn('bpmnError', [
    form([take('code', ANY), mayTake('message', ANY), mayTake('variables', ANY)], ([code, message = null, variables = null]) => ({
      code,
      message,
      variables,
    })),
  ]),
  jobError: new BuiltIn('jobError', [
    form(
      [take('message', ANY), mayTake('variables', ANY), mayTake('retries', ANY), mayTake('backoff', ANY)],
      ([message, variables = null, retries = null, retryBackoff = null]) => ({
        isJobError: true,
        message,
        variables,
        retries,
        retryBackoff,
      }),
    ),
  ]),
};

function throwDeclared(source: string | undefined, context: JsonObject, now: Date): void {
  if (source === undefined || source === '') return;
  const value = evaluated('errorExpression', source, context, now);
  if (value === null) return;
  if (!isContext(value)) throw expressionError('errorExpression', 'must give null, bpmnError(…), jobError(…) or a context with a code');
  const { code, message, variables = null } = value;
  if (value.isJobError === true) throw declaredFailure(value);
  if (typeof code !== 'string' || code === '') throw expressionError('errorExpression', 'must give a code that is a text');
  // A declared message is for whoever catches the error.
  throw new BpmnError(code, {
    ...(typeof message === 'string' ? { errorMessage: message } : {}),
    ...(isContext(variables) ? variables : {}),
  });
}

function declaredFailure({ message, retries = null, retryBackoff = null }: JsonObject): JobError {
  const duration = typeof retryBackoff === 'string' ? readDuration(retryBackoff) : null;
  return new JobError(typeof message === 'string' ? message : 'The error expression calls it a failure.', {
    isFinal: retries === 0,
    ...(duration ? { retryAfterMs: duration.ms } : {}),
  });
}

function evaluated(header: string, text: string, context: JsonObject, now: Date): Json {
  const result = evaluateFeel(text.trim().replace(/^=/, ''), { ...FUNCTIONS, ...context }, { at: now.toISOString(), zone: 'UTC' });
  // Without its words: they may quote the answer.
  if (!result.ok) throw expressionError(header, 'cannot be evaluated');
  return result.value;
}

const expressionError = (header: string, what: string): JobError =>
  new JobError(`The header "${header}" ${what}. Mend it in the diagram, and retry.`, { isFinal: true });

const isContext = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
