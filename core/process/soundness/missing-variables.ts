/**
 * Variables that are read where nobody need have set them. A first look over the flows finds the reads to which a way leads past everything
 * that sets the variable; the exploration then says whether that way can really be taken.
 */
import { computedBy, type FormFacts } from '#core/bpmn/domain.ts';
import { readsOfElement } from '#core/bpmn/element-reads.ts';
import type { Finding } from '#core/bpmn/finding.ts';
import { type GraphElement, insideOf, isScope, type ProcessGraph } from '#core/bpmn/graph.ts';
import { contextOf } from '../variables.ts';
import { counterExample } from './counter-example.ts';
import type { Exploration } from './explore.ts';
import { closureOf, endOf, type FlowNet } from './flow-net.ts';
import { CONTEXT, rootOf } from './sources.ts';
import { valueAt } from './values.ts';

export interface Doubt {
  readonly elementId: string;
  readonly root: string;
  readonly source: string;
}

export function doubtsIn(graph: ProcessGraph, net: FlowNet, processId: string, facts?: FormFacts): readonly Doubt[] {
  const elements = Object.values(graph.elements).filter((element) => element.processId === processId);
  if (elements.some((element) => bringsAnything(element, facts))) return [];
  const doubts = new Map<string, Doubt>();
  const known = new Map<string, readonly GraphElement[]>();
  const settersOf = (root: string): readonly GraphElement[] => {
    const setters = known.get(root) ?? elements.filter((other) => sets(other, root, facts));
    known.set(root, setters);
    return setters;
  };
  for (const element of elements) {
    for (const { path, isTolerant, when, source } of readsOfElement(graph, element)) {
      const root = path[0] ?? '';
      const setters = settersOf(root);
      const isOwn = when === 'exit' && (isScope(element) || setters.includes(element) || isAnswered(element));
      if (isTolerant || isOwn || setters.length === 0 || isGiven(graph, element, root)) continue;
      if (reachedWithout(graph, net, { processId, setters, element, root }))
        doubts.set(`${element.id} ${root}`, { elementId: element.id, root, source });
    }
  }
  return firstOnes(graph, net, processId, [...doubts.values()]);
}

/** Where a variable is there at the first place that reads it, it is there at those that only this one leads to. */
function firstOnes(graph: ProcessGraph, net: FlowNet, processId: string, doubts: readonly Doubt[]): readonly Doubt[] {
  const starts = insideOf(graph, processId).filter(({ elementType }) => elementType === 'startEvent');
  const roots = [...new Set(doubts.map(({ root }) => root))];
  return roots.flatMap((asked) => {
    const ofRoot = doubts.filter(({ root }) => root === asked);
    const asking = new Set(ofRoot.map(({ elementId }) => elementId));
    const next = (node: string): readonly string[] => (asking.has(node) ? [] : net.next(node));
    const reached = closureOf(
      next,
      starts.map(({ id }) => id),
    );
    return ofRoot.filter(({ elementId }) => reached.has(elementId));
  });
}

/** A message or a form that is not known may start it with any variables. */
const bringsAnything = (element: GraphElement, facts?: FormFacts): boolean =>
  element.elementType === 'startEvent' &&
  element.parentId === null &&
  (element.event.kind !== 'none' || (element.formKey !== undefined && facts?.[element.formKey] === undefined));

/** A variable of the same name as what the door gives, what a loop counts, or what a scope around has as its own. */
export function isGiven(graph: ProcessGraph, element: GraphElement, root: string): boolean {
  if (CONTEXT.has(root) || /^(loopCounter|numberOf\w+Instances|item|partial)$/.test(root) || FUNCTIONS.has(root)) return true;
  for (let at: GraphElement | undefined = element; at; at = at.parentId === null ? undefined : graph.elements[at.parentId]) {
    const loop = 'multiInstance' in at ? at.multiInstance : undefined;
    const isLocal = at !== element && at.inputs.some(({ target }) => rootOf(target) === root);
    const isOwn = 'locals' in at && at.locals?.includes(root);
    if (isLocal || isOwn || (loop && (loop.inputElement === root || rootOf(loop.outputElement ?? '') === root))) return true;
  }
  return false;
}

/** Names that stand for a built-in where no variable has them. */
const FUNCTIONS = new Set(['date', 'time', 'duration', 'number', 'string', 'list', 'context', 'range']);

function sets(element: GraphElement, root: string, facts?: FormFacts): boolean {
  const loop = 'multiInstance' in element ? element.multiInstance : undefined;
  const variable = 'resultVariable' in element ? element.resultVariable : undefined;
  const form = 'formKey' in element && element.formKey !== undefined ? facts?.[element.formKey] : undefined;
  const named = [
    ...computedBy({ ...element, inputs: [] }),
    ...(variable === undefined ? [] : [variable]),
    ...(loop?.outputCollection === undefined ? [] : [loop.outputCollection]),
  ];
  if (named.some((target) => rootOf(target) === root)) return true;
  if (variable === undefined && element.elementType === 'userTask' && element.outcomes.length > 0 && root === 'outcome') return true;
  return variable === undefined && form !== undefined && root in form && element.outputs.length === 0;
}

/** Does somebody outside give results, of which nobody knows the names? */
export const isAnswered = (element: GraphElement): boolean =>
  element.elementType === 'userTask' ||
  element.elementType === 'callActivity' ||
  ('work' in element && /^(job|catchMessage)$/.test(element.work.kind));

interface Asked {
  readonly processId: string;
  readonly setters: readonly GraphElement[];
  readonly element: GraphElement;
  readonly root: string;
}

/** Is there a way from a start on which no setter has completed, while on another one has? Otherwise it is the starter who gives it. */
function reachedWithout(graph: ProcessGraph, net: FlowNet, { processId, setters, element, root }: Asked): boolean {
  const starts = (graph.processes[processId]?.elementIds ?? []).filter((id) => graph.elements[id]?.elementType === 'startEvent');
  const setting = new Set(setters.map(({ id }) => (isScope(graph.elements[id]) ? endOf(id) : id)));
  const isAside = (node: string): boolean => graph.elements[node]?.elementType === 'boundaryEvent';
  const past = (node: string): readonly string[] => (setting.has(node) ? net.next(node).filter(isAside) : net.next(node));
  if (!closureOf(past, starts).has(element.id)) return false;
  // Nobody starts an instance with the result of a task.
  if (setters.some((setter) => 'resultVariable' in setter && setter.resultVariable === root)) return true;
  const before = closureOf((node) => (node === element.id ? [] : net.next(node)), starts);
  return setters.some(({ id }) => id !== element.id && before.has(id) && net.reach(id).has(element.id));
}

export function undefinedIn(
  graph: ProcessGraph,
  { processId, exploration, doubts }: { readonly processId: string; readonly exploration: Exploration; readonly doubts: readonly Doubt[] },
): readonly Finding[] {
  const told = new Map<string, Finding>();
  for (const [index, { state, choices }] of exploration.nodes.entries()) {
    const [choice] = choices ?? [];
    if (choice?.kind !== 'probe' && choice?.kind !== 'instances') continue;
    const context = contextOf(state.elements, choice.key);
    for (const { elementId, root, source } of doubts) {
      if (elementId !== choice.elementId || told.has(`${elementId} ${root}`) || valueAt(context, [root]) !== null) continue;
      told.set(`${elementId} ${root}`, {
        elementId,
        rule: 'variable-undefined',
        severity: 'warning',
        message: `"${source}" reads ${root}, which nothing on a way to here has set. Set it on every way, or say what holds without it (if ${root} = null then …).`,
        messageZh: `“${source}”读取变量 ${root}，但存在到达此处却未设置它的路径；请在每条路径上设置，或写明为空时的取值（if ${root} = null then …）。`,
        counterExample: counterExample(graph, processId, exploration.wayTo(index).steps),
      });
    }
  }
  return [...told.values()];
}
