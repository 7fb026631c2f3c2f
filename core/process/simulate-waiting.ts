/** What an instance that can go no further still waits for, in words. */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { SimulatedInstance } from './simulate.ts';

export interface Waiting {
  readonly instanceId: string;
  readonly processId: string;
  readonly elementId: string;
  /** In words: what it waits for. */
  readonly for: string;
}

export function waitingOf({ instanceId, processId, state }: SimulatedInstance, graph: ProcessGraph): readonly Waiting[] {
  if (state?.status !== 'active') return [];
  const found: Waiting[] = [];
  const add = (elementId: string, what: string): void => {
    found.push({ instanceId, processId, elementId, for: what });
  };
  for (const { elementId, code, message } of Object.values(state.incidents)) add(elementId, `an operator: ${code}, ${message}`);
  for (const { elementId } of Object.values(state.tasks)) add(elementId, 'a person to complete the task');
  for (const { elementId, jobType } of Object.values(state.jobs)) add(elementId, `a result of the job "${jobType}"`);
  for (const { targetId, kind, name, correlationKey } of Object.values(state.subscriptions)) {
    add(targetId, `the ${kind} "${name}"${correlationKey === undefined ? '' : ` with key "${correlationKey}"`}`);
  }
  for (const { elementId, calledProcessId } of Object.values(state.children)) {
    const isHere = calledProcessId in graph.processes;
    add(elementId, `the called process "${calledProcessId}"${isHere ? '' : ', which is not in the file'}`);
  }
  for (const { tokens } of Object.values(state.elements)) {
    for (const flowId of Object.keys(tokens)) add(graph.flows[flowId]?.targetId ?? flowId, 'a token on its other incoming flows');
  }
  return found.length > 0 ? found : [{ instanceId, processId, elementId: processId, for: 'nothing that could come' }];
}
