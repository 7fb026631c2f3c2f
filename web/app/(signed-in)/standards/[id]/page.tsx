import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { StandardPage } from '#web/features/standards/StandardPage.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead } from '#web/lib/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('standards'))('title') };
}

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return (
    <HydrationBoundary state={await readAhead([reads.standard(id)], { mustExist: true })}>
      <StandardPage id={id} />
    </HydrationBoundary>
  );
}
