/**
 * Proofs before release (design.md 3): every process of a definition is explored from each of its starts, and what is found comes with a
 * shortest way there. For definitions in which the other rules found no error; the interpreter need not run what they refuse.
 */
import { checkCoverage } from '#core/bpmn/check/coverage.ts';
import type { FormFacts } from '#core/bpmn/domain.ts';
import type { Finding } from '#core/bpmn/finding.ts';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { reportInto } from '#core/bpmn/report.ts';
import { explore } from './explore.ts';
import { exploringOf, isCalled, proverOf } from './exploring.ts';
import { doubtsIn, undefinedIn } from './missing-variables.ts';
import { problemsIn } from './problems.ts';
import { rootOf } from './sources.ts';
import { unknownVariables } from './unknown-variables.ts';

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
  const turns = proving(graph, options);
  for (;;) {
    const turn = turns.next();
    if (turn.done) return turn.value;
  }
}

/** The same for a process that serves others meanwhile: `pause` lets them have their turn. */
export async function proveInTurns(
  graph: ProcessGraph,
  options: ProofOptions & { readonly pause: () => Promise<unknown> },
): Promise<Proof> {
  const turns = proving(graph, options);
  for (;;) {
    const turn = turns.next();
    if (turn.done) return turn.value;
    await options.pause();
  }
}

function* proving(graph: ProcessGraph, options: ProofOptions): Generator<void, Proof> {
  const { facts, statesMax = STATES_MAX } = options;
  const prover = proverOf(graph, { facts, statesMax, takesBack: true });
  const findings: Finding[] = [];
  checkCoverage(graph, prover.domains, reportInto(findings));
  findings.push(...unknownVariables(graph, facts));
  const unreachable = new Set(findings.map(({ elementId }) => graph.flows[elementId]?.targetId));
  let [states, steps] = [0, 0];
  for (const processId of Object.keys(graph.processes)) {
    const doubts = isCalled(graph, processId) ? [] : doubtsIn(graph, prover.net, processId, facts);
    // A variable that conditions ask for and scripts set may be given at the start, unless one doubts just that.
    const isShared = doubts.every(({ root }) => ![...prover.domains.keys()].some((path) => rootOf(path) === root) || isResult(graph, root));
    const exploration = yield* explore(exploringOf(prover, processId, isShared ? doubts : []));
    states += exploration.nodes.length;
    steps += exploration.nodes.reduce((sum, { edges }) => sum + edges.length, 0);
    const problems = problemsIn({ graph, net: prover.net, processId, exploration, statesMax });
    // That its only condition never holds says why it never happens.
    findings.push(...problems.filter(({ rule, elementId }) => rule !== 'never-happens' || !unreachable.has(elementId)));
    const doubted = isShared ? exploration : yield* explore(exploringOf(prover, processId, doubts));
    findings.push(...undefinedIn(graph, { processId, exploration: doubted, doubts }));
  }
  return { findings, states, steps };
}

/** Nobody starts an instance with the result of a task. */
const isResult = (graph: ProcessGraph, root: string): boolean =>
  Object.values(graph.elements).some((element) => 'resultVariable' in element && element.resultVariable === root);
