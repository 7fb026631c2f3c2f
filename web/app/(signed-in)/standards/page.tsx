import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { StandardsPage } from '#web/features/standards/StandardsPage.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead } from '#web/lib/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('standards'))('title') };
}

export default async function Page() {
  return (
    <HydrationBoundary state={await readAhead([reads.standards('')])}>
      <StandardsPage />
    </HydrationBoundary>
  );
}
