import { HydrationBoundary } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Shell } from '#web/features/shell/Shell.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead, readMe } from '#web/lib/server.ts';

export default async function SignedInLayout({ children }: { readonly children: ReactNode }) {
  const [me, state] = await Promise.all([readMe(), readAhead([reads.inboxCounts()])]);
  return (
    <HydrationBoundary state={state}>
      <Shell me={me}>{children}</Shell>
    </HydrationBoundary>
  );
}
