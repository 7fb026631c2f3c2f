import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { SetPage } from '#web/features/quality-set/SetPage.tsx';
import { type SetQuery, searchFrom, tabFrom, versionFrom } from '#web/features/quality-set/tabs.ts';
import { reads } from '#web/lib/reads.ts';
import { readAhead, readMe } from '#web/lib/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('quality'))('title') };
}

interface Props {
  readonly params: Promise<{ readonly set: string }>;
  readonly searchParams: Promise<SetQuery>;
}

export default async function Page({ params, searchParams }: Props) {
  const [me, { set }, asked] = await Promise.all([readMe(), params, searchParams]);
  if (!me.can.overseeQuality) notFound();
  const [tab, version, search] = [tabFrom(asked.tab), versionFrom(asked.version), searchFrom(asked)];
  const shown = {
    obligations: [reads.obligations(set, search)],
    // Which one is shown is known when the set is: a draft that was put away leaves its address behind.
    versions: [],
    history: [reads.qualityHistory(set)],
  }[tab];
  return (
    <HydrationBoundary state={await readAhead([reads.indicatorSet(set), ...shown], { mustExist: true })}>
      <SetPage set={set} tab={tab} version={version} search={search} />
    </HydrationBoundary>
  );
}
