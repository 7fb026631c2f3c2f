'use client';

import { useTranslations } from 'next-intl';
import { type Ref, useCallback, useImperativeHandle, useMemo, useRef } from 'react';
import type { AnswerRemarkView, FormIssueView, FormReference } from '#api/views.ts';
import type { Outcome } from '#core/bpmn/graph.ts';
import { referenceTo } from '#core/form/references.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { inLocale, type Locale } from '#core/text.ts';
import { useMe } from '#web/features/shell/MeContext.tsx';
import { type FormHandle, FormView } from '#web/form-view/FormView.tsx';
import type { AnswerRemark } from '#web/form-view/form-context.ts';
import { nameIn } from '#web/lib/names.ts';
import { useText } from '#web/lib/use-words.ts';
import { Bone } from '#web/ui/Bone.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { formFiles } from './form-files.ts';
import { formReferences } from './form-references.ts';
import { formValueSets } from './form-value-sets.ts';
import { useEngine } from './use-engine.ts';

export interface FormPaneHandle {
  /**
   * The answers as they are to be sent. Where they must be right and are not, the mistakes are shown; where they need not be, they
   * are left out when they could not stand. Both give null.
   */
  readonly answers: (mustBeRight: boolean) => QuestionnaireResponse | null;
}

export interface FormPaneProps {
  readonly form: FormReference;
  readonly response: QuestionnaireResponse | null;
  readonly issues: readonly FormIssueView[];
  readonly isReadOnly: boolean;
  /** Some of them ask for more than the form does in any case. */
  readonly outcomes?: readonly Outcome[];
  /** What was said of single answers since they were given. */
  readonly remarks?: readonly AnswerRemarkView[];
  /** The draft that is written, once there is one: a form in pages opens again where it was left. */
  readonly draftId: string | null;
  readonly onChange: (response: QuestionnaireResponse) => void;
  readonly ref?: Ref<FormPaneHandle>;
}

const BLANK: QuestionnaireResponse = { resourceType: 'QuestionnaireResponse', status: 'in-progress' };

const NO_OUTCOMES: readonly Outcome[] = [];
const NO_REMARKS: readonly AnswerRemarkView[] = [];

/** Link id → the outcomes that cannot be without an answer to it. */
function needs(outcomes: readonly Outcome[], locale: Locale, separator: string): ReadonlyMap<string, string> {
  const needed = new Map<string, string>();
  for (const { requires = [], affirms = [], name } of outcomes)
    for (const linkId of [...requires, ...affirms])
      needed.set(linkId, [needed.get(linkId), inLocale(name, locale)].filter(Boolean).join(separator));
  return needed;
}

/** A form to be filled in, with our files, our directory and the signed-in person behind it. */
export function FormPane({
  form,
  response,
  issues,
  isReadOnly,
  outcomes = NO_OUTCOMES,
  remarks = NO_REMARKS,
  draftId,
  onChange,
  ref,
}: FormPaneProps) {
  const { locale, name } = useText();
  const { person } = useMe();
  const view = useRef<FormHandle>(null);
  const { questionnaire } = form;

  const answers = useCallback((mustBeRight: boolean): QuestionnaireResponse | null => {
    if (view.current === null) return null;
    return mustBeRight ? view.current.submit() : view.current.right();
  }, []);
  useImperativeHandle(ref, () => ({ answers }), [answers]);

  const valueSets = useMemo(() => formValueSets(form.hash), [form.hash]);
  const display = name(person);
  const signer = useMemo(() => ({ reference: referenceTo('person', person.id), display }), [person.id, display]);
  const shown = useMemo(() => issues.map(shownIssue), [issues]);
  const common = useTranslations('common');
  const separator = common('listSeparator');
  const neededFor = useMemo(() => needs(outcomes, locale, separator), [outcomes, locale, separator]);
  const remarksAt = useRemarks(remarks);
  const { engine, error, retry } = useEngine(questionnaire);
  if (error) return <ErrorState error={error} onRetry={retry} />;
  if (engine === undefined) return <Bone height="40vh" />;
  return (
    <FormView
      ref={view}
      questionnaire={questionnaire}
      response={response ?? BLANK}
      issues={shown}
      isReadOnly={isReadOnly}
      neededFor={neededFor}
      remarks={remarksAt}
      placeKey={draftId ?? undefined}
      locale={locale}
      references={formReferences}
      valueSets={valueSets}
      files={formFiles}
      signer={signer}
      engine={engine}
      onChange={onChange}
    />
  );
}

/** By link id, each with who says it. */
function useRemarks(remarks: readonly AnswerRemarkView[]): ReadonlyMap<string, readonly AnswerRemark[]> {
  const t = useTranslations('task');
  const common = useTranslations('common');
  const { locale } = useText();
  return useMemo(() => {
    const byLinkId = new Map<string, readonly AnswerRemark[]>();
    for (const { linkId, words, by, from } of remarks) {
      const who = by ? [nameIn(locale, by), from && inLocale(from, locale)].filter(Boolean).join(' · ') : t('validation');
      byLinkId.set(linkId, [...(byLinkId.get(linkId) ?? []), { words: inLocale(words, locale), from: `${who}${common('colon')}` }]);
    }
    return byLinkId;
  }, [remarks, locale, t, common]);
}

/** Words take numbers and texts; whatever else an issue carries is for other clients. */
const shownIssue = ({ code, path, severity, data = {}, text }: FormIssueView) => ({
  code,
  path,
  severity,
  ...(text ? { text } : {}),
  data: Object.fromEntries(
    Object.entries(data).flatMap(([name, value]) => (typeof value === 'string' || typeof value === 'number' ? [[name, value]] : [])),
  ),
});
