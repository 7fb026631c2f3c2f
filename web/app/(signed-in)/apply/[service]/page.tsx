import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ApplyPage } from '#web/features/apply/ApplyPage.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead } from '#web/lib/server.ts';

interface Props {
  readonly params: Promise<{ readonly service: string }>;
  readonly searchParams: Promise<{ readonly draft?: string | string[]; readonly kept?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('apply'))('title') };
}

export default async function Page({ params, searchParams }: Props) {
  const [{ service }, { draft, kept }] = await Promise.all([params, searchParams]);
  const draftId = typeof draft === 'string' ? draft : null;
  const keptId = typeof kept === 'string' ? kept : null;
  const state = await readAhead([reads.service(service), ...(draftId ? [reads.draft(draftId)] : [])], { mustExist: true });
  return (
    <HydrationBoundary state={state}>
      <ApplyPage key={draftId ?? keptId ?? 'new'} serviceKey={service} draftId={draftId} keptId={keptId} />
    </HydrationBoundary>
  );
}
