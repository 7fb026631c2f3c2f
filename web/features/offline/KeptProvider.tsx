'use client';

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { useMe } from '#web/features/shell/MeContext.tsx';
import type { KeptHead } from './kept.ts';
import { KeptAnswers } from './kept-answers.ts';
import { type DeliveryState, useDelivery } from './use-delivery.ts';
import { useOfflinePage } from './use-offline-page.ts';

const KeptContext = createContext<KeptAnswers | null>(null);
const DeliveryContext = createContext<DeliveryState>({ isOffline: false, isSignedOut: false });

/** What this device keeps for the signed-in person, and what brings it to the server. */
export function KeptProvider({ children }: { readonly children: ReactNode }) {
  const { person } = useMe();
  const [kept] = useState(() => new KeptAnswers(person.id));
  useEffect(() => kept.start(), [kept]);
  useOfflinePage();
  const delivery = useDelivery(kept);
  return (
    <KeptContext value={kept}>
      <DeliveryContext value={delivery}>{children}</DeliveryContext>
    </KeptContext>
  );
}

export function useKept(): KeptAnswers {
  const kept = useContext(KeptContext);
  if (kept === null) throw new Error('useKept stands outside of the signed-in pages.');
  return kept;
}

/** What waits on this device, the oldest first. */
export function useKeptHeads(): readonly KeptHead[] {
  const kept = useKept();
  return useSyncExternalStore(kept.subscribe, kept.heads, kept.noHeads);
}

export const useDeliveryState = (): DeliveryState => useContext(DeliveryContext);
