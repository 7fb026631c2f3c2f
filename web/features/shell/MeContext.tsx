'use client';

import { createContext, type ReactNode, useContext, useLayoutEffect } from 'react';
import type { MeView } from '#api/views.ts';
import { actAs } from '#web/lib/api.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';

const MeContext = createContext<MeView | null>(null);

export function useMe(): MeView {
  const me = useContext(MeContext);
  if (me === null) throw new Error('useMe stands outside of the signed-in pages.');
  return me;
}

/** Who is signed in; refreshed when a notice comes in. */
export function MeProvider({ initial, children }: { readonly initial: MeView; readonly children: ReactNode }) {
  const { data } = useRead(reads.me(), { staleTime: 60_000 });
  // Before the effects in which pages begin to call.
  useLayoutEffect(() => actAs(initial.person.id), [initial.person.id]);
  return <MeContext value={data ?? initial}>{children}</MeContext>;
}
