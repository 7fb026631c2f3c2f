'use client';

import { useDeferredValue, useEffect, useRef, useState } from 'react';
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
  const drawn = useRef<Drawn>(null);
  const [lateAnswers, setLateAnswers] = useState(response);
  if (drawn.current?.form !== shown || drawn.current.lateAnswers !== lateAnswers) {
    drawn.current = { round: (drawn.current?.round ?? 0) + 1, form: shown, lateAnswers, answers: kept.current };
  }
  const { round, answers } = drawn.current;
  useEffect(() => {
    onDrawn?.(round);
    // A form tells its last answer when it goes, and the next one has begun by then.
    if (kept.current !== answers) setLateAnswers(kept.current);
  }, [onDrawn, round, answers]);
  return (
    <FormView
      key={round}
      questionnaire={shown}
      response={pruneResponse(shown, answers)}
      locale={locale}
      engine={engine}
      onChange={(next) => {
        kept.current = next;
      }}
    />
  );
}

/** What the form on the page began with; `round` counts them. */
interface Drawn {
  readonly round: number;
  readonly form: Questionnaire;
  readonly answers: QuestionnaireResponse;
  readonly lateAnswers: QuestionnaireResponse;
}
