/** What lists show of an instance that is recovered from its history alone: the same words as when it was applied for. */
import { titleOf } from '#api/read/title.ts';
import type { Definitions } from '#engine/definitions.ts';
import { serviceDescriptor } from '#engine/descriptor.ts';
import type { RecoveryDependencies } from '#engine/recovery.ts';

export const describeFlow =
  (definitions: Definitions): RecoveryDependencies['describe'] =>
  async (graphHash, start) => {
    const [graph, deployment] = await Promise.all([definitions.graph(graphHash), definitions.deploymentOf(graphHash)]);
    const descriptor = serviceDescriptor.parse(deployment.descriptor);
    const { numberPrefix, startForm } = descriptor;
    if (start.type !== 'start') throw new Error('An instance begins with its start.');
    // Nobody applied for what another process, a message, a signal or a timer began: it has the name of its process.
    if (start.actor.kind === 'system' || startForm === undefined)
      return { title: graph.processes[start.processId]?.name ?? descriptor.name, numberPrefix };
    const questionnaire = await definitions.form(graph.forms[startForm] ?? '');
    return { title: titleOf(descriptor, questionnaire, start.variables), numberPrefix };
  };
