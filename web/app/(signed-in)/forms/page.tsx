import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { FormsPage } from '#web/features/form-builder/FormsPage.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead, readMe } from '#web/lib/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('formBuilder.list'))('title') };
}

export default async function Page() {
  if (!(await readMe()).can.readForms) notFound();
  return (
    <HydrationBoundary state={await readAhead([reads.forms()])}>
      <FormsPage />
    </HydrationBoundary>
  );
}
