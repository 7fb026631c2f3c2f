/** The draft as it is changed: one part after another, each saved on top of the revision that was seen. */
import { App } from 'antd';
import { useTranslations } from 'next-intl';
import type { IndicatorSetView, SetVersionView } from '#api/views/indicator-sets.ts';
import type { DraftProblem, SetContents } from '#core/quality/set-draft.ts';
import { ApiError } from '#web/lib/api.ts';
import { setPath, useChange } from './use-change.ts';

export interface Draft {
  readonly contents: SetContents;
  readonly isSaving: boolean;
  /** Of the last attempt; empty while it may be saved. */
  readonly problems: readonly DraftProblem[];
  /** `onSaved`: once it is stored; what could not be stays in the hands of whoever wrote it. */
  readonly save: (contents: SetContents, onSaved?: () => void) => void;
  readonly forget: () => void;
}

/** Null: it is no draft, or may not be changed. */
export function useDraft({ set, canChange }: IndicatorSetView, version: SetVersionView | undefined): Draft | null {
  const t = useTranslations('qualitySet.versions');
  const { message } = App.useApp();
  const change = useChange(() => message.success(t('saved')));
  if (!version || version.revision === null || !canChange) return null;
  const { revision, contents } = version;
  return {
    contents,
    isSaving: change.isPending,
    problems: problemsOf(change.error),
    save: (next, onSaved) =>
      change.mutate(
        { method: 'PUT', path: `${setPath(set.code)}/draft`, body: { revision, contents: next } },
        { onSuccess: () => onSaved?.() },
      ),
    forget: () => change.reset(),
  };
}

const NO_PROBLEMS: readonly DraftProblem[] = [];

/** They come with the refusal, as core made them. */
function problemsOf(error: unknown): readonly DraftProblem[] {
  const problems = error instanceof ApiError ? error.view.data?.problems : undefined;
  return Array.isArray(problems) ? problems : NO_PROBLEMS;
}
