/** Files of an instance that a viewer may not have: every answer that attaches one is hidden or masked for them. */
import type { Viewer } from '#core/form/access/field-access.ts';
import { attachedFiles } from '#core/form/answers.ts';
import { seenBy } from './seen.ts';
import type { WholeSubmission } from './whole-submissions.ts';

export function hiddenFiles(submissions: readonly WholeSubmission[], viewer: Viewer): ReadonlySet<string> {
  const seen = new Set(submissions.flatMap((submission) => attachedFiles(seenBy(viewer, submission).response)));
  return new Set(submissions.flatMap(({ whole }) => attachedFiles(whole)).filter((id) => !seen.has(id)));
}
