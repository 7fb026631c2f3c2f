import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { RegistryPage } from '#web/features/registry/RegistryPage.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead, readMe } from '#web/lib/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('registry'))('title') };
}

export default async function Page() {
  const me = await readMe();
  if (!me.can.readRegistry) notFound();
  return (
    <HydrationBoundary state={await readAhead([reads.registry()])}>
      <RegistryPage />
    </HydrationBoundary>
  );
}
