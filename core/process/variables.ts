/** Variables of nested scopes: what an element sees, and where a value that it gives comes to stand. */
import type { Mapping } from '#core/bpmn/graph.ts';
import { evaluateFeel } from '#core/feel/evaluate.ts';
import type { Json, JsonObject } from '#core/json.ts';
import type { ElementKey } from './event.ts';
import { ActFailure } from './failure.ts';
import type { ElementInstance, ProcessState } from './state.ts';
import { emit, instanceOf, type Step } from './step.ts';

type Elements = ProcessState['elements'];

/** Everything visible from an element: the process scope first, nearer scopes over it. */
export function contextOf(elements: Elements, key: ElementKey): JsonObject {
  const scopes: JsonObject[] = [];
  for (let at: ElementInstance | undefined = elements[key]; at; at = at.scopeKey === null ? undefined : elements[at.scopeKey]) {
    // Most elements have no variable of their own: then nothing has to be put together.
    if (!isEmpty(at.variables)) scopes.push(at.variables);
  }
  const [only = {}] = scopes;
  return scopes.length < 2 ? only : Object.assign({}, ...scopes.reverse());
}

function isEmpty(variables: JsonObject): boolean {
  for (const _ in variables) return false;
  return true;
}

/** Sets each value where a variable of that name is declared, looking outwards from `key`; an unknown one in the process scope. */
export function propagate(step: Step, key: ElementKey, values: JsonObject): void {
  const perScope = new Map<ElementKey, Record<string, Json>>();
  for (const [name, value] of Object.entries(values)) {
    const scopeKey = declaringScope(step, key, name);
    const scoped = perScope.get(scopeKey) ?? {};
    scoped[name] = value;
    perScope.set(scopeKey, scoped);
  }
  for (const [scopeKey, scoped] of perScope) setVariables(step, scopeKey, scoped);
}

export function setVariables(step: Step, scopeKey: ElementKey, values: JsonObject): void {
  if (Object.keys(values).length > 0) emit(step, { type: 'variables.set', scopeKey, values });
}

function declaringScope(step: Step, key: ElementKey, name: string): ElementKey {
  let scope = instanceOf(step, key);
  while (scope.scopeKey !== null && !Object.hasOwn(scope.variables, name)) scope = instanceOf(step, scope.scopeKey);
  return scope.key;
}

export function evaluateIn(step: Step, context: JsonObject, source: string): Json {
  const result = evaluateFeel(source, context, { at: step.command.at, zone: step.command.zone });
  if (!result.ok) throw new ActFailure('expression-failed', result.message);
  return result.value;
}

export const evaluateAt = (step: Step, key: ElementKey, source: string): Json =>
  evaluateIn(step, contextOf(step.draft.elements, key), source);

export function textAt(step: Step, key: ElementKey, source: string): string {
  const value = evaluateAt(step, key, source);
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number') return String(value);
  throw new ActFailure('expression-failed', `"${source}" must give a text, but gives ${JSON.stringify(value)}.`);
}

/** Evaluates mappings in order; a later one sees what an earlier one has set. A target may be a path: `patient.age`. */
export function evaluateMappings(step: Step, key: ElementKey, mappings: readonly Mapping[]): JsonObject {
  const context: Record<string, Json> = { ...contextOf(step.draft.elements, key) };
  const values: Record<string, Json> = {};
  for (const { source, target } of mappings) {
    const [name = target, ...path] = target.split('.');
    const value = placed(context[name], path, evaluateIn(step, context, source));
    context[name] = value;
    values[name] = value;
  }
  return values;
}

function placed(current: Json | undefined, path: readonly string[], value: Json): Json {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const base: JsonObject = isObject(current) ? current : {};
  return { ...base, [name]: placed(base[name], rest, value) };
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
