'use client';

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { CommandAnswer, DraftScope, DraftSummary, DraftView } from '#api/views.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { useKept, useKeptHeads } from '#web/features/offline/KeptProvider.tsx';
import { isOfForm, isSending, type KeptHead, type KeptLabel, keptForForm, type Sending, withSave } from '#web/features/offline/kept.ts';
import { paths } from '#web/paths.ts';
import { putDraft, whatLiesThere, whyNotSaved } from './put-draft.ts';

export type DraftStatus =
  /** `kept`, `signed-out`: safe on this device until there is a connection, or a session. `failed`: not saved. */
  | { readonly kind: 'none' | 'saving' | 'unsaved' | 'kept' | 'signed-out' | 'failed' }
  | { readonly kind: 'saved' | 'restored'; readonly at: string }
  /** Another page or device saved a newer version; saving pauses until the person has chosen. */
  | { readonly kind: 'conflict'; readonly other: DraftView };

export interface Draft {
  readonly status: DraftStatus;
  readonly id: string | null;
  /** When the answers were kept on this device with which the form went on; null: it did not. */
  readonly restoredAt: string | null;
  /** The form was sent without a connection: it waits, or could not be sent. */
  readonly waiting: KeptHead | null;
  readonly change: (response: QuestionnaireResponse) => void;
  /** Saves now what is not saved yet. */
  readonly flush: () => Promise<void>;
  readonly keepMine: () => void;
  readonly takeOther: () => QuestionnaireResponse | null;
  /** Keeps what is to be sent until there is a connection; false: it cannot be kept. */
  readonly sendLater: (later: SendLater) => Promise<boolean>;
  /** The form goes on with what was to be sent; false: it is on its way. */
  readonly takeBack: () => Promise<boolean>;
  readonly sendAgain: () => Promise<void>;
  /** After the submission nothing is saved any more. */
  readonly stop: () => void;
}

export interface SendLater {
  readonly commandId: string;
  readonly sending: Sending;
  readonly response: QuestionnaireResponse;
}

export interface DraftOptions {
  readonly scope: DraftScope;
  readonly formHash: string;
  readonly existing: DraftSummary | null;
  readonly label: KeptLabel;
  /** Which of the applications that are kept here the page was opened for. */
  readonly keptId?: string | null;
  /** Only who may write goes on with what is kept. */
  readonly isWritable: boolean;
  /** The form begins anew with these answers, which this device had kept. */
  readonly onRestore: (response: QuestionnaireResponse) => void;
  /** What waited was carried out. */
  readonly onSent: (sending: Sending, answer: CommandAnswer) => void;
}

const PAUSE_MS = 2_000;
const RETRY_MS = 10_000;

/**
 * Saves what is being written: two seconds after the last change and when the page is hidden. Until the server has answered, it lies
 * encrypted on the device as well, so that a page that is killed without a connection takes nothing along.
 */
export function useDraft({ scope, formHash, existing, label, keptId = null, isWritable, onRestore, onSent }: DraftOptions): Draft {
  const kept = useKept();
  const heads = useKeptHeads();
  const [status, setStatus] = useState<DraftStatus>(existing ? { kind: 'restored', at: existing.savedAt } : { kind: 'none' });
  const [restoredAt, setRestoredAt] = useState<string | null>(null);
  const [ownId, setOwnId] = useState(() => crypto.randomUUID());
  const own = useRef<Own>({
    id: ownId,
    holding: null,
    known: knownOf(existing),
    unanswered: [],
    nextSaveId: crypto.randomUUID(),
    formHash,
  });
  const pending = useRef<QuestionnaireResponse | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const saving = useRef<Promise<void> | null>(null);
  const isStopped = useRef(false);
  const isGone = useRef(false);
  const latest = useRef({ label, onRestore, onSent });
  useLayoutEffect(() => {
    latest.current = { label, onRestore, onSent };
  });
  const scopeKey = JSON.stringify(scope);

  /** As the answers are kept on this device; null: they are not safe here. */
  const keep = useCallback(
    async (response: QuestionnaireResponse, later: SendLater | null = null): Promise<KeptHead | null> => {
      const { id, known, nextSaveId, formHash: writtenFor } = own.current;
      // Also the save that a page makes as it goes, whose answer it will not see.
      const unanswered = withSave(own.current.unanswered, nextSaveId);
      own.current.holding ??= kept.hold(id);
      await own.current.holding;
      const state = later ? ({ kind: 'to-send', commandId: later.commandId } as const) : ({ kind: 'saving' } as const);
      const head = { id, scope: JSON.parse(scopeKey), draft: known, formHash: writtenFor, label: latest.current.label, state };
      return kept.keep({ ...head, keptAt: new Date().toISOString() }, { response, unanswered, sending: later?.sending ?? null });
    },
    [kept, scopeKey],
  );

  const save = useCallback(
    async (isLast = false): Promise<void> => {
      clearTimeout(timer.current);
      if (isLast && pending.current !== null && !isStopped.current && saving.current !== null) await keep(pending.current);
      await saving.current;
      const response = pending.current;
      if (response === null || isStopped.current) return;
      pending.current = null;
      setStatus({ kind: 'saving' });
      const { known, unanswered, nextSaveId: saveId, formHash: writtenFor } = own.current;
      const body = { ...known, scope: JSON.parse(scopeKey), formHash: writtenFor, saveId, unanswered, response };
      own.current.unanswered = withSave(unanswered, saveId);
      own.current.nextSaveId = crypto.randomUUID();
      const keeping = keep(response);
      saving.current = putDraft(body, isLast)
        .then(async (summary) => {
          own.current.known = { id: summary.id, version: summary.version };
          own.current.unanswered = [];
          await keeping;
          if (pending.current === null && !isStopped.current) await kept.drop([own.current.id]);
          setStatus(pending.current === null ? { kind: 'saved', at: summary.savedAt } : { kind: 'unsaved' });
          // Answers to an earlier version of the form: the server carries them over.
          if (writtenFor !== formHash) window.location.assign(draftAddress(JSON.parse(scopeKey), summary.id));
        })
        .catch(async (error: unknown) => {
          pending.current ??= response;
          const [head, found] = await Promise.all([keeping, whatLiesThere(error)]);
          if (found.kind === 'other') {
            setStatus({ kind: 'conflict', other: found.other });
            return;
          }
          // The draft was thrown away elsewhere; what is written here becomes one of its own.
          if (found.kind === 'gone') own.current.known = { id: crypto.randomUUID(), version: 0 };
          if (head) await kept.change({ ...head, draft: own.current.known, state: { kind: 'to-save' } });
          setStatus({ kind: head ? whyNotSaved(error) : 'failed' });
          // Of a page that is left, what is kept goes with everything else that waits.
          if (head === null || !isGone.current) timer.current = setTimeout(() => void save(), RETRY_MS);
        })
        .finally(() => {
          saving.current = null;
        });
      await saving.current;
    },
    [formHash, keep, kept, scopeKey],
  );

  const leave = useCallback(() => save(true).finally(() => letGo(own.current)), [save]);

  /** The form goes on with what is kept; false: another page has it, or it is no longer there. */
  const adopt = useCallback(
    async (head: KeptHead): Promise<boolean> => {
      const release = await kept.hold(head.id);
      if (release === null) return false;
      const found = await kept.read(head.id).catch(() => null);
      if (found === null || pending.current !== null) {
        release();
        return false;
      }
      if (isSending(found.head)) await kept.change({ ...found.head, state: { kind: 'to-save' } });
      const { response, unanswered } = found.content;
      letGo(own.current);
      own.current = {
        id: head.id,
        holding: Promise.resolve(release),
        known: found.head.draft,
        unanswered: withSave(unanswered, head.id),
        nextSaveId: crypto.randomUUID(),
        formHash: found.head.formHash,
      };
      setOwnId(head.id);
      isStopped.current = false;
      pending.current = response;
      if (found.head.formHash === formHash) latest.current.onRestore(response);
      setRestoredAt(found.head.keptAt);
      void save();
      return true;
    },
    [formHash, kept, save],
  );

  // Before it is claimed: the connection may go at once afterwards.
  useEffect(() => kept.prepare(), [kept]);
  const draftId = existing?.id ?? null;
  useEffect(() => {
    if (!isWritable) return;
    const form = { scope: JSON.parse(scopeKey), draftId, keptId };
    const look = async () => {
      const found = keptForForm(await kept.list(), form);
      if (found && !isSending(found)) await adopt(found);
    };
    // Without storage nothing was kept.
    look().catch(() => undefined);
  }, [adopt, draftId, isWritable, kept, keptId, scopeKey]);

  useEffect(
    () =>
      kept.onSent(({ head, sending, answer }) => {
        if (head.id === own.current.id || isOfForm(head, { scope: JSON.parse(scopeKey), draftId, keptId }))
          latest.current.onSent(sending, answer);
      }),
    [draftId, kept, keptId, scopeKey],
  );

  useEffect(() => {
    const onHide = () => {
      if (document.visibilityState === 'hidden') void save(true);
    };
    const onOnline = () => void save();
    isGone.current = false;
    document.addEventListener('visibilitychange', onHide);
    window.addEventListener('online', onOnline);
    return () => {
      document.removeEventListener('visibilitychange', onHide);
      window.removeEventListener('online', onOnline);
      isGone.current = true;
      void leave();
    };
  }, [leave, save]);

  const waiting = heads.findLast((head) => isSending(head) && (head.id === ownId || isOfForm(head, { scope, draftId, keptId }))) ?? null;
  const isInConflict = status.kind === 'conflict';
  const stop = () => {
    isStopped.current = true;
    pending.current = null;
    clearTimeout(timer.current);
    const drop = () => kept.drop([own.current.id]);
    // Also what is just being written.
    void drop();
    void saving.current?.then(drop);
  };
  return {
    status,
    id: own.current.known.version > 0 ? own.current.known.id : null,
    restoredAt,
    waiting,
    change: (response) => {
      if (isStopped.current) return;
      pending.current = response;
      if (isInConflict) return;
      // The form hands over its last words as it goes.
      if (isGone.current) return void leave();
      setStatus({ kind: 'unsaved' });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), PAUSE_MS);
    },
    flush: () => (isInConflict ? Promise.resolve() : save()),
    keepMine: () => {
      if (status.kind !== 'conflict') return;
      own.current.known = { id: status.other.id, version: status.other.version };
      void save();
    },
    takeOther: () => {
      if (status.kind !== 'conflict') return null;
      const { id, version, savedAt, response } = status.other;
      void kept.drop([own.current.id]);
      if (status.other.formHash !== formHash) {
        // It is of another version of the form, which only a page that is opened anew shows.
        isStopped.current = true;
        window.location.reload();
        return null;
      }
      own.current = { ...own.current, known: { id, version }, unanswered: [], formHash };
      pending.current = null;
      setRestoredAt(null);
      setStatus({ kind: 'restored', at: savedAt });
      return response;
    },
    sendLater: async (later) => {
      clearTimeout(timer.current);
      await saving.current;
      isStopped.current = (await keep(later.response, later)) !== null;
      if (!isStopped.current) return false;
      pending.current = null;
      letGo(own.current);
      return true;
    },
    takeBack: async () => waiting !== null && adopt(waiting),
    sendAgain: async () => {
      if (waiting) await kept.change({ ...waiting, state: { kind: 'to-send', commandId: crypto.randomUUID() } });
    },
    stop,
  };
}

/** What this page writes: where it is kept on the device, and what of it the server has. */
interface Own {
  readonly id: string;
  /** Gives what lets other pages of this browser have it. */
  holding: Promise<(() => void) | null> | null;
  known: KeptHead['draft'];
  /** Saves whose answers never came. */
  unanswered: readonly string[];
  nextSaveId: string;
  /** Of the form that the answers are to. */
  readonly formHash: string;
}

function letGo(own: Own): void {
  void own.holding?.then((release) => release?.());
  own.holding = null;
}

const knownOf = (existing: DraftSummary | null): KeptHead['draft'] =>
  existing ? { id: existing.id, version: existing.version } : { id: crypto.randomUUID(), version: 0 };

const draftAddress = (scope: DraftScope, draft: string): string =>
  scope.kind === 'task' ? paths.task(scope.instanceId, scope.taskId) : paths.applyFor(scope.serviceKey, { draft });
