import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ComparisonPage } from '#web/features/quality/ComparisonPage.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead, readMe } from '#web/lib/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('quality'))('title') };
}

export default async function Page({
  params,
}: {
  readonly params: Promise<{ readonly set: string; readonly code: string; readonly period: string }>;
}) {
  const [me, { set, code, period }] = await Promise.all([readMe(), params]);
  if (!me.can.readQuality) notFound();
  return (
    <HydrationBoundary state={await readAhead([reads.qualityIndicator(set, code, period)], { mustExist: true })}>
      <ComparisonPage set={set} code={code} period={period} />
    </HydrationBoundary>
  );
}
