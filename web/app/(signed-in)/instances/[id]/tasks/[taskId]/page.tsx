import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TaskPage } from '#web/features/task/TaskPage.tsx';
import { reads } from '#web/lib/reads.ts';
import { readAhead } from '#web/lib/server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('task'))('form') };
}

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string; readonly taskId: string }> }) {
  const { id, taskId } = await params;
  const state = await readAhead([reads.task(id, taskId)], { mustExist: true });
  return (
    <HydrationBoundary state={state}>
      <TaskPage key={`${id}/${taskId}`} instanceId={id} taskId={taskId} />
    </HydrationBoundary>
  );
}
