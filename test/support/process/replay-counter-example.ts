/** Runs the counter-example of a finding by the simulation, and says whether the run shows what the finding claims. */
import type { CounterExample, Finding } from '#core/bpmn/finding.ts';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { Simulation, type SimulationEnd } from '#core/process/simulate.ts';
import type { EventLine } from '#core/process/simulate-lines.ts';
import { readScript } from '#core/process/simulate-script.ts';
import type { ProcessState } from '#core/process/state.ts';

interface Run {
  readonly end: SimulationEnd;
  readonly lines: readonly EventLine[];
  readonly state: ProcessState | null;
}

export function replay(graph: ProcessGraph, finding: Finding): string {
  const { counterExample, elementId } = finding;
  if (!counterExample) return 'there is nothing to run';
  const run = runOf(graph, counterExample);
  return typeof run === 'string'
    ? run
    : shows(graph, finding, run)
      ? 'shown'
      : `${finding.rule} at ${elementId} is not shown: ${JSON.stringify(run.end)}`;
}

function runOf(graph: ProcessGraph, { processId, variables, script }: CounterExample): Run | string {
  const read = readScript(script);
  if ('fault' in read) return read.fault;
  const lines: EventLine[] = [];
  const simulation = new Simulation({ graph, script: read.script, onEvent: (line) => lines.push(line) });
  const answer = simulation.start(processId, variables);
  if (answer.kind !== 'accepted') return JSON.stringify(answer);
  const end = simulation.run();
  const [first] = simulation.instances.values();
  return { end, lines, state: first?.state ?? null };
}

function shows(graph: ProcessGraph, { rule, elementId, message }: Finding, { end, lines, state }: Run): boolean {
  switch (rule) {
    case 'deadlock':
      // It waits at the join for ever, or it stands in the circle.
      return end.status === 'waiting' && (hasTokenBefore(graph, state, elementId) || livesIn(state, elementId));
    case 'token-lost':
      return (
        lines.some(({ type, elementId: flowId }) => type === 'flow.taken' && graph.flows[flowId]?.targetId === elementId) &&
        countOf(lines, 'element.activated', elementId) === 0
      );
    case 'token-doubled':
      return isDoubled(lines, elementId);
    case 'endless-loop':
      return lines.some(({ type, code }) => type === 'incident.raised' && code === 'step-budget-exceeded');
    case 'error-uncaught':
      return lines.some(({ type, code, elementId: at }) => type === 'incident.raised' && code === 'error-uncaught' && at === elementId);
    case 'variable-undefined':
      return isReadUnset(lines, { elementId, variable: / reads (\w+),/.exec(message)?.[1] ?? '' });
    default:
      return false;
  }
}

const countOf = (lines: readonly EventLine[], type: EventLine['type'], elementId: string): number =>
  lines.filter((line) => line.type === type && line.elementId === elementId).length;

const livesIn = (state: ProcessState | null, elementId: string): boolean =>
  Object.values(state?.elements ?? {}).some((instance) => instance.elementId === elementId);

const hasTokenBefore = (graph: ProcessGraph, state: ProcessState | null, elementId: string): boolean =>
  Object.values(state?.elements ?? {}).some(({ tokens }) =>
    Object.keys(tokens).some((flowId) => graph.flows[flowId]?.targetId === elementId),
  );

function isDoubled(lines: readonly EventLine[], elementId: string): boolean {
  let living = 0;
  return lines.some(({ type, elementId: at }) => {
    if (at !== elementId) return false;
    if (type === 'element.activated') living += 1;
    if (type === 'element.completed' || type === 'element.terminated') living -= 1;
    return living > 1;
  });
}

function isReadUnset(
  lines: readonly EventLine[],
  { elementId, variable }: { readonly elementId: string; readonly variable: string },
): boolean {
  const read = lines.findIndex(({ type, elementId: at }) => type === 'element.activated' && at === elementId);
  const set = lines.findIndex(({ type, values }) => type === 'variables.set' && Object.hasOwn(Object(values), variable));
  return read >= 0 && (set < 0 || set > read);
}
