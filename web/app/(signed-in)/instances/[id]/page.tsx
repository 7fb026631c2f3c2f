import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { InstancePage } from '#web/features/instance/InstancePage.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead } from '#web/lib/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('shell'))('started') };
}

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return (
    <HydrationBoundary state={await readAhead([reads.instance(id)], { mustExist: true })}>
      <InstancePage key={id} instanceId={id} />
    </HydrationBoundary>
  );
}
