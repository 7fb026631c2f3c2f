import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { DefinitionsPage } from '#web/features/definitions/DefinitionsPage.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead, readMe } from '#web/lib/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('definitions'))('title') };
}

export default async function Page() {
  if (!(await readMe()).can.readDefinitions) notFound();
  return (
    <HydrationBoundary state={await readAhead([reads.definitions()])}>
      <DefinitionsPage />
    </HydrationBoundary>
  );
}
