/** How drafts that people have open go over to the form as it is being changed. */
import type { EditionView } from '#api/views/forms.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { diffForms, type FormDiff } from '#core/form-edit/diff.ts';
import type { MigrationStep } from '#core/form-edit/migration-step.ts';
import { proposeSteps } from '#core/form-edit/propose-steps.ts';

export interface ComparedForms {
  readonly before: Questionnaire;
  readonly after: Questionnaire;
  readonly diff: FormDiff;
}

/** Null where the form is new. */
export function comparedWithBase({ base }: Pick<EditionView, 'base'>, form: Questionnaire): ComparedForms | null {
  // What is deployed was parsed by the server.
  const before = base as Questionnaire | null;
  return before && { before, after: form, diff: diffForms(before, form) };
}

export function proposedSteps(edition: Pick<EditionView, 'base'>, form: Questionnaire): readonly MigrationStep[] {
  const compared = comparedWithBase(edition, form);
  return compared ? proposeSteps(compared.diff) : [];
}

/** Steps are the same where they say the same. */
export const isAmong = (steps: readonly MigrationStep[], step: MigrationStep): boolean =>
  steps.some((each) => JSON.stringify(each) === JSON.stringify(step));
