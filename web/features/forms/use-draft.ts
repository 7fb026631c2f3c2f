'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { DraftScope, DraftSummary, DraftView } from '#api/views.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { ApiError, call, send } from '#web/lib/api.ts';
import { reads } from '#web/lib/reads.ts';

export type DraftStatus =
  | { readonly kind: 'none' | 'saving' | 'unsaved' | 'failed' }
  | { readonly kind: 'saved' | 'restored'; readonly at: string }
  /** Another page saved a newer version; saving pauses until the person has chosen. */
  | { readonly kind: 'conflict'; readonly other: DraftView };

export interface Draft {
  readonly status: DraftStatus;
  readonly id: string | null;
  readonly change: (response: QuestionnaireResponse) => void;
  /** Saves now what is not saved yet. */
  readonly flush: () => Promise<void>;
  readonly keepMine: () => void;
  readonly takeOther: () => QuestionnaireResponse | null;
  /** After the submission nothing is saved any more. */
  readonly stop: () => void;
}

export interface DraftOptions {
  readonly scope: DraftScope;
  readonly formHash: string;
  readonly existing: DraftSummary | null;
}

const PAUSE_MS = 2_000;
const RETRY_MS = 10_000;

/** Saves what is being written: two seconds after the last change and when the page is hidden. */
export function useDraft({ scope, formHash, existing }: DraftOptions): Draft {
  const [status, setStatus] = useState<DraftStatus>(existing ? { kind: 'restored', at: existing.savedAt } : { kind: 'none' });
  const known = useRef<{ id: string | null; version: number }>({ id: existing?.id ?? null, version: existing?.version ?? 0 });
  const pending = useRef<QuestionnaireResponse | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const saving = useRef<Promise<void> | null>(null);
  const isStopped = useRef(false);
  const scopeKey = JSON.stringify(scope);

  const save = useCallback(
    async (isLast = false): Promise<void> => {
      clearTimeout(timer.current);
      await saving.current;
      const response = pending.current;
      if (response === null || isStopped.current) return;
      pending.current = null;
      setStatus({ kind: 'saving' });
      const body = {
        ...(known.current.id ? { id: known.current.id } : {}),
        scope: JSON.parse(scopeKey),
        formHash,
        version: known.current.version,
        response,
      };
      saving.current = put(body, isLast)
        .then((summary) => {
          known.current = { id: summary.id, version: summary.version };
          setStatus(pending.current === null ? { kind: 'saved', at: summary.savedAt } : { kind: 'unsaved' });
        })
        .catch(async (error: unknown) => {
          pending.current ??= response;
          const other = error instanceof ApiError && error.status === 409 ? await otherVersion(error, known.current.id) : null;
          if (other) {
            setStatus({ kind: 'conflict', other });
            return;
          }
          setStatus({ kind: 'failed' });
          timer.current = setTimeout(() => void save(), RETRY_MS);
        })
        .finally(() => {
          saving.current = null;
        });
      await saving.current;
    },
    [formHash, scopeKey],
  );

  useEffect(() => {
    const onHide = () => {
      if (document.visibilityState === 'hidden') void save(true);
    };
    document.addEventListener('visibilitychange', onHide);
    return () => {
      document.removeEventListener('visibilitychange', onHide);
      void save(true);
    };
  }, [save]);

  const isInConflict = status.kind === 'conflict';
  return {
    status,
    id: known.current.id,
    change: (response) => {
      pending.current = response;
      if (isInConflict || isStopped.current) return;
      setStatus({ kind: 'unsaved' });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), PAUSE_MS);
    },
    flush: () => (isInConflict ? Promise.resolve() : save()),
    keepMine: () => {
      if (status.kind !== 'conflict') return;
      known.current = { id: status.other.id, version: status.other.version };
      void save();
    },
    takeOther: () => {
      if (status.kind !== 'conflict') return null;
      if (status.other.formHash !== formHash) {
        // It is of another version of the form, which only a page that is opened anew shows.
        isStopped.current = true;
        window.location.reload();
        return null;
      }
      known.current = { id: status.other.id, version: status.other.version };
      pending.current = null;
      setStatus({ kind: 'restored', at: status.other.savedAt });
      return status.other.response;
    },
    stop: () => {
      isStopped.current = true;
      pending.current = null;
      clearTimeout(timer.current);
    },
  };
}

/** Browsers let a request outlive its page only up to this size. */
const KEEPALIVE_MAX = 60_000;

function put(body: object, isLast: boolean): Promise<DraftSummary> {
  const text = JSON.stringify(body);
  if (!isLast || text.length > KEEPALIVE_MAX) return send<DraftSummary>('PUT', '/api/drafts', body);
  return call<DraftSummary>('/api/drafts', { method: 'PUT', body: text, headers: { 'content-type': 'application/json' }, keepalive: true });
}

/** The version of the other page. Its id comes with the refusal when this page has not saved yet. */
async function otherVersion({ view }: ApiError, id: string | null): Promise<DraftView | null> {
  const otherId = id ?? (typeof view.data?.id === 'string' ? view.data.id : null);
  if (otherId === null) return null;
  return call<DraftView>(reads.draft(otherId).path).catch(() => null);
}
