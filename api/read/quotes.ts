/** What people said in an instance, as a viewer may read it. */
import { fieldAccess, type Viewer } from '#core/form/access/field-access.ts';
import { saidAnswers, withoutQuotes } from '#core/form/access/quotes.ts';
import type { WholeSubmission } from './whole-submissions.ts';

/** Null: said by nobody in particular. */
export type Said = (text: string, byPersonId: string | null) => string;

/** Whoever said it reads what they said. */
export function saidTo(viewer: Viewer, personId: string, submissions: readonly WholeSubmission[]): Said {
  const said = submissions.map(({ questionnaire, whole }) => saidAnswers(questionnaire, fieldAccess(questionnaire, viewer), whole));
  const shown = withoutQuotes({ closed: said.flatMap(({ closed }) => closed), open: said.flatMap(({ open }) => open) });
  return (text, byPersonId) => (shown === null || byPersonId === personId ? text : shown(text));
}
