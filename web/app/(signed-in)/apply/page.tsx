import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ServiceCatalogue } from '#web/features/apply/ServiceCatalogue.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead, readMe } from '#web/lib/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('apply'))('title') };
}

export default async function Page() {
  if (!(await readMe()).can.start) notFound();
  return (
    <HydrationBoundary state={await readAhead([reads.services(), reads.drafts()])}>
      <ServiceCatalogue />
    </HydrationBoundary>
  );
}
