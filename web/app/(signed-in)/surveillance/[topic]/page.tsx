import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { TopicPage } from '#web/features/surveillance/TopicPage.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead, readMe } from '#web/lib/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('surveillance'))('title') };
}

interface Props {
  readonly params: Promise<{ readonly topic: string }>;
  readonly searchParams: Promise<{ readonly period?: string }>;
}

export default async function Page({ params, searchParams }: Props) {
  const [me, { topic }, { period }] = await Promise.all([readMe(), params, searchParams]);
  if (!me.can.readSurveillance) notFound();
  return (
    <HydrationBoundary state={await readAhead([reads.surveillanceTopic(topic, period)], { mustExist: true })}>
      <TopicPage topic={topic} {...(period === undefined ? {} : { period })} />
    </HydrationBoundary>
  );
}
