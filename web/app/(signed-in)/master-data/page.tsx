import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { MasterDataPage } from '#web/features/master-data/MasterDataPage.tsx';
import { dictionaryFrom, tabFrom } from '#web/features/master-data/tabs.ts';
import { reads } from '#web/lib/reads.ts';
import { readAhead, readMe } from '#web/lib/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('masterData'))('title') };
}

interface Asked {
  readonly tab?: string | string[];
  readonly dictionary?: string | string[];
}

export default async function Page({ searchParams }: { readonly searchParams: Promise<Asked> }) {
  const [asked, me] = await Promise.all([searchParams, readMe()]);
  if (!me.can.manageMasterData) notFound();
  const [tab, dictionary] = [tabFrom(asked.tab), dictionaryFrom(asked.dictionary)];
  const shown = {
    worklist: [reads.mappingWorklist(dictionary)],
    mappings: [reads.mappings(dictionary)],
    dictionaries: [],
    routing: [reads.routing()],
    history: [reads.masterDataHistory()],
  }[tab];
  return (
    <HydrationBoundary state={await readAhead([reads.masterData(), ...shown])}>
      <MasterDataPage tab={tab} dictionary={dictionary} />
    </HydrationBoundary>
  );
}
