import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PrintPage } from '#web/features/print/PrintPage.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead, readMe } from '#web/lib/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('instance.print'))('title') };
}

/** Outside of the shell: paper has no navigation. */
export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  const [{ person }, state] = await Promise.all([readMe(), readAhead([reads.instance(id)], { mustExist: true })]);
  return (
    <HydrationBoundary state={state}>
      <PrintPage instanceId={id} printedBy={person} printedAt={new Date().toISOString()} />
    </HydrationBoundary>
  );
}
