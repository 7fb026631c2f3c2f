/** The other instances of a course of care, as far as their reader may know of them. */

import type { QuestionnaireResponse } from '#core/form/response.ts';
import { readLinked, readOpener } from '#db/instance-links.ts';
import { ApiError } from '../errors.ts';
import type { Context } from '../operation.ts';
import type { LinkedInstanceView } from '../views.ts';
import { loadInstance, mayRead, statusOf } from './instance.ts';
import { seenBy } from './seen.ts';
import { viewerIn } from './viewer.ts';
import { latestSubmission } from './whole-submissions.ts';

export async function linkedTo(context: Context, instanceId: string): Promise<readonly LinkedInstanceView[]> {
  const linked = await readLinked(context.runtime.db, { instanceId, principals: context.principals });
  return linked
    .filter((each) => mayRead(context, each, each.part !== 'none'))
    .map((each) => ({
      relation: each.relation,
      instanceId: each.id,
      number: each.number,
      title: each.title,
      status: statusOf({ ...each, isDeparted: each.part === 'departed' && !mayRead(context, each, false) }),
    }));
}

/** What was applied for in the instance that opened this one, as its reader may see it there; null where they may not. */
export async function openersApplication(context: Context, instanceId: string): Promise<QuestionnaireResponse | null> {
  const opener = await readOpener(context.runtime.db, instanceId);
  if (opener === null) return null;
  try {
    const loaded = await loadInstance(context, opener);
    const application = await latestSubmission(context, loaded, loaded.descriptor.startForm);
    return application && seenBy(await viewerIn(context, loaded.instance), application).response;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}
