'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { IncidentRow, RetriesView } from '#api/views/jobs.ts';
import { isTemporary, send } from '#web/lib/api.ts';
import type { Kind } from './kinds.ts';

/** So many a call: often enough for a bar that moves, seldom enough for the server. */
const AT_ONCE = 20;
const TRIES_MAX = 3;
const PAUSE_MS = 1_000;

export interface BulkRetry {
  readonly isRunning: boolean;
  readonly done: number;
  readonly total: number;
  readonly refused: number;
}

const IDLE: BulkRetry = { isRunning: false, done: 0, total: 0, refused: 0 };

/** Retries many incidents, some at a time, and tells how far it is. Throws what a call is refused with. */
export function useBulkRetry() {
  const client = useQueryClient();
  const [progress, setProgress] = useState<BulkRetry>(IDLE);

  async function run(total: number, calls: (commandId: string, told: (answer: RetriesView) => void) => Promise<void>): Promise<BulkRetry> {
    let now: BulkRetry = { ...IDLE, isRunning: true, total };
    setProgress(now);
    try {
      await calls(crypto.randomUUID(), ({ results }) => {
        const refused = results.filter(({ outcome }) => outcome === 'refused').length;
        now = { ...now, done: now.done + results.length, refused: now.refused + refused };
        setProgress(now);
      });
    } finally {
      now = { ...now, isRunning: false };
      setProgress(now);
      await client.invalidateQueries({ queryKey: ['operations'] });
    }
    return now;
  }

  const retrySelected = (chosen: readonly Pick<IncidentRow, 'instanceId' | 'incidentId'>[]): Promise<BulkRetry> =>
    run(chosen.length, async (commandId, told) => {
      for (let start = 0; start < chosen.length; start += AT_ONCE) {
        const incidents = chosen.slice(start, start + AT_ONCE).map(({ instanceId, incidentId }) => ({ instanceId, incidentId }));
        told(await persistently({ commandId, incidents }));
      }
    });

  const retryKind = (kind: Kind | null, total: number): Promise<BulkRetry> =>
    run(total, async (commandId, told) => {
      let after: string | null = null;
      do {
        const answer: RetriesView = await persistently({ commandId, ...kind, limit: AT_ONCE, ...(after === null ? {} : { after }) });
        told(answer);
        after = answer.next;
      } while (after !== null);
    });

  return { progress, retrySelected, retryKind };
}

/** The same command again is harmless: what was retried is not retried twice. */
async function persistently(body: object): Promise<RetriesView> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await send<RetriesView>('POST', '/api/incidents/retry', body);
    } catch (error) {
      if (!isTemporary(error) || tries === TRIES_MAX) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
