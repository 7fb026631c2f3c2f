/** What an instance begins with: the facts of its application, who starts it and for whom. */
import type { JsonObject } from '#core/json.ts';
import { readPlatform } from '#db/people.ts';
import type { Context } from '../operation.ts';

export async function startVariables(
  { runtime, standing }: Context,
  { instanceId, facts }: { readonly instanceId: string; readonly facts: JsonObject },
): Promise<JsonObject> {
  const platform = await readPlatform(runtime.db);
  if (!platform) throw new Error('No organisation is the platform.');
  const { person, tier, region, zone } = standing;
  return { ...facts, starter: { person: person.id, organisation: person.organisation.id, tier, region }, platform, zone, instanceId };
}
