import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { kindFrom } from '#web/features/incidents/kinds.ts';
import { OperationsPage } from '#web/features/operations/OperationsPage.tsx';
import { problemFrom } from '#web/features/operations/problems.ts';
import { reads } from '#web/lib/reads.ts';
import { readAhead, readMe } from '#web/lib/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operations'))('title') };
}

export default async function Page({
  searchParams,
}: {
  readonly searchParams: Promise<{ readonly problem?: string | string[]; readonly kind?: string | string[] }>;
}) {
  const [{ problem: asked, kind: askedKind }, me] = await Promise.all([searchParams, readMe()]);
  if (!me.can.operate) notFound();
  const problem = problemFrom(asked);
  const kind = kindFrom(askedKind);
  const more =
    problem === 'incident'
      ? [reads.incidents(kind)]
      : problem === null
        ? [reads.runningFlows(), reads.waitingJobs(), reads.retention()]
        : [];
  return (
    <HydrationBoundary state={await readAhead([reads.operations(problem), ...more])}>
      <OperationsPage problem={problem} kind={kind} />
    </HydrationBoundary>
  );
}
