/**
 * What values a variable can have that conditions ask for. Where the diagram or a form enumerates them, these; otherwise one representative
 * of every class that the conditions can tell apart: `n > 3` knows numbers below, at and above 3.
 */
import { treeOf } from '#core/feel/tree.ts';
import type { Json } from '#core/json.ts';
import type { GraphElement, Mapping, ProcessGraph } from './graph.ts';
import { predicateOf } from './predicate.ts';

/** Form key → fact → its values; null where any value of its type may come. */
export type FormFacts = Readonly<Record<string, Readonly<Record<string, readonly Json[] | null>>>>;

export interface Domain {
  readonly values: readonly Json[];
  /** Nothing else can come. */
  readonly isComplete: boolean;
}

/** Dotted path → its domain, for every path that a condition of the graph understands. */
export type Domains = ReadonlyMap<string, Domain>;

export function domainsOf(graph: ProcessGraph, facts?: FormFacts): Domains {
  const constants = constantsOf(graph);
  const enumerated = enumerationsOf(graph, facts);
  const domains = new Map<string, Domain>();
  for (const [path, values] of constants) {
    const declared = enumerated.get(path);
    domains.set(path, declared ? { values: declared, isComplete: true } : { values: representatives([...values]), isComplete: false });
  }
  return domains;
}

function constantsOf(graph: ProcessGraph): ReadonlyMap<string, ReadonlySet<Json>> {
  const constants = new Map<string, Set<Json>>();
  const add = (path: string, values: Iterable<Json>): boolean => {
    const known = constants.get(path) ?? new Set();
    const before = known.size;
    for (const value of values) known.add(value);
    const isNew = !constants.has(path) || known.size > before;
    constants.set(path, known);
    return isNew;
  };
  for (const { condition } of Object.values(graph.flows)) {
    if (condition === undefined) continue;
    for (const [path, values] of Object.entries(predicateOf(condition).constants)) add(path, values);
  }
  // A variable that is copied from another has the same classes of values.
  const copies = Object.values(graph.elements).flatMap(copiesOf);
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const { source, target } of copies) {
      for (const [path, values] of [...constants]) {
        if (path !== target && !path.startsWith(`${target}.`)) continue;
        isChanged = add(source + path.slice(target.length), values) || isChanged;
      }
    }
  }
  return constants;
}

const PATH = /^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*$/u;
const WORDS = /^(true|false|null)$/;

/** Does the expression only name another variable? */
export const isCopy = (source: string): boolean => PATH.test(source.trim()) && !WORDS.test(source.trim());

function copiesOf(element: GraphElement): readonly Mapping[] {
  const script: readonly Mapping[] =
    'work' in element && element.work.kind === 'script' && element.work.resultVariable !== ''
      ? [{ source: element.work.expression, target: element.work.resultVariable }]
      : [];
  // A variable that is copied onto itself, to be local, brings nothing new, but `x.y` into `x` would never end.
  return [...element.inputs, ...element.outputs, ...script].filter(
    ({ source, target }) => isCopy(source) && !source.startsWith(`${target}.`) && source !== target,
  );
}

function enumerationsOf(graph: ProcessGraph, facts?: FormFacts): ReadonlyMap<string, readonly Json[]> {
  const values = new Map<string, Set<Json>>();
  const open = new Set<string>();
  const add = (path: string, given: readonly Json[] | null): void => {
    if (given === null) open.add(path);
    else values.set(path, new Set([...(values.get(path) ?? []), ...given]));
  };
  for (const element of Object.values(graph.elements)) {
    const form = 'formKey' in element && element.formKey !== undefined ? facts?.[element.formKey] : undefined;
    const variable = 'resultVariable' in element ? element.resultVariable : undefined;
    if (element.elementType === 'userTask') {
      const path = variable === undefined ? 'outcome' : `${variable}.outcome`;
      add(path, element.outcomes.length > 0 ? element.outcomes.map(({ code }) => code) : null);
    }
    if ('action' in element && element.action && variable !== undefined) add(`${variable}.code`, [element.action.code]);
    for (const [name, given] of Object.entries(form ?? {})) add(variable === undefined ? name : `${variable}.${name}`, given);
    for (const target of computedBy(element)) open.add(target);
  }
  const isOpen = (path: string): boolean => [...open].some((target) => path === target || path.startsWith(`${target}.`));
  return new Map([...values].filter(([path]) => !isOpen(path)).map(([path, given]) => [path, [...given]]));
}

/** Variables that an element sets by computing them: nobody enumerates what comes out. */
export function computedBy(element: GraphElement): readonly string[] {
  const targets = [...element.inputs, ...element.outputs].map(({ target }) => target);
  if (!('work' in element)) return targets;
  const { work } = element;
  if (work.kind !== 'script' && work.kind !== 'decision') return targets;
  return [...targets, ...(work.resultVariable !== '' ? [work.resultVariable] : work.kind === 'script' ? contextKeys(work.expression) : [])];
}

/** A script without a result variable sets the members of the context that it gives. */
function contextKeys(source: string): readonly string[] {
  const tree = treeOf(source);
  if (tree.name !== 'Context') return [];
  return tree.children.flatMap(({ name, children: [key] }) =>
    name === 'ContextEntry' && key ? [key.text.replace(/^"|"$/g, '').trim()] : [],
  );
}

/** A text that no condition names. */
const OTHER = 'other';

/** One value of each class that comparing with the constants can tell apart. */
export function representatives(constants: readonly Json[]): readonly Json[] {
  const numbers = [...new Set(constants.filter((value) => typeof value === 'number'))].sort((a, b) => a - b);
  const texts = constants.filter((value) => typeof value === 'string');
  const truths = constants.filter((value) => typeof value === 'boolean');
  const other = texts.includes(OTHER) ? `${OTHER} than ${texts.length}` : OTHER;
  return [
    ...(truths.length > 0 ? [true, false] : []),
    ...around(numbers),
    ...new Set(texts),
    ...(texts.length > 0 ? [other] : []),
    ...(constants.includes(null) ? [null, ...(numbers.length + texts.length + truths.length === 0 ? [PRESENT] : [])] : []),
  ];
}

/** Something of which is known only that it is there. */
export const PRESENT: Json = { given: true };

/** Each number, one between each two, one below and one above all. */
function around(numbers: readonly number[]): readonly number[] {
  const [first] = numbers;
  if (first === undefined) return [];
  return [
    first - 1,
    ...numbers.flatMap((value, index) => [value, index + 1 < numbers.length ? between(value, numbers[index + 1] ?? value) : value + 1]),
  ];
}

const between = (low: number, high: number): number => (high - low > 1 ? low + 1 : (low + high) / 2);
