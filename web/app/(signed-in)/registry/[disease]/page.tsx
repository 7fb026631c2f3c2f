import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { DiseasePage } from '#web/features/registry/DiseasePage.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead, readMe } from '#web/lib/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('registry'))('title') };
}

export default async function Page({ params }: { readonly params: Promise<{ readonly disease: string }> }) {
  const [me, { disease }] = await Promise.all([readMe(), params]);
  if (!me.can.readRegistry) notFound();
  return (
    <HydrationBoundary state={await readAhead([reads.registryDisease(disease)], { mustExist: true })}>
      <DiseasePage disease={disease} />
    </HydrationBoundary>
  );
}
