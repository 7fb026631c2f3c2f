/**
 * Which variables still matter: those that a condition on some way onward compares with a constant, before they are set anew. What
 * nobody will ask for any more does not tell two states apart.
 */
import { computedBy, isCopy } from '#core/bpmn/domain.ts';
import { type GraphElement, isScope, type ProcessGraph } from '#core/bpmn/graph.ts';
import { predicateOf } from '#core/bpmn/predicate.ts';
import type { Json } from '#core/json.ts';
import { elementOfNode, endOf, entriesOf, type FlowNet } from './flow-net.ts';
import { rootOf } from './sources.ts';

/** What will be asked of a variable: by its dotted path, and the names on it. */
export interface Demand {
  readonly names: readonly string[];
  /** The constants that it will be compared with. */
  readonly constants: ReadonlySet<Json>;
}

export type Live = ReadonlyMap<string, Demand>;

export interface Liveness {
  /** What matters as long as these elements live, or tokens lie before them. */
  readonly atAll: (elementIds: readonly string[]) => Live;
}

interface Question {
  readonly path: string;
  readonly constant: Json;
}

/** `probed`: element → variables of which it is asked, on entering it, whether they are there. */
export function livenessOf(graph: ProcessGraph, net: FlowNet, probed: ReadonlyMap<string, readonly string[]> = new Map()): Liveness {
  const { questions, numberOf } = catalogue();
  const asks = new Map(Object.values(graph.elements).map((element) => [element.id, askedBy(graph, element, numberOf)]));
  const probes = new Map([...probed].map(([id, roots]) => [id, roots.map((path) => numberOf({ path, constant: null }))]));
  const entering = settle(graph, net, { asks, probes, overwrites: overwritesOf(graph), questions, numberOf });
  const living = new Map<string, Live>();
  return {
    atAll: (elementIds) => {
      const place = elementIds.join();
      const found =
        living.get(place) ??
        gathered(
          questions,
          elementIds.flatMap((elementId) => restingAt(graph, entering, elementId)),
        );
      living.set(place, found);
      return found;
    },
  };
}

type NumberOf = (question: Question) => number;

function catalogue(): { readonly questions: readonly Question[]; readonly numberOf: NumberOf } {
  const questions: Question[] = [];
  const numbers = new Map<string, number>();
  return {
    questions,
    numberOf: (question) => {
      const key = `${question.path} ${JSON.stringify(question.constant)}`;
      const number = numbers.get(key) ?? questions.push(question) - 1;
      numbers.set(key, number);
      return number;
    },
  };
}

function askedBy(graph: ProcessGraph, element: GraphElement, numberOf: NumberOf): ReadonlySet<number> {
  const asked = new Set<number>();
  for (const flowId of element.outgoing) {
    const { condition } = graph.flows[flowId] ?? {};
    if (condition === undefined) continue;
    for (const [path, constants] of Object.entries(predicateOf(condition).constants)) {
      for (const constant of constants) asked.add(numberOf({ path, constant }));
    }
  }
  return asked;
}

/** Roots that an element always sets anew when it completes. A variable that also lives in an inner scope may be another one of that name. */
function overwritesOf(graph: ProcessGraph): ReadonlyMap<string, ReadonlySet<string>> {
  const elements = Object.values(graph.elements);
  const locals = new Set(elements.flatMap((element) => [...element.inputs.map(({ target }) => rootOf(target)), ...loopNames(element)]));
  return new Map(
    elements.map((element) => {
      const isLoop = 'multiInstance' in element && element.multiInstance !== undefined;
      const own =
        element.elementType === 'userTask' && element.outputs.length === 0 && element.resultVariable ? [element.resultVariable] : [];
      const whole = [...own, ...computedBy({ ...element, inputs: [] }).filter((target) => !target.includes('.'))];
      return [element.id, new Set(isLoop ? [] : whole.filter((root) => !locals.has(root)))];
    }),
  );
}

function loopNames(element: GraphElement): readonly string[] {
  const loop = 'multiInstance' in element ? element.multiInstance : undefined;
  return loop ? ['loopCounter', loop.inputElement ?? 'loopCounter', rootOf(loop.outputElement ?? 'loopCounter')] : [];
}

interface Facts {
  /** Asked before the element sets anything. */
  readonly probes: ReadonlyMap<string, readonly number[]>;
  readonly asks: ReadonlyMap<string, ReadonlySet<number>>;
  readonly overwrites: ReadonlyMap<string, ReadonlySet<string>>;
  readonly questions: readonly Question[];
  readonly numberOf: NumberOf;
}

/** What matters on entering each node, until nothing changes any more. */
function settle(graph: ProcessGraph, net: FlowNet, facts: Facts): ReadonlyMap<string, ReadonlySet<number>> {
  const elements = Object.values(graph.elements).reverse();
  const nodes = elements.flatMap(({ id }) => (isScope(graph.elements[id]) ? [endOf(id), id] : [id]));
  const entering = new Map<string, Set<number>>(nodes.map((node) => [node, new Set()]));
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const node of nodes) {
      const known = entering.get(node) ?? new Set();
      const before = known.size;
      for (const question of demandedAt(graph, net, facts, { node, entering })) known.add(question);
      isChanged ||= known.size > before;
    }
  }
  return entering;
}

function demandedAt(
  graph: ProcessGraph,
  net: FlowNet,
  facts: Facts,
  { node, entering }: { readonly node: string; readonly entering: ReadonlyMap<string, ReadonlySet<number>> },
): readonly number[] {
  const elementId = elementOfNode(node);
  const element = graph.elements[elementId];
  // What begins inside a scope, and what interrupts, comes before anything that the element sets when it completes.
  const isEntry = isScope(element) && node === elementId;
  const onward: number[] = isEntry ? [] : [...(facts.asks.get(elementId) ?? [])];
  const aside: number[] = node === elementId ? [...(facts.probes.get(elementId) ?? [])] : [];
  for (const next of net.next(node)) {
    const isAside = isEntry || graph.elements[next]?.elementType === 'boundaryEvent';
    (isAside ? aside : onward).push(...(entering.get(next) ?? []));
  }
  const gone = facts.overwrites.get(elementId) ?? new Set();
  const copied = element ? copiedOn(element, facts, [...onward, ...aside]) : [];
  return [...aside, ...copied, ...onward.filter((number) => !gone.has(rootOf(facts.questions[number]?.path ?? '')))];
}

/** Who asks for the copy asks for what it was copied from. */
function copiedOn(element: GraphElement, { questions, numberOf }: Facts, wanted: readonly number[]): readonly number[] {
  const copies = [...element.inputs, ...element.outputs].filter(
    ({ source, target }) => isCopy(source) && !source.includes('.') && source !== target,
  );
  return copies.flatMap(({ source, target }) =>
    wanted.flatMap((number) => {
      const { path = '', constant = null } = questions[number] ?? {};
      const isOf = path === target || path.startsWith(`${target}.`);
      return isOf ? [numberOf({ path: source + path.slice(target.length), constant })] : [];
    }),
  );
}

function restingAt(graph: ProcessGraph, entering: ReadonlyMap<string, ReadonlySet<number>>, elementId: string): readonly number[] {
  const element = graph.elements[elementId];
  if (!element || !isScope(element)) return [...(entering.get(elementId) ?? [])];
  const boundaries = 'boundaryIds' in element ? element.boundaryIds : [];
  // Its plain start lies behind it; events that trigger something inside lie ahead as long as it lives.
  const ahead = entriesOf(graph, element.elementIds).filter((id) => graph.elements[id]?.elementType !== 'startEvent');
  return [...boundaries, endOf(elementId), ...ahead].flatMap((node) => [...(entering.get(node) ?? [])]);
}

function gathered(questions: readonly Question[], numbers: readonly number[]): Live {
  const constants = new Map<string, Set<Json>>();
  for (const number of numbers) {
    const question = questions[number];
    if (question) constants.set(question.path, (constants.get(question.path) ?? new Set()).add(question.constant));
  }
  return new Map([...constants].sort().map(([path, values]) => [path, { names: path.split('.'), constants: values }]));
}
