'use client';

import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { ANSWER_WITHIN_MS, call, send } from '#web/lib/api.ts';
import { reads } from '#web/lib/reads.ts';
import { useErrorWords } from '#web/lib/use-words.ts';
import { type Delivered, deliver } from './deliver.ts';
import { isOpenAt, type KeptHead, pauseMs } from './kept.ts';
import type { KeptAnswers } from './kept-answers.ts';
import { useLabelWords } from './use-label-words.ts';

export interface DeliveryState {
  readonly isOffline: boolean;
  /** What waits can go once the person has signed in again. */
  readonly isSignedOut: boolean;
}

/**
 * Brings what waits to the server when a page is opened or comes to the front, when the browser says that it is online, when something
 * new waits, and again after a pause that grows. One page at a time takes each thing (`KeptAnswers.hold`).
 */
export function useDelivery(kept: KeptAnswers): DeliveryState {
  const isOnline = useSyncExternalStore(subscribeToConnection, isBrowserOnline, () => true);
  const [end, setEnd] = useState<Delivered['end']>('done');
  const pathname = usePathname();
  const tell = useTelling();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const failures = useRef(0);
  const isUnderWay = useRef(false);
  const isWantedAgain = useRef(false);

  const bring = useCallback(() => {
    isWantedAgain.current = isUnderWay.current;
    if (isUnderWay.current || !isBrowserOnline()) return;
    clearTimeout(timer.current);
    isUnderWay.current = true;
    void deliver({
      kept,
      send: (method, path, body) => send(method, path, body, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }),
      readTask: (instanceId, taskId) =>
        call(reads.task(instanceId, taskId).path, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS), cache: 'no-store' }),
      isOpen: (head) => isOpenAt(head, window.location),
    })
      .then((delivered) => {
        tell(delivered);
        setEnd(delivered.end);
        failures.current = delivered.end === 'away' ? failures.current + 1 : 0;
        if (delivered.end === 'away') timer.current = setTimeout(bring, pauseMs(failures.current));
      })
      .finally(() => {
        isUnderWay.current = false;
        if (isWantedAgain.current) bring();
      });
  }, [kept, tell]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a form that is left is nobody's any more, and the line may be back.
  useEffect(bring, [bring, pathname, isOnline]);
  useEffect(() => {
    const onShow = () => {
      if (document.visibilityState === 'visible') bring();
    };
    document.addEventListener('visibilitychange', onShow);
    const unsubscribe = kept.subscribe(bring);
    return () => {
      document.removeEventListener('visibilitychange', onShow);
      unsubscribe();
      clearTimeout(timer.current);
    };
  }, [bring, kept]);
  return { isOffline: !isOnline || end === 'away', isSignedOut: end === 'signed-out' };
}

/** What went and what did not, wherever the person is by then; and what pages show of it is read again. */
function useTelling(): (delivered: Delivered) => void {
  const t = useTranslations('offline');
  const common = useTranslations('common');
  const { notification } = App.useApp();
  const client = useQueryClient();
  const labelWords = useLabelWords();
  const errorWords = useErrorWords();
  const latest = useRef<(delivered: Delivered) => void>(() => undefined);
  latest.current = ({ sent, saved, refused }) => {
    // A form that is open says so itself.
    const isElsewhere = (head: KeptHead) => !isOpenAt(head, window.location);
    for (const { head, answer } of sent.filter((each) => isElsewhere(each.head))) {
      const description = labelWords({ label: { ...head.label, number: answer.number } });
      notification.success({ key: head.id, title: t('sentTitle'), description });
    }
    for (const head of refused.filter(isElsewhere)) {
      const { state } = head;
      const title = t(state.kind === 'not-sent' ? 'notSentTitle' : 'notSavedTitle');
      const why = 'code' in state ? errorWords(state.code) : t('state.conflict');
      notification.warning({ key: head.id, title, description: `${labelWords(head)}${common('colon')}${why}`, duration: 0 });
    }
    if (sent.length > 0) void client.invalidateQueries({ queryKey: ['inbox'] });
    for (const { scope } of [...saved, ...sent.map(({ head }) => head)]) {
      if (scope.kind === 'task') void client.invalidateQueries({ queryKey: ['instance', scope.instanceId] });
      else for (const queryKey of [['drafts'], reads.service(scope.serviceKey).key]) void client.invalidateQueries({ queryKey });
    }
  };
  return useCallback((delivered) => latest.current(delivered), []);
}

function subscribeToConnection(onChange: () => void): () => void {
  window.addEventListener('online', onChange);
  window.addEventListener('offline', onChange);
  return () => {
    window.removeEventListener('online', onChange);
    window.removeEventListener('offline', onChange);
  };
}

const isBrowserOnline = (): boolean => navigator.onLine;
