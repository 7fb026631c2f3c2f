import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { HospitalPage } from '#web/features/quality/HospitalPage.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead, readMe } from '#web/lib/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('quality'))('title') };
}

export default async function Page({
  params,
  searchParams,
}: {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<{ readonly set?: string | string[]; readonly report?: string | string[] }>;
}) {
  const [me, { id }, asked] = await Promise.all([readMe(), params, searchParams]);
  if (!me.can.readQuality) notFound();
  const [set, report] = [asked.set, asked.report].map((each) => (typeof each === 'string' ? each : undefined));
  return (
    <HydrationBoundary state={await readAhead([reads.hospitalQuality(id, { set, report })], { mustExist: true })}>
      <HospitalPage id={id} set={set} report={report} />
    </HydrationBoundary>
  );
}
