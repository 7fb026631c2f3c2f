'use client';

import type { FormReference } from '#api/views.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { FormReadView } from '#web/form-view/FormReadView.tsx';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';

/** The answers of one submission, to be read. */
export function Answers({
  submission,
}: {
  readonly submission: { readonly form: FormReference; readonly response: QuestionnaireResponse };
}) {
  const { locale } = useText();
  return <FormReadView questionnaire={submission.form.questionnaire} response={submission.response} locale={locale} fileUrl={paths.file} />;
}
