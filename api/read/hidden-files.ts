/** Files of an instance that a viewer may not have: every answer that attaches one is hidden or masked for them. */
import type { Viewer } from '#core/form/access/field-access.ts';
import { attachedFiles } from '#core/form/answers.ts';
import type { Context } from '../operation.ts';
import type { LoadedInstance } from './instance.ts';
import { seenBy } from './seen.ts';
import { wholeSubmissions } from './whole-submissions.ts';

export async function hiddenFiles(
  context: Context,
  loaded: Pick<LoadedInstance, 'instance' | 'key'>,
  viewer: Viewer,
): Promise<ReadonlySet<string>> {
  const submissions = await wholeSubmissions(context, loaded);
  const seen = new Set(submissions.flatMap((submission) => attachedFiles(seenBy(viewer, submission).response)));
  return new Set(submissions.flatMap(({ whole }) => attachedFiles(whole)).filter((id) => !seen.has(id)));
}
