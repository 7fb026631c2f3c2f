import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { filtersFrom } from '#web/features/inbox/filters.ts';
import { InboxPage } from '#web/features/inbox/InboxPage.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead, readMe } from '#web/lib/server.ts';

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const t = await getTranslations('inbox.lists');
  return { title: t(filtersFrom(await searchParams).list) };
}

export default async function Page({ searchParams }: Props) {
  const filters = filtersFrom(await searchParams);
  const { can } = await readMe();
  const state = await readAhead(can.start ? [reads.services()] : [], { firstPages: [reads.inboxPage(filters, null)] });
  return (
    <HydrationBoundary state={state}>
      <InboxPage />
    </HydrationBoundary>
  );
}
