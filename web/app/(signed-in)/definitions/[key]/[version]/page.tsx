import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { VersionPage } from '#web/features/definitions/VersionPage.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead, readMe } from '#web/lib/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('definitions'))('title') };
}

interface Props {
  readonly params: Promise<{ readonly key: string; readonly version: string }>;
  readonly searchParams: Promise<{ readonly with?: string | string[] }>;
}

export default async function Page({ params, searchParams }: Props) {
  const [{ key, version: asked }, { with: other }, me] = await Promise.all([params, searchParams, readMe()]);
  const version = numberFrom(asked);
  if (!me.can.readDefinitions || version === null) notFound();
  const compared = numberFrom(other);
  const flowKey = decodeURIComponent(key);
  const wanted = [
    reads.definitionVersion(flowKey, version),
    ...(compared === null ? [] : [reads.definitionVersion(flowKey, compared), reads.definitionDiff(flowKey, version, compared)]),
  ];
  return (
    <HydrationBoundary state={await readAhead(wanted, { mustExist: compared === null })}>
      <VersionPage flowKey={flowKey} version={version} compared={compared} />
    </HydrationBoundary>
  );
}

const numberFrom = (text: unknown): number | null => (typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null);
