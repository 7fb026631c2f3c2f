import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { AuditListPage } from '#web/features/audit/AuditListPage.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead, readMe } from '#web/lib/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit'))('title') };
}

interface Props {
  readonly searchParams: Promise<{ readonly q?: string | string[]; readonly status?: string | string[] }>;
}

export default async function Page({ searchParams }: Props) {
  const [{ q, status }, me] = await Promise.all([searchParams, readMe()]);
  if (!me.can.audit) notFound();
  const filters = { ...(typeof q === 'string' && q ? { q } : {}), ...(typeof status === 'string' && status ? { status } : {}) };
  return (
    <HydrationBoundary state={await readAhead([], { firstPages: [reads.auditList(filters, null)] })}>
      <AuditListPage filters={filters} />
    </HydrationBoundary>
  );
}
