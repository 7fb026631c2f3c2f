import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuditPage } from '#web/features/audit/AuditPage.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead, readQuietly } from '#web/lib/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit'))('title') };
}

interface Props {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<{ readonly step?: string | string[] }>;
}

export default async function Page({ params, searchParams }: Props) {
  const [{ id }, { step }] = await Promise.all([params, searchParams]);
  const seq = Number(step) || (await readQuietly(reads.audit(id)))?.steps.at(-1)?.seq;
  return (
    <HydrationBoundary state={await readAhead([reads.audit(id), ...(seq ? [reads.auditMoment(id, seq)] : [])], { mustExist: true })}>
      <AuditPage instanceId={id} />
    </HydrationBoundary>
  );
}
