/** The other instances of a course of care, as far as their reader may know of them. */

import { attachedFiles } from '#core/form/answers.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { readLinked, readOpener } from '#db/instance-links.ts';
import { ApiError } from '../errors.ts';
import type { Context } from '../operation.ts';
import type { LinkedInstanceView } from '../views.ts';
import { hiddenFiles } from './hidden-files.ts';
import { loadInstance, mayRead, statusOf } from './instance.ts';
import { seenBy } from './seen.ts';
import { viewerIn } from './viewer.ts';
import { latestSubmission, wholeSubmissions } from './whole-submissions.ts';

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

/** Files that came with the application of the instance that opened this one, as far as their reader may see them there. */
export async function filesCarriedTo(context: Context, instanceId: string): Promise<ReadonlySet<string>> {
  const application = await openersApplication(context, instanceId);
  return new Set(application ? attachedFiles(application) : []);
}

/** An instance that took this file over from the one in which it lies, and in which this reader may see it. */
export async function takenOverIn(context: Context, file: { readonly id: string; readonly instanceId: string }): Promise<string | null> {
  for (const { relation, id } of await readLinked(context.runtime.db, { instanceId: file.instanceId, principals: context.principals })) {
    if (relation !== 'opened') continue;
    const loaded = await loadInstance(context, id).catch(notFoundAsNull);
    if (!loaded) continue;
    const submissions = await wholeSubmissions(context, loaded);
    const { toldUntil } = loaded;
    const isThere = submissions.some(({ whole, at }) => (toldUntil === null || at <= toldUntil) && attachedFiles(whole).includes(file.id));
    if (isThere && !hiddenFiles(submissions, await viewerIn(context, loaded.instance)).has(file.id)) return id;
  }
  return null;
}

export const notFoundAsNull = (error: unknown): null => {
  if (error instanceof ApiError && error.status === 404) return null;
  throw error;
};

/** What was applied for in the instance that opened this one, as its reader may see it there; null where they may not. */
export async function openersApplication(context: Context, instanceId: string): Promise<QuestionnaireResponse | null> {
  const opener = await readOpener(context.runtime.db, instanceId);
  if (opener === null) return null;
  const loaded = await loadInstance(context, opener).catch(notFoundAsNull);
  if (!loaded) return null;
  const application = await latestSubmission(context, loaded, loaded.descriptor.startForm);
  return application && seenBy(await viewerIn(context, loaded.instance), application).response;
}
