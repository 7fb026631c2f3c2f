/** How the answer to each question came to be what it is, over the submissions of one form. */
import { type Change, type CompareOptions, compareSubmissions, type Submitted } from './compare.ts';

export interface Edit<Version extends Submitted> {
  readonly change: Change;
  /** The submission that brought the change; it says who and when. */
  readonly version: Version;
}

/** By the place where the change stands in the submission that brought it; oldest first. `versions`: oldest first. */
export function editsOf<Version extends Submitted>(
  versions: readonly Version[],
  options: CompareOptions = {},
): ReadonlyMap<string, readonly Edit<Version>[]> {
  const edits = new Map<string, Edit<Version>[]>();
  for (const [index, version] of versions.entries()) {
    const before = versions[index - 1];
    if (!before) continue;
    for (const change of compareSubmissions(before, version, options)) {
      const known = edits.get(change.path);
      if (known) known.push({ change, version });
      else edits.set(change.path, [{ change, version }]);
    }
  }
  return edits;
}
