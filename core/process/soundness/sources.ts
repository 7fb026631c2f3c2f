/**
 * Where the variables come from that conditions ask for. What the diagram computes or names as a result has its place; of anything else
 * nobody says who gives it: whoever starts the instance, or a job, a message or a form without a result variable on the way.
 */
import { computedBy, type Domains, type FormFacts } from '#core/bpmn/domain.ts';
import type { GraphElement, ProcessDefinition, ProcessGraph } from '#core/bpmn/graph.ts';
import { predicateOf } from '#core/bpmn/predicate.ts';
import type { JsonObject } from '#core/json.ts';
import type { FlowNet } from './flow-net.ts';
import { openObject, UNKNOWN } from './values.ts';

export interface Sources {
  /** Variables of the process scope at the start. */
  readonly atStart: (start: GraphElement | ProcessDefinition) => JsonObject;
  /** What the element's own result may bring. */
  readonly resultOf: (element: GraphElement) => JsonObject;
  /** Of the variables that conditions ask for, those that the element sets, by its result or by computing them. */
  readonly namesFrom: (element: GraphElement) => readonly string[];
}

export interface SourcesOf {
  readonly graph: ProcessGraph;
  readonly domains: Domains;
  readonly net: FlowNet;
  readonly facts?: FormFacts | undefined;
  /** Variables besides those of conditions whose presence is asked for. */
  readonly probed: ReadonlySet<string>;
}

export function sourcesOf({ graph, domains, net, facts, probed }: SourcesOf): Sources {
  const roots = new Set([...[...domains.keys()].map(rootOf), ...probed]);
  const elements = Object.values(graph.elements);
  const results = new Set(elements.flatMap((element) => ('resultVariable' in element ? (element.resultVariable ?? []) : [])));
  const computed = new Set(elements.flatMap(computedBy).map(rootOf));
  const nobodys = [...roots].filter((root) => !results.has(root) && !computed.has(root) && root !== 'outcome');
  const brought = new Map<string, JsonObject>();
  const resultOf = (element: GraphElement): JsonObject => {
    const found = brought.get(element.id) ?? bring(element);
    brought.set(element.id, found);
    return found;
  };
  return {
    atStart: (start) => {
      const form = 'formKey' in start && start.formKey !== undefined ? facts?.[start.formKey] : undefined;
      const given = form
        ? [...roots].filter((root) => root in form || CONTEXT.has(root))
        : [...nobodys, ...[...computed].filter((root) => roots.has(root) && !results.has(root) && !probed.has(root))];
      return Object.fromEntries(given.map((root) => [root, UNKNOWN]));
    },
    resultOf,
    namesFrom: (element) => [...computedBy(element).map(rootOf), ...resultNames(element)].filter((root) => roots.has(root)),
  };

  function resultNames(element: GraphElement): readonly string[] {
    if ('resultVariable' in element && element.resultVariable !== undefined) return [element.resultVariable];
    return isAnswered(element) ? [...Object.keys(resultOf(element)), ...(element.elementType === 'userTask' ? ['outcome'] : [])] : [];
  }

  function bring(element: GraphElement): JsonObject {
    const form = 'formKey' in element && element.formKey !== undefined ? facts?.[element.formKey] : undefined;
    if ('resultVariable' in element && element.resultVariable !== undefined) {
      if (form) return Object.fromEntries(Object.keys(form).map((name) => [name, UNKNOWN]));
      return openObject();
    }
    const names = form ? [...roots].filter((root) => root in form) : nobodys.filter((root) => mayBring(graph, net, element, root));
    return Object.fromEntries(names.map((name) => [name, UNKNOWN]));
  }
}

/** Does somebody outside give a result to it? */
function isAnswered(element: GraphElement): boolean {
  if ('work' in element) return /^(job|catchMessage)$/.test(element.work.kind);
  if ('event' in element) return element.elementType !== 'startEvent' && /^(message|signal|multiple)$/.test(element.event.kind);
  return element.elementType === 'userTask' || element.elementType === 'callActivity';
}

/** What the door gives to every instance. */
export const CONTEXT: ReadonlySet<string> = new Set(['starter', 'platform', 'zone', 'instanceId']);

export const rootOf = (path: string): string => path.split('.')[0] ?? path;

/** A variable that was asked for before, on the only way to the element, was there before: the element did not bring it. */
function mayBring(graph: ProcessGraph, net: FlowNet, element: GraphElement, root: string): boolean {
  const readers = Object.values(graph.flows)
    .filter(({ condition }) => condition !== undefined && predicateOf(condition).paths.some((path) => rootOf(path) === root))
    .map(({ sourceId }) => sourceId);
  return !readers.some((reader) => net.reach(reader).has(element.id) && !net.reach(element.id).has(reader));
}
