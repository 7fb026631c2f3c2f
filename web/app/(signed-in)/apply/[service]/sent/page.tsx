import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { SentPage } from '#web/features/apply/SentPage.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead } from '#web/lib/server.ts';

interface Props {
  readonly params: Promise<{ readonly service: string }>;
  readonly searchParams: Promise<{ readonly instance?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('apply'))('sentTitle') };
}

export default async function Page({ params, searchParams }: Props) {
  const [{ service }, { instance }] = await Promise.all([params, searchParams]);
  if (typeof instance !== 'string') notFound();
  return (
    <HydrationBoundary state={await readAhead([reads.instance(instance)], { mustExist: true })}>
      <SentPage serviceKey={service} instanceId={instance} />
    </HydrationBoundary>
  );
}
