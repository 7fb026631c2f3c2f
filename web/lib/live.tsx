'use client';

import { useQueryClient } from '@tanstack/react-query';
import { usePathname } from 'next/navigation';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { InstanceHeader, LiveEvent } from '#api/views.ts';

const LiveContext = createContext(0);

/** Grows with every sign that the person's lists changed; lists decide themselves when to show it. */
export const useInboxSignal = (): number => useContext(LiveContext);

/** One event stream a tab; on the page of an instance it also brings that instance's news. What changed is read again; while the stream is away, the browser reconnects by itself. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const [signal, setSignal] = useState(0);
  const watched = /^\/instances\/([^/]+)/.exec(usePathname())?.[1];

  useEffect(() => {
    const source = new EventSource(watched ? `/api/live?instance=${watched}` : '/api/live');
    let wasLost = false;
    source.onopen = () => {
      // What happened while the stream was away is not told again.
      if (wasLost) void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== 'page' });
      wasLost = false;
    };
    source.onerror = () => {
      wasLost = true;
    };
    source.onmessage = ({ data }) => {
      const event = parseLiveEvent(String(data));
      if (event === null) return;
      if (event.type === 'inbox') {
        void client.invalidateQueries({ queryKey: ['inbox', 'counts'] });
        setSignal((count) => count + 1);
      } else if (event.type === 'notice') {
        void client.invalidateQueries({ queryKey: ['notices'] });
        void client.invalidateQueries({ queryKey: ['me'] });
      } else {
        void client.invalidateQueries({
          queryKey: ['instance', event.instanceId],
          predicate: ({ state }) => isOlder(state.data, event.seq),
        });
      }
    };
    return () => source.close();
  }, [client, watched]);

  return <LiveContext value={signal}>{children}</LiveContext>;
}

/** Does a page show less than step `seq`? 0: whatever it shows. */
function isOlder(data: unknown, seq: number): boolean {
  // Under this key lie views of instances and of their tasks, or nothing yet.
  const view = data as { readonly header?: InstanceHeader; readonly instance?: InstanceHeader } | undefined;
  const known = (view?.header ?? view?.instance)?.confirmation.lastSeq;
  return seq === 0 || known === undefined || known < seq;
}

function parseLiveEvent(data: string): LiveEvent | null {
  try {
    const event: unknown = JSON.parse(data);
    if (typeof event !== 'object' || event === null || !('type' in event)) return null;
    if (event.type === 'inbox' || event.type === 'notice') return { type: event.type };
    if (event.type === 'instance' && 'instanceId' in event && typeof event.instanceId === 'string') {
      return { type: 'instance', instanceId: event.instanceId, seq: 'seq' in event && typeof event.seq === 'number' ? event.seq : 0 };
    }
    return null;
  } catch {
    return null;
  }
}
