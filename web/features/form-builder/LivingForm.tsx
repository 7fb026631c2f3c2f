'use client';

import { useDeferredValue, useEffect, useRef } from 'react';
import type { ExpressionEngine } from '#core/form/expression/engine.ts';
import { pruneResponse } from '#core/form/prune.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { FormView } from '#web/form-view/FormView.tsx';
import { useText } from '#web/lib/use-words.ts';

export interface LivingFormProps {
  readonly form: Questionnaire;
  readonly engine: ExpressionEngine | null;
  readonly response: QuestionnaireResponse;
  /** Told how many forms were drawn here: each edit draws it anew. */
  readonly onDrawn?: (round: number) => void;
}

/** The form as people will see it, to be filled in. What was filled in stays while the form changes. */
export function LivingForm({ form, engine, response, onDrawn }: LivingFormProps) {
  const { locale } = useText();
  const shown = useDeferredValue(form);
  const kept = useRef(response);
  const round = useRound(shown);
  useEffect(() => onDrawn?.(round), [onDrawn, round]);
  return (
    <FormView
      key={round}
      questionnaire={shown}
      response={pruneResponse(shown, kept.current)}
      locale={locale}
      engine={engine}
      onChange={(next) => {
        kept.current = next;
      }}
    />
  );
}

/** Counts the forms that were shown. */
function useRound(form: Questionnaire): number {
  const rounds = useRef({ form, count: 1 });
  if (rounds.current.form !== form) rounds.current = { form, count: rounds.current.count + 1 };
  return rounds.current.count;
}
