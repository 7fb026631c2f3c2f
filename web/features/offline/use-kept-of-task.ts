'use client';

import { useEffect, useState } from 'react';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { useKept, useKeptHeads } from './KeptProvider.tsx';
import { isOfForm } from './kept.ts';

export interface KeptOfTask {
  readonly id: string;
  readonly response: QuestionnaireResponse;
}

const scopeOf = (instanceId: string, taskId: string) =>
  ({ scope: { kind: 'task', instanceId, taskId }, draftId: null, keptId: null }) as const;

/** Was the task decided here without a connection, and is nothing known of it yet? */
export function useIsWaiting(instanceId: string, taskId: string): boolean {
  const form = scopeOf(instanceId, taskId);
  return useKeptHeads().some((head) => head.state.kind === 'to-send' && isOfForm(head, form));
}

/** What this device keeps for a task that needs it no more, to be read and copied. */
export function useKeptOfTask(instanceId: string, taskId: string): KeptOfTask | null {
  const kept = useKept();
  const form = scopeOf(instanceId, taskId);
  const id = useKeptHeads().findLast((head) => isOfForm(head, form))?.id ?? null;
  const [found, setFound] = useState<KeptOfTask | null>(null);
  useEffect(() => {
    setFound(null);
    if (id === null) return;
    // Without the key it stays unread until the page is opened again.
    kept.read(id).then(
      (read) => setFound(read && { id, response: read.content.response }),
      () => undefined,
    );
  }, [id, kept]);
  return found;
}
