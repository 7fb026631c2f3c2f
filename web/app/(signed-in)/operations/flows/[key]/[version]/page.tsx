import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { WhereaboutsPage } from '#web/features/whereabouts/WhereaboutsPage.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead, readMe } from '#web/lib/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('whereabouts'))('title') };
}

interface Props {
  readonly params: Promise<{ readonly key: string; readonly version: string }>;
  readonly searchParams: Promise<{ readonly element?: string | string[] }>;
}

export default async function Page({ params, searchParams }: Props) {
  const [{ key, version: asked }, { element }, me] = await Promise.all([params, searchParams, readMe()]);
  if (!me.can.operate || !/^[1-9]\d{0,8}$/.test(asked)) notFound();
  const version = Number(asked);
  const flowKey = decodeURIComponent(key);
  const elementId = typeof element === 'string' && element !== '' ? element : null;
  const firstPages = elementId === null ? [] : [reads.instancesAt(flowKey, version, elementId, null)];
  return (
    <HydrationBoundary state={await readAhead([reads.whereabouts(flowKey, version)], { mustExist: true, firstPages })}>
      <WhereaboutsPage flowKey={flowKey} version={version} elementId={elementId} />
    </HydrationBoundary>
  );
}
