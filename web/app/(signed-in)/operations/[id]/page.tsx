import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { OperatedPage } from '#web/features/operations/OperatedPage.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead, readMe } from '#web/lib/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operate'))('title') };
}

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const [{ id }, me] = await Promise.all([params, readMe()]);
  if (!me.can.operate) notFound();
  return (
    <HydrationBoundary state={await readAhead([reads.operated(id)], { mustExist: true })}>
      <OperatedPage instanceId={id} />
    </HydrationBoundary>
  );
}
