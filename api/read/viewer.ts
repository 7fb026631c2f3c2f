/** Who looks at an instance: where they stand in it, and in which roles. What they may see of its forms follows (`core/form/access/`). */
import { rolesIn, scopeOf } from '#core/access/roles.ts';
import type { Viewer } from '#core/form/access/field-access.ts';
import { readTasks, type StoredTask } from '#db/instances.ts';
import type { StoredInstance } from '#db/stored-instance.ts';
import type { Context } from '../operation.ts';

type Instance = Pick<StoredInstance, 'id' | 'organisationId' | 'applicantId'>;

/**
 * On the pages of the instance: at every element whose task is or was theirs, and at none as its applicant or by a right to read. Whoever
 * only has a copy stands nowhere, so that a copy never shows more than its sender sees.
 */
export async function viewerIn(context: Context, instance: Instance): Promise<Viewer> {
  const tasks = await readTasks(context.runtime.db, instance.id);
  const own = tasks.filter((task) => isTheirs(context, task)).map(({ elementId }) => elementId);
  return { places: [...new Set([...own, ...(readsByRight(context, instance) ? [null] : [])])], roles: rolesOf(context, instance) };
}

/** On the page of a task: at its element alone. The task of somebody else is looked at as the instance is. */
export const viewerAt = async (context: Context, instance: Instance, task: StoredTask): Promise<Viewer> =>
  isTheirs(context, task) ? holderAt(context, instance, task.elementId) : viewerIn(context, instance);

/** Whoever decides a task; that they hold it is for the door to say. */
export const holderAt = (context: Context, instance: Pick<Instance, 'organisationId'>, elementId: string): Viewer => ({
  places: [elementId],
  roles: rolesOf(context, instance),
});

const rolesOf = (context: Context, { organisationId }: Pick<Instance, 'organisationId'>) => rolesIn(context.standing.roles, organisationId);

function readsByRight({ standing }: Context, { applicantId, organisationId }: Instance): boolean {
  const scope = scopeOf('instance.read', standing.roles);
  return applicantId === standing.person.id || scope === 'all' || (scope?.includes(organisationId) ?? false);
}

const isTheirs = ({ standing, principals }: Context, { assignee, doneBy, candidates }: StoredTask): boolean =>
  assignee === standing.person.id || doneBy === standing.person.id || candidates.some((candidate) => principals.includes(candidate));
