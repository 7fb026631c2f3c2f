/** Which flows this person may start: who may not is not offered the form. The door decides again. */
import { beginningOf, mayBeStartedBy } from '#core/process/life.ts';
import { currentDeployment, type Deployment } from '#db/deployments.ts';
import { readPlatform } from '#db/people.ts';
import { serviceDescriptor } from '#engine/descriptor.ts';
import type { Context } from '../operation.ts';

export async function mayStart(context: Context, key: string): Promise<boolean> {
  const deployment = await currentDeployment(context.runtime.db, key);
  return deployment !== null && (await mayStartDeployed(context, deployment));
}

/** What an answer of the form says is not known yet: the expression sees who starts, and for whom. */
export async function mayStartDeployed(context: Context, { graphHash, descriptor }: Deployment): Promise<boolean> {
  const { runtime, standing, principals } = context;
  const { processId, startForm } = serviceDescriptor.parse(descriptor);
  if (startForm === undefined) return false;
  const [graph, platform] = await Promise.all([runtime.definitions.graph(graphHash), readPlatform(runtime.db)]);
  const start = beginningOf(graph, processId)?.elements[0];
  if (start?.elementType !== 'startEvent') return true;
  const { person, zone, tier, region } = standing;
  const starter = { person: person.id, organisation: person.organisation.id, tier, region };
  return mayBeStartedBy(start, { principals, variables: { starter, platform, zone }, at: new Date().toISOString(), zone });
}
