/** What an exploration of a process needs to know beforehand. */
import { type Domains, domainsOf, type FormFacts } from '#core/bpmn/domain.ts';
import type { GraphElement, ProcessDefinition, ProcessGraph } from '#core/bpmn/graph.ts';
import { startElementsOf } from '../life.ts';
import { abstractGraph } from './abstract-graph.ts';
import type { Exploring } from './explore.ts';
import { type FlowNet, flowNet } from './flow-net.ts';
import { independenceIn } from './independence.ts';
import { livenessOf } from './liveness.ts';
import type { Doubt } from './missing-variables.ts';
import { rootOf, sourcesOf } from './sources.ts';

export interface Prover {
  readonly graph: ProcessGraph;
  readonly net: FlowNet;
  readonly domains: Domains;
  readonly facts: FormFacts | undefined;
  readonly statesMax: number;
  /** Whether somebody may return or withdraw on the way. */
  readonly takesBack: boolean;
}

/** With doubts about variables, the exploration also looks whether these are there. */
export function exploringOf(
  { graph, net, domains, facts, statesMax, takesBack }: Prover,
  processId: string,
  doubts: readonly Doubt[] = [],
): Exploring {
  const probed = new Map<string, readonly string[]>();
  for (const { elementId, root } of doubts) probed.set(elementId, [...(probed.get(elementId) ?? []), root]);
  const asked = new Set(doubts.map(({ root }) => root));
  const roots = new Set([...[...domains.keys()].map(rootOf), ...asked]);
  const sources = sourcesOf({ graph, domains, net, facts, probed: asked });
  const abstract = abstractGraph(graph, { probed: new Set(probed.keys()), roots });
  const hasReturns = takesBack && Object.keys(graph.elements).some((id) => net.returns(id).length > 0);
  const independenceAfterwards = independenceIn(graph, { ...net, returns: () => [] }, sources);
  return {
    running: { graph: abstract, processId, isCalled: isCalled(graph, processId) },
    acting: { graph, net, sources },
    choosing: { graph, domains },
    liveness: livenessOf(graph, net, probed),
    independence: hasReturns ? independenceIn(graph, net, sources) : independenceAfterwards,
    independenceAfterwards,
    takesBack,
    starts: startsOf(graph, processId),
    statesMax,
  };
}

export const proverOf = (graph: ProcessGraph, options: Pick<Prover, 'facts' | 'statesMax' | 'takesBack'>): Prover => ({
  graph,
  net: flowNet(graph),
  domains: domainsOf(graph, options.facts),
  ...options,
});

/** Everything that can start an instance; without any the process begins by itself. */
function startsOf(graph: ProcessGraph, processId: string): readonly (GraphElement | ProcessDefinition)[] {
  const starts = startElementsOf(graph, processId);
  return starts.length > 0 ? starts : [graph.processes[processId] ?? []].flat();
}

/** A called process may leave an error to its caller. What calls by an expression may call any. */
export const isCalled = (graph: ProcessGraph, processId: string): boolean =>
  Object.values(graph.elements).some((element) => calls(element, processId));

const calls = (element: GraphElement, processId: string): boolean =>
  element.elementType === 'callActivity' &&
  (element.calledProcessId === JSON.stringify(processId) || !element.calledProcessId.startsWith('"'));
