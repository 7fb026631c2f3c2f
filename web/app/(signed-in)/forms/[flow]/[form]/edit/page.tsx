import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { EditionPage } from '#web/features/form-builder/EditionPage.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead, readMe } from '#web/lib/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('formBuilder'))('pageTitle') };
}

interface Props {
  readonly params: Promise<{ readonly flow: string; readonly form: string }>;
}

export default async function Page({ params }: Props) {
  const [{ flow, form }, me] = await Promise.all([params, readMe()]);
  if (!me.can.readForms) notFound();
  const which = { flow: decodeURIComponent(flow), form: decodeURIComponent(form) };
  return (
    <HydrationBoundary state={await readAhead([reads.edition(which.flow, which.form)], { mustExist: true })}>
      <EditionPage {...which} />
    </HydrationBoundary>
  );
}
