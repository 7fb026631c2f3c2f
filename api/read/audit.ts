import { scopeOf } from '#core/access/roles.ts';
import { notFound } from '../errors.ts';
import type { Context } from '../operation.ts';
import { type LoadedInstance, loadInstance } from './instance.ts';

/** An instance that the person may audit; to anybody else there is none. */
export async function loadForAudit(context: Context, id: string): Promise<LoadedInstance> {
  const loaded = await loadInstance(context, id);
  const scope = scopeOf('audit.read', context.standing.roles);
  if (scope !== 'all' && !scope?.includes(loaded.instance.organisationId)) throw notFound();
  return loaded;
}
