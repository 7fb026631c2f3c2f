/**
 * HTTP calls declared in a diagram: the job type `http`, with the input names of Camunda's REST connector, so that its element template
 * makes them. What of them the workflow and the checker must know; the call itself is `activities/jobs/http/`.
 */
import type { Json, JsonObject } from '#core/json.ts';
import type { GraphElement } from './graph.ts';

/** Ours, and the type that Camunda's element template writes. */
export const HTTP_JOB_TYPES: readonly string[] = ['http', 'io.camunda:http-json:1'];

export const isHttpJob = (jobType: string): boolean => HTTP_JOB_TYPES.includes(jobType);

/** Inputs that the call reads; others of the element are for its expressions only. */
export const HTTP_INPUTS = [
  'method',
  'url',
  'headers',
  'queryParameters',
  'body',
  'authentication',
  'connectionTimeoutInSeconds',
  'readTimeoutInSeconds',
] as const;
export type HttpInput = (typeof HTTP_INPUTS)[number];

export const HTTP_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const;
export type HttpMethod = (typeof HTTP_METHODS)[number];

/** Only what the element itself maps: a variable of the process that happens to be called `url` is none of the call's. */
export function httpVariables(element: GraphElement | undefined, variables: JsonObject): JsonObject {
  const mapped = new Set((element?.inputs ?? []).map(({ target }) => target.split('.')[0]));
  return Object.fromEntries(HTTP_INPUTS.flatMap((name) => (mapped.has(name) ? [[name, variables[name] ?? null]] : [])));
}

const SECONDS_DEFAULT = 20;
/** Longer work belongs to a remote worker. */
export const HTTP_SECONDS_MAX = 300;

export function httpSeconds(variables: JsonObject): { readonly connect: number; readonly read: number } {
  return { connect: seconds(variables.connectionTimeoutInSeconds), read: seconds(variables.readTimeoutInSeconds) };
}

function seconds(value: Json | undefined): number {
  const given = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof given !== 'number' || !Number.isFinite(given) || given <= 0) return SECONDS_DEFAULT;
  return Math.min(given, HTTP_SECONDS_MAX);
}

const SECRET = /\{\{\s*secrets\.([A-Za-z0-9_]+)\s*\}\}/g;

/** The names of the secrets that a text asks for. */
export const secretNamesIn = (text: string): readonly string[] => [...new Set([...text.matchAll(SECRET)].map(([, name]) => name ?? ''))];

/** Puts secrets into a text; `find` says what stands for a name, and null leaves the text as it is. */
export const withSecrets = (text: string, find: (name: string) => string | null): string =>
  text.replaceAll(SECRET, (asked, name: string) => find(name) ?? asked);

/**
 * Input → the secrets that the diagram itself writes there. Only these are put in, and only there: what a person types into a form may
 * look like a secret's name, and must not become one.
 */
export function secretNamesOf(element: GraphElement | undefined): Readonly<Record<string, readonly string[]>> {
  const names: Record<string, readonly string[]> = {};
  for (const { source, target } of element?.inputs ?? []) {
    const [input = target] = target.split('.');
    const found = secretNamesIn(source);
    if (found.length > 0) names[input] = [...new Set([...(names[input] ?? []), ...found])];
  }
  return names;
}
