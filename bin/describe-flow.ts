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
    const questionnaire = await definitions.form(graph.forms[descriptor.startForm] ?? '');
    const variables = start.type === 'start' ? start.variables : {};
    return { title: titleOf(descriptor, questionnaire, variables), numberPrefix: descriptor.numberPrefix };
  };
