/** Submissions as they were given, for the server's own use. They go out as a viewer may see them, and in no other way (`seen.ts`). */
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { readSubmissions, type StoredSubmission } from '#db/instances.ts';
import { openJson } from '#engine/cipher.ts';
import type { Context } from '../operation.ts';
import type { LoadedInstance } from './instance.ts';

export interface WholeSubmission extends Omit<StoredSubmission, 'body'> {
  readonly questionnaire: Questionnaire;
  readonly whole: QuestionnaireResponse;
}

type Opened = Pick<LoadedInstance, 'instance' | 'key'>;

/** Oldest first. */
export async function wholeSubmissions(context: Context, loaded: Opened): Promise<readonly WholeSubmission[]> {
  const stored = await storedSubmissions(context, loaded);
  return Promise.all(stored.map((submission) => wholeSubmission(context, loaded, submission)));
}

/** The last one of a form. */
export async function latestSubmission(context: Context, loaded: Opened, formKey: string | undefined): Promise<WholeSubmission | null> {
  const stored = await storedSubmissions(context, loaded);
  const latest = stored.filter((submission) => submission.formKey === formKey).at(-1);
  return latest ? wholeSubmission(context, loaded, latest) : null;
}

/** Of a step that its reader may not know of nothing was ever submitted. */
const storedSubmissions = async (context: Context, { instance }: Opened): Promise<readonly StoredSubmission[]> =>
  (await readSubmissions(context.runtime.db, instance.id)).filter(({ seq }) => seq <= instance.lastSeq);

const wholeSubmission = async (
  context: Context,
  { key }: Pick<Opened, 'key'>,
  { body, ...submission }: StoredSubmission,
): Promise<WholeSubmission> => ({
  ...submission,
  questionnaire: await context.runtime.definitions.form(submission.formHash),
  whole: openJson<QuestionnaireResponse>(key, 'journal', body),
});
