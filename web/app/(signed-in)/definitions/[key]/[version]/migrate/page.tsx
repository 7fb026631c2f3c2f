import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { MigrationPage } from '#web/features/migration/MigrationPage.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead, readMe } from '#web/lib/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('migration'))('title') };
}

interface Props {
  readonly params: Promise<{ readonly key: string; readonly version: string }>;
  readonly searchParams: Promise<{ readonly to?: string | string[] }>;
}

export default async function Page({ params, searchParams }: Props) {
  const [{ key, version: asked }, { to }, me] = await Promise.all([params, searchParams, readMe()]);
  const version = numberFrom(asked);
  if (!me.can.operate || !me.can.readDefinitions || version === null) notFound();
  const flowKey = decodeURIComponent(key);
  const wanted = [reads.definitions(), reads.migrations(flowKey), reads.definitionVersion(flowKey, version)];
  return (
    <HydrationBoundary state={await readAhead(wanted, { mustExist: true })}>
      <MigrationPage flowKey={flowKey} version={version} to={numberFrom(to)} />
    </HydrationBoundary>
  );
}

const numberFrom = (text: unknown): number | null => (typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null);
