'use client';

import { useDeferredValue, useEffect, useMemo, useRef } from 'react';
import type { ExpressionEngine } from '#core/form/expression/engine.ts';
import { pruneResponse } from '#core/form/prune.ts';
import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { FormView } from '#web/form-view/FormView.tsx';
import { keyOf } from '#web/form-view/model.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from './FormBuilder.module.css';

export interface CanvasProps {
  readonly form: Questionnaire;
  readonly engine: ExpressionEngine | null;
  readonly response: QuestionnaireResponse;
  /** Null in a preview, where nothing is chosen. */
  readonly selected?: string | null;
  readonly onSelect?: (linkId: string) => void;
}

/** The form as people will see it, alive: it can be filled in, and what is pressed is chosen. What was filled in stays while the form changes. */
export function Canvas({ form, engine, response, selected = null, onSelect }: CanvasProps) {
  const { locale } = useText();
  const shown = useDeferredValue(form);
  const frame = useRef<HTMLDivElement>(null);
  const kept = useRef(response);
  const chosenHere = useRef<string | null>(null);
  const round = useRound(shown);
  const linkIds = useMemo(() => linkIdsBySuffix(shown), [shown]);

  useEffect(() => {
    if (selected === null || round === 0) return;
    const suffix = keyOf('', selected);
    const marked = [...(frame.current?.querySelectorAll<HTMLElement>('[id$="-field"]') ?? [])].filter(({ id }) =>
      id.endsWith(`${suffix}-field`),
    );
    for (const element of marked) element.dataset.selected = 'true';
    // What was chosen here is in sight, and must not move under the pointer.
    if (chosenHere.current !== selected) marked[0]?.scrollIntoView({ block: 'nearest' });
    chosenHere.current = null;
    return () => {
      for (const element of marked) delete element.dataset.selected;
    };
  }, [selected, round]);

  const choose = (target: EventTarget): void => {
    const id = target instanceof Element ? target.closest('[id$="-field"]')?.id : undefined;
    const linkId = id && linkIdIn(id, linkIds);
    if (!linkId) return;
    chosenHere.current = linkId;
    onSelect?.(linkId);
  };

  return (
    // A shortcut of the pointer; with the keyboard items are chosen in the tree.
    // With the click and not before it: the settings at the side change their height, and nothing may move while a button is held down.
    <div ref={frame} className={styles.canvas} onClickCapture={({ target }) => choose(target)}>
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
    </div>
  );
}

/** Counts the forms that were shown. */
function useRound(form: Questionnaire): number {
  const rounds = useRef({ form, count: 1 });
  if (rounds.current.form !== form) rounds.current = { form, count: rounds.current.count + 1 };
  return rounds.current.count;
}

function linkIdsBySuffix(form: Questionnaire): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (items: readonly QuestionnaireItem[]): void => {
    for (const { linkId, item = [] } of items) {
      found.set(keyOf('', linkId), linkId);
      visit(item);
    }
  };
  visit(form.item ?? []);
  return found;
}

/** An element's id ends in its link id as keys have it; of two that fit, the longer is meant. */
function linkIdIn(elementId: string, linkIds: ReadonlyMap<string, string>): string | undefined {
  const fitting = [...linkIds.keys()].filter((suffix) => elementId.endsWith(`${suffix}-field`));
  return linkIds.get(fitting.sort((a, b) => b.length - a.length)[0] ?? '');
}
