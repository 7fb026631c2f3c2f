/** The shortest way to a finding, gone by the simulation: what happens, and how the diagram stands after it. */
import type { CounterExample } from '#core/bpmn/finding.ts';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { ProcessEvent } from '#core/process/event.ts';
import { type SimulatedStep, Simulation } from '#core/process/simulate.ts';
import { readScript } from '#core/process/simulate-script.ts';
import type { ProcessState } from '#core/process/state.ts';
import type { LocalizedText } from '#core/text.ts';
import type { WayMoment } from '../views/definitions.ts';
import { marksOf } from './diagram.ts';
import { elementName } from './element-name.ts';

/** A way that never comes to rest is shown as far as anybody would follow it. */
const MOMENTS_MAX = 200;

export function momentsOn(graph: ProcessGraph, { processId, variables, script }: CounterExample): readonly WayMoment[] {
  const read = readScript(script);
  if ('fault' in read) throw new Error(`The way to a finding cannot be gone: ${read.fault}`);
  const moments: WayMoment[] = [];
  const events: ProcessEvent[] = [];
  const simulation = new Simulation({
    graph,
    script: read.script,
    onStep: (step) => {
      events.push(...step.events);
      if (step.command.type === 'task.claim' || moments.length >= MOMENTS_MAX) return;
      const states = [...simulation.instances.values()].flatMap(({ state }) => state ?? []);
      moments.push({ ...told(graph, step), marks: { ...marksOf(graph, states, events), waiting: waitingIn(graph, states) } });
    },
  });
  simulation.start(processId, variables);
  simulation.run();
  return moments;
}

function told(graph: ProcessGraph, { at, command, before, events }: SimulatedStep): Omit<WayMoment, 'marks'> {
  const elementId = before && elementOf(before, command);
  const outcome = 'outcome' in command ? command.outcome : undefined;
  return {
    at,
    commandType: command.type,
    element: elementId ? elementName(graph, elementId) : startedAt(graph, events),
    outcome: (elementId && outcome !== undefined && outcomeName(graph, elementId, outcome)) || null,
    returnedTo: command.type === 'task.return' ? elementName(graph, command.toElementId) : null,
  };
}

/** The element that the command is about. */
function elementOf({ tasks, jobs, children, timers, subscriptions }: ProcessState, command: SimulatedStep['command']): string | undefined {
  switch (command.type) {
    case 'task.complete':
    case 'task.return':
      return tasks[command.taskId]?.elementId;
    case 'timer.fire':
      return timers[command.effectId]?.targetId;
    case 'message.deliver':
      return Object.values(subscriptions).find(({ kind, name }) => kind === 'message' && name === command.messageName)?.targetId;
    case 'signal.deliver':
      return Object.values(subscriptions).find(({ kind, name }) => kind === 'signal' && name === command.signalName)?.targetId;
    case 'action.send':
      return Object.values(subscriptions).find(({ actionCode }) => actionCode === command.code)?.targetId;
    default:
      return 'effectId' in command ? (jobs[command.effectId] ?? children[command.effectId])?.elementId : undefined;
  }
}

function startedAt(graph: ProcessGraph, events: readonly ProcessEvent[]): LocalizedText | null {
  const started = events.find((event) => event.type === 'process.started');
  return started ? elementName(graph, started.startElementId) : null;
}

function outcomeName(graph: ProcessGraph, elementId: string, code: string): LocalizedText | undefined {
  const element = graph.elements[elementId];
  return element?.elementType === 'userTask' ? element.outcomes.find((outcome) => outcome.code === code)?.name : undefined;
}

const waitingIn = (graph: ProcessGraph, states: readonly ProcessState[]): readonly string[] => [
  ...new Set(
    states.flatMap(({ elements }) =>
      Object.values(elements).flatMap(({ tokens }) => Object.keys(tokens).flatMap((flowId) => graph.flows[flowId]?.targetId ?? [])),
    ),
  ),
];
