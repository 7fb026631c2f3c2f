/** Where the interpreter stopped because an expression has no value yet: the ways in which it can go on. */
import type { Domains } from '#core/bpmn/domain.ts';
import type { GraphElement, ProcessGraph, SequenceFlow } from '#core/bpmn/graph.ts';
import { holds, type Predicate, predicateOf } from '#core/bpmn/predicate.ts';
import type { Json, JsonObject } from '#core/json.ts';
import type { ElementInstance, IncidentState, ProcessState } from '../state.ts';
import { contextOf } from '../variables.ts';
import { AGAIN, ENOUGH, IS_PROBED, ITEMS, PROBED, ROUNDS, takeName, throwsName } from './abstract-graph.ts';
import type { Choice } from './move.ts';
import { UNKNOWN, valueAt } from './values.ts';

export interface Choosing {
  /** The graph as it was drawn. */
  readonly graph: ProcessGraph;
  readonly domains: Domains;
}

/** Null where nothing is left to be chosen. */
export function choicesIn(choosing: Choosing, state: ProcessState): readonly Choice[] | null {
  for (const incident of Object.values(state.incidents)) {
    const choices = choicesFor(choosing, state, incident);
    if (choices) return choices;
  }
  return null;
}

function choicesFor(choosing: Choosing, state: ProcessState, incident: IncidentState): readonly Choice[] | null {
  const { key, elementId, incidentId, code, stage } = incident;
  const element = choosing.graph.elements[elementId];
  const instance = state.elements[key];
  if (!element || !instance) return null;
  const choice = (kind: Choice['kind'], answers: JsonObject, more: Partial<Choice> = {}): Choice => ({
    kind,
    elementId,
    key,
    incidentId,
    known: {},
    flowIds: [],
    isGuess: false,
    ...more,
    answers,
  });
  if (code === 'multi-instance-invalid')
    return countsOf(element).map((count) => choice('instances', { [ITEMS]: Array.from({ length: count }, () => null) }));
  if (code === 'expression-failed' && stage === 'open') return [choice('probe', { [PROBED]: IS_PROBED })];
  if (code !== 'condition-not-boolean') return null;
  const asked = askedBy(element, instance, stage);
  if (asked.length > 0 && instance.rounds === undefined)
    return truths(asked).map((answers) => choice('enough', answers, { isGuess: true }));
  const context = contextOf(state.elements, key);
  // A standard loop is asked again about its next round when the way out of it could not be told, so it hears both at once.
  const again = truths(asked).map((answers) => (instance.rounds === undefined ? answers : { ...answers, [ROUNDS]: instance.rounds }));
  return waysOut(choosing, element, context).flatMap(({ taken, known, isGuess }) => {
    const answers = Object.fromEntries(taken.map(({ flow, holds: isTaken }) => [takeName(flow, choosing.graph), isTaken]));
    const chosen = taken.filter(({ holds: isTaken }) => isTaken).map(({ flow }) => flow.id);
    const flowIds = chosen.length > 0 || !('defaultFlow' in element) ? chosen : [element.defaultFlow ?? []].flat();
    return again.map((more) => choice('flows', { ...answers, ...more }, { known, flowIds, isGuess: isGuess || asked.length > 0 }));
  });
}

/** Questions of loops and ad-hoc sub-processes: whether they go on, and what their instances throw. */
function askedBy(element: GraphElement, { loopIndex, elementType }: ElementInstance, stage: IncidentState['stage']): readonly string[] {
  if (elementType === 'standardLoopBody') return [AGAIN];
  if (elementType === 'adHocSubProcess' && stage === 'close') return [ENOUGH];
  const loop = 'multiInstance' in element ? element.multiInstance : undefined;
  if (loopIndex === undefined || !loop) return [];
  const thrown = loop.behavior?.kind === 'complex' ? loop.behavior.definitions.map((_, index) => throwsName(index)) : [];
  return [...(loop.completionCondition === undefined ? [] : [ENOUGH]), ...thrown];
}

const truths = (names: readonly string[]): readonly JsonObject[] =>
  names.reduce<readonly JsonObject[]>(
    (all, name) => all.flatMap((known) => [false, true].map((value) => ({ ...known, [name]: value }))),
    [{}],
  );

/** How many instances a loop may have: none, one, and several of which two say everything. */
function countsOf(element: GraphElement): readonly number[] {
  const loop = 'multiInstance' in element ? element.multiInstance : undefined;
  const count = loop?.cardinality !== undefined ? Number(loop.cardinality) : lengthOf(loop?.inputCollection ?? '');
  return Number.isInteger(count) ? [Math.min(count, 2)] : [0, 1, 2];
}

function lengthOf(source: string): number {
  try {
    const value: unknown = JSON.parse(source);
    return Array.isArray(value) ? value.length : Number.NaN;
  } catch {
    return Number.NaN;
  }
}

interface Way {
  readonly taken: readonly { readonly flow: SequenceFlow; readonly holds: boolean }[];
  readonly known: Readonly<Record<string, Json>>;
  readonly isGuess: boolean;
}

/** A gateway with more open questions than this is not asked for every combination. */
const COMBINATIONS_MAX = 256;

function waysOut({ graph, domains }: Choosing, element: GraphElement, context: JsonObject): readonly Way[] {
  const defaultFlow = 'defaultFlow' in element ? element.defaultFlow : undefined;
  const flows = element.outgoing
    .flatMap((id) => graph.flows[id] ?? [])
    .filter(({ id, condition }) => condition !== undefined && id !== defaultFlow);
  const predicates = flows.map(({ condition = 'true' }) => predicateOf(condition));
  const open = openQuestions(predicates, domains, context);
  const ways = new Map<string, Way>();
  for (const answers of combinations(open)) {
    const value =
      (predicate: number) =>
      (name: string): Json => {
        const asked = answers.get(`${predicate} ${name}`) ?? answers.get(name);
        return asked === undefined ? valueAt(context, name.split('.')) : asked;
      };
    const held = predicates.map((predicate, index) => holds(predicate, value(index)) === true);
    const first = held.indexOf(true);
    // After the first that holds, an exclusive gateway asks no more.
    const taken = flows.map((flow, index) => ({
      flow,
      holds: (held[index] ?? false) && (element.elementType !== 'exclusiveGateway' || index === first),
    }));
    const known = Object.fromEntries([...answers].filter(([name]) => !name.includes(' ')));
    const isGuess = predicates.some(({ opaque }) => opaque.length > 0);
    const id = JSON.stringify([taken.map(({ holds: isTaken }) => isTaken), known]);
    if (!ways.has(id)) ways.set(id, { taken, known, isGuess });
  }
  return [...ways.values()];
}

/** Paths whose value is not known, and the parts of each condition that nobody understands; with what may come of them. */
function openQuestions(predicates: readonly Predicate[], domains: Domains, context: JsonObject): ReadonlyMap<string, readonly Json[]> {
  const open = new Map<string, readonly Json[]>();
  for (const [index, { paths, opaque }] of predicates.entries()) {
    for (const path of paths) {
      if (valueAt(context, path.split('.')) === UNKNOWN) open.set(path, domains.get(path)?.values ?? [null]);
    }
    for (const name of opaque) open.set(`${index} ${name}`, [false, true]);
  }
  return open;
}

function* combinations(open: ReadonlyMap<string, readonly Json[]>): Generator<ReadonlyMap<string, Json>> {
  const entries = [...open];
  const total = Math.min(
    entries.reduce((product, [, values]) => product * values.length, 1),
    COMBINATIONS_MAX,
  );
  for (let number = 0; number < total; number += 1) {
    let rest = number;
    const answers = new Map<string, Json>();
    for (const [name, values] of entries) {
      answers.set(name, values[rest % values.length] ?? null);
      rest = Math.floor(rest / values.length);
    }
    yield answers;
  }
}
