'use client';

import dynamic from 'next/dynamic';
import type { DiagramView } from '#api/views.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { Bone } from '#web/ui/Bone.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import styles from './DiagramCanvas.module.css';

const Loading = () => (
  <div className={styles.canvas}>
    <Bone width="0" />
  </div>
);

const DiagramCanvas = dynamic(async () => (await import('./DiagramCanvas.tsx')).DiagramCanvas, { ssr: false, loading: Loading });

export function FlowDiagram({ diagram }: { readonly diagram: DiagramView }) {
  // A definition never changes under its hash.
  const { data, error, refetch } = useRead(reads.definition(diagram.definitionHash), { staleTime: Number.POSITIVE_INFINITY });
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />;
  return data === undefined ? <Loading /> : <DiagramCanvas xml={data.xml} marks={diagram} />;
}
