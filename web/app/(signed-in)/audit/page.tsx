import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { filtersFrom, type InstanceListQuery } from '#web/features/instance-list/filters.ts';
import { InstanceListPage } from '#web/features/instance-list/InstanceListPage.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead, readMe } from '#web/lib/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('instanceList'))('audit.title') };
}

export default async function Page({ searchParams }: { readonly searchParams: Promise<InstanceListQuery> }) {
  const [query, me] = await Promise.all([searchParams, readMe()]);
  if (!me.can.audit) notFound();
  const filters = filtersFrom(query);
  return (
    <HydrationBoundary state={await readAhead([], { firstPages: [reads.auditList(filters, null)] })}>
      <InstanceListPage place="audit" filters={filters} />
    </HydrationBoundary>
  );
}
