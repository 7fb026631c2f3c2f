'use client';

import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { EditionHead, EditionView } from '#api/views/forms.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { applyEdit, type FormEdit } from '#core/form-edit/edit.ts';
import { canRedo, canUndo, closeMerge, type History, historyOf, record, redo, undo } from '#core/form-edit/history.ts';
import type { MigrationStep } from '#core/form-edit/migration-step.ts';
import { choiceFrom, decide, doneSteps, isAsProposed, type StepChoice } from '#core/form-edit/step-choice.ts';
import { ApiError, call, send } from '#web/lib/api.ts';
import { reads } from '#web/lib/reads.ts';
import { useErrorWords } from '#web/lib/use-words.ts';

export type SaveStatus =
  | { readonly kind: 'saved'; readonly at: string }
  | { readonly kind: 'unsaved' | 'saving' | 'failed' }
  /** Somebody saved another text meanwhile; nothing is saved before the person has chosen. */
  | { readonly kind: 'conflict'; readonly other: EditionHead }
  /** It was sent on, published or put away meanwhile, without what stands here. */
  | { readonly kind: 'lost' };

/** What is undone together: the form, and what was decided of the steps for open drafts. */
interface Work {
  readonly form: Questionnaire;
  readonly choice: StepChoice;
}

export interface EditionWork {
  readonly edition: EditionView;
  readonly form: Questionnaire;
  /** What it began with; null: it is new. */
  readonly base: Questionnaire | null;
  readonly choice: StepChoice;
  readonly isLocked: boolean;
  readonly status: SaveStatus;
  /** Says what stands against an edit and leaves the form as it is. `mergeKey`: edits of one field in a row are undone as one. */
  readonly apply: (edit: FormEdit, mergeKey?: string) => boolean;
  /** The form as the edits that were just applied left it. */
  readonly current: () => Questionnaire;
  readonly replace: (form: Questionnaire, mergeKey?: string) => void;
  readonly choose: (choice: StepChoice) => void;
  readonly left: () => void;
  readonly undo: (() => void) | null;
  readonly redo: (() => void) | null;
  /** Saves what is not saved yet; null where it could not, else which text is saved. */
  readonly flush: () => Promise<Pick<EditionHead, 'id' | 'revision'> | null>;
  /** Which text the server has, as far as it is known here. */
  readonly seen: () => Pick<EditionHead, 'id' | 'revision'>;
  readonly keepMine: () => void;
  readonly takeOther: () => Promise<void>;
  /** What the server answered to an act. */
  readonly moved: (edition: EditionView) => void;
}

const PAUSE_MS = 1_500;
const RETRY_MS = 10_000;

/** A form under somebody's hands: edits with undo, saved on the server after each pause, and never over somebody else's work in silence. */
export function useEdition(first: EditionView, canEdit: boolean): EditionWork {
  const t = useTranslations('formBuilder.refused');
  const { message } = App.useApp();
  const client = useQueryClient();
  const words = useErrorWords();
  const [edition, setEdition] = useState(first);
  const [history, setHistory] = useState<History<Work>>(() => historyOf(workOf(first)));
  const [status, setStatus] = useState<SaveStatus>({ kind: 'saved', at: first.updatedAt });
  const saved = useRef({ work: history.present, revision: first.revision });
  const latest = useRef(history.present);
  latest.current = history.present;
  const saving = useRef<Promise<boolean> | null>(null);
  const isToldOf = useRef(false);
  /** Until the person has chosen between two texts. */
  const isHeldUp = useRef(false);
  const isLocked = !canEdit || edition.state !== 'draft';
  const { serviceKey, formKey } = edition;
  const { key, path } = useMemo(() => reads.edition(serviceKey, formKey), [serviceKey, formKey]);
  // New with every picture, and no reason to begin a pause anew.
  const said = useRef(words);
  said.current = words;

  const save = useCallback(async (): Promise<boolean> => {
    while (saving.current) await saving.current;
    const work = latest.current;
    if (work === saved.current.work) return true;
    if (isHeldUp.current) return false;
    setStatus({ kind: 'saving' });
    saving.current = send<EditionHead>('PUT', path, {
      id: edition.id,
      revision: saved.current.revision,
      questionnaire: work.form,
      steps: stepsOf(edition, work),
    })
      .then((answer) => {
        saved.current = { work, revision: answer.revision };
        isToldOf.current = false;
        const now = { ...edition, ...answer, questionnaire: work.form, steps: stepsOf(edition, work) };
        client.setQueryData(key, now);
        setEdition(now);
        setStatus(latest.current === work ? { kind: 'saved', at: answer.updatedAt } : { kind: 'unsaved' });
        return true;
      })
      .catch((error: unknown) => {
        const code = error instanceof ApiError ? error.view.code : null;
        isHeldUp.current = code === 'edition-conflict' || code === 'edition-moved-on' || code === 'not-found';
        if (error instanceof ApiError && code === 'edition-conflict') setStatus({ kind: 'conflict', other: headIn(error) });
        else if (isHeldUp.current) setStatus({ kind: 'lost' });
        else {
          setStatus({ kind: 'failed' });
          // It is tried again by itself; what is wrong is told once.
          if (!isToldOf.current) message.error(said.current(error));
          isToldOf.current = true;
        }
        return false;
      })
      .finally(() => {
        saving.current = null;
      });
    return saving.current;
  }, [client, key, path, message, edition]);

  const { present } = history;
  const isSaved = present === saved.current.work;
  useEffect(() => {
    // Each change begins the pause anew.
    if (present === saved.current.work || isLocked || isHeldUp.current) return;
    const timer = setTimeout(() => void save(), status.kind === 'failed' ? RETRY_MS : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [present, isLocked, save, status.kind]);
  useEffect(() => {
    if (isSaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isSaved]);
  const lastSave = useRef(save);
  lastSave.current = save;
  useEffect(() => {
    const onHide = () => {
      if (document.visibilityState === 'hidden') void lastSave.current();
    };
    document.addEventListener('visibilitychange', onHide);
    return () => {
      document.removeEventListener('visibilitychange', onHide);
      void lastSave.current();
    };
  }, []);

  const change = useCallback((next: (history: History<Work>) => History<Work>) => {
    setHistory((before) => {
      const after = next(before);
      if (after.present !== before.present)
        setStatus((now) => (now.kind === 'conflict' || now.kind === 'lost' ? now : { kind: 'unsaved' }));
      return after;
    });
  }, []);

  return useMemo(() => {
    const { form, choice } = history.present;
    return {
      edition,
      form,
      base: baseOf(edition),
      choice,
      isLocked,
      status,
      apply: (edit, mergeKey) => {
        if (isLocked) return false;
        const result = applyEdit(latest.current.form, edit);
        if (result.kind === 'refused') {
          message.warning(t(result.code, result.data));
          return false;
        }
        latest.current = { ...latest.current, form: result.questionnaire };
        const work = latest.current;
        change((before) => (result.questionnaire === before.present.form ? before : record(before, work, mergeKey)));
        return true;
      },
      current: () => latest.current.form,
      replace: (next, mergeKey) => {
        if (isLocked) return;
        latest.current = { ...latest.current, form: next };
        const work = latest.current;
        change((before) => record(before, work, mergeKey));
      },
      choose: (next) => {
        latest.current = { ...latest.current, choice: next };
        const work = latest.current;
        change((before) => record(before, work));
      },
      left: () => setHistory(closeMerge),
      undo: !isLocked && canUndo(history) ? () => change(undo) : null,
      redo: !isLocked && canRedo(history) ? () => change(redo) : null,
      seen: () => ({ id: edition.id, revision: saved.current.revision }),
      flush: async () => (isLocked || (await save()) ? { id: edition.id, revision: saved.current.revision } : null),
      keepMine: () => {
        if (status.kind !== 'conflict') return;
        saved.current = { ...saved.current, revision: status.other.revision };
        isHeldUp.current = false;
        setStatus({ kind: 'unsaved' });
      },
      takeOther: async () => {
        const other = await call<EditionView>(path).catch((error: unknown) => void message.error(said.current(error)));
        if (!other) return;
        isHeldUp.current = false;
        const work = workOf(other);
        saved.current = { work, revision: other.revision };
        setEdition(other);
        // The own text stays one step back.
        setHistory((before) => record(before, work));
        setStatus({ kind: 'saved', at: other.updatedAt });
      },
      moved: (answer) => {
        client.setQueryData(key, answer);
        void client.invalidateQueries({ queryKey: ['forms'] });
        setEdition(answer);
      },
    };
  }, [history, edition, isLocked, status, change, save, client, key, path, message, t]);
}

/** What the refusal of a save says of the text that is there. */
const headIn = ({ view }: ApiError): EditionHead => view.data as unknown as EditionHead;

// What is deployed was parsed by the server.
const baseOf = ({ base }: EditionView): Questionnaire | null => base as Questionnaire | null;

function workOf(edition: EditionView): Work {
  // What may be saved was parsed by the server.
  const form = edition.questionnaire as Questionnaire;
  return { form, choice: choiceFrom(baseOf(edition) ?? form, form, edition.steps) };
}

/** What is sent: null where it is as proposed. */
function stepsOf(edition: EditionView, { form, choice }: Work): readonly MigrationStep[] | null {
  const base = baseOf(edition);
  return base === null || isAsProposed(choice) ? null : doneSteps(decide(base, form, choice));
}
