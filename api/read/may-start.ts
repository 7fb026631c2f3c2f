/** Which flows this person may start: who may not is not offered the form. The door decides again. */
import { APPLYING_ROLES } from '#core/access/roles.ts';
import { beginningOf, mayBeStartedBy } from '#core/process/life.ts';
import { currentDeployment, type Deployment } from '#db/deployments.ts';
import { readPlatform } from '#db/people.ts';
import { serviceDescriptor } from '#engine/descriptor.ts';
import type { Context } from '../operation.ts';

export async function mayStart(context: Context, key: string): Promise<boolean> {
  const deployment = await currentDeployment(context.runtime.db, key);
  return deployment !== null && (await mayStartDeployed(context, deployment));
}

/** A start that names nobody is for whoever applies for patients or for themselves. */
export const applies = ({ standing }: Context): boolean => standing.roles.some(({ role }) => APPLYING_ROLES.has(role));

/** What an answer of the form says is not known yet: the expression sees who starts, and for whom. */
export async function mayStartDeployed(context: Context, { graphHash, descriptor }: Deployment): Promise<boolean> {
  const { runtime, standing, principals } = context;
  const { processId, startForm } = serviceDescriptor.parse(descriptor);
  if (startForm === undefined) return false;
  const [graph, platform] = await Promise.all([runtime.definitions.graph(graphHash), readPlatform(runtime.db)]);
  const start = beginningOf(graph, processId)?.elements[0];
  if (start?.elementType !== 'startEvent') return true;
  if (start.starters === undefined) return applies(context);
  const { person, zone, tier, region } = standing;
  const starter = { person: person.id, organisation: person.organisation.id, tier, region };
  return mayBeStartedBy(start, { principals, variables: { starter, platform, zone }, at: new Date().toISOString(), zone });
}
