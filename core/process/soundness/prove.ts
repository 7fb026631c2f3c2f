/**
 * Proofs before release (design.md 3): every process of a definition is explored from each of its starts, and what is found comes with a
 * shortest way there. For definitions in which the other rules found no error; the interpreter need not run what they refuse.
 */
import { checkCoverage } from '#core/bpmn/check/coverage.ts';
import { type Domains, domainsOf, type FormFacts } from '#core/bpmn/domain.ts';
import type { Finding } from '#core/bpmn/finding.ts';
import type { GraphElement, ProcessDefinition, ProcessGraph } from '#core/bpmn/graph.ts';
import { reportInto } from '#core/bpmn/report.ts';
import { startElementsOf } from '../life.ts';
import { abstractGraph } from './abstract-graph.ts';
import { explore } from './explore.ts';
import { type FlowNet, flowNet } from './flow-net.ts';
import { independenceIn } from './independence.ts';
import { livenessOf } from './liveness.ts';
import { problemsIn } from './problems.ts';
import { rootOf, sourcesOf } from './sources.ts';
import { type Doubt, doubtsIn, undefinedIn } from './undefined.ts';

export interface ProofOptions {
  /** What the forms of the definition give; without them any value may come from any form. */
  readonly facts?: FormFacts;
  /** States of one process beyond which the exploration gives up. */
  readonly statesMax?: number;
}

export interface Proof {
  readonly findings: readonly Finding[];
  /** How many states and steps were looked at. */
  readonly states: number;
  readonly steps: number;
}

/** More than real flows have, and still a matter of seconds. */
export const STATES_MAX = 20_000;

export function prove(graph: ProcessGraph, options: ProofOptions = {}): Proof {
  const { facts, statesMax = STATES_MAX } = options;
  const prover: Prover = { graph, net: flowNet(graph), domains: domainsOf(graph, facts), facts, statesMax };
  const findings: Finding[] = [];
  checkCoverage(graph, prover.domains, reportInto(findings));
  const unreachable = new Set(findings.map(({ elementId }) => graph.flows[elementId]?.targetId));
  let [states, steps] = [0, 0];
  for (const processId of Object.keys(graph.processes)) {
    const { exploration } = exploreProcess(prover, processId, []);
    states += exploration.nodes.length;
    steps += exploration.nodes.reduce((sum, { next }) => sum + next.length, 0);
    const problems = problemsIn({ graph, net: prover.net, processId, exploration, statesMax });
    // That its only condition never holds says why it never happens.
    findings.push(...problems.filter(({ rule, elementId }) => rule !== 'never-happens' || !unreachable.has(elementId)));
    findings.push(...undefinedVariables(prover, processId));
  }
  return { findings, states, steps };
}

interface Prover {
  readonly graph: ProcessGraph;
  readonly net: FlowNet;
  readonly domains: Domains;
  readonly facts: FormFacts | undefined;
  readonly statesMax: number;
}

/** With doubts about variables, the exploration also looks whether these are there. */
function exploreProcess({ graph, net, domains, facts, statesMax }: Prover, processId: string, doubts: readonly Doubt[]) {
  const probed = new Map<string, readonly string[]>();
  for (const { elementId, root } of doubts) probed.set(elementId, [...(probed.get(elementId) ?? []), root]);
  const asked = new Set(doubts.map(({ root }) => root));
  const roots = new Set([...[...domains.keys()].map(rootOf), ...asked]);
  const sources = sourcesOf({ graph, domains, net, facts, probed: asked });
  const abstract = abstractGraph(graph, { probed: new Set(probed.keys()), roots });
  const choosing = { graph, domains };
  const exploration = explore({
    running: { graph: abstract, processId, isCalled: isCalled(graph, processId) },
    acting: { graph, sources },
    choosing,
    liveness: livenessOf(graph, net, probed),
    independence: independenceIn(graph, net, sources),
    starts: startsOf(graph, processId),
    statesMax,
  });
  return { exploration, choosing };
}

function undefinedVariables(prover: Prover, processId: string): readonly Finding[] {
  const { graph, net, facts } = prover;
  const doubts = isCalled(graph, processId) ? [] : doubtsIn(graph, net, processId, facts);
  if (doubts.length === 0) return [];
  const { exploration, choosing } = exploreProcess(prover, processId, doubts);
  return undefinedIn(choosing, { processId, exploration, doubts });
}

/** Everything that can start an instance; without any the process begins by itself. */
function startsOf(graph: ProcessGraph, processId: string): readonly (GraphElement | ProcessDefinition)[] {
  const starts = startElementsOf(graph, processId);
  return starts.length > 0 ? starts : [graph.processes[processId] ?? []].flat();
}

/** A called process may leave an error to its caller. What calls by an expression may call any. */
const isCalled = (graph: ProcessGraph, processId: string): boolean =>
  Object.values(graph.elements).some((element) => calls(element, processId));

const calls = (element: GraphElement, processId: string): boolean =>
  element.elementType === 'callActivity' &&
  (element.calledProcessId === JSON.stringify(processId) || !element.calledProcessId.startsWith('"'));
