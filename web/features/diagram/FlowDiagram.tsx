'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { DiagramView } from '#api/views.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { Bone } from '#web/ui/Bone.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import styles from './DiagramCanvas.module.css';
import type { DiagramCount, DiagramMarks } from './open-diagram.ts';

const Loading = () => (
  <div className={styles.canvas}>
    <Bone width="0" />
  </div>
);

const DiagramCanvas = dynamic(async () => (await import('./DiagramCanvas.tsx')).DiagramCanvas, { ssr: false, loading: Loading });

const DIFFERENCES = ['added', 'changed', 'removed'] as const;

/** A version's own drawing, with what differs from another one. */
export function VersionDiagram({ xml, marks }: { readonly xml: string; readonly marks: DiagramMarks | null }) {
  const t = useTranslations('instance');
  const words = useTranslations('definitions');
  return (
    <figure className={styles.figure} aria-label={t('diagramLabel')}>
      <DiagramCanvas xml={xml} marks={marks ?? NO_MARKS} />
      {marks ? (
        <figcaption className={styles.legend}>
          {DIFFERENCES.map((kind) => (
            <span key={kind} className={styles[kind]}>
              {words(`kinds.${kind}`)}
            </span>
          ))}
        </figcaption>
      ) : null}
    </figure>
  );
}

const NO_MARKS: DiagramMarks = {};

/** A version's drawing at one moment of a simulated run. */
export function WayDiagram({ xml, marks }: { readonly xml: string; readonly marks: DiagramMarks }) {
  const t = useTranslations('instance');
  const words = useTranslations('definitions');
  return (
    <figure className={styles.figure} aria-label={t('diagramLabel')}>
      <DiagramCanvas xml={xml} marks={marks} />
      <figcaption className={styles.legend}>
        <span className={styles.done}>{t('legend.done')}</span>
        <span className={styles.active}>{t('legend.active')}</span>
        <span className={styles.incident}>{words('waiting')}</span>
        <span className={styles.taken}>{t('legend.taken')}</span>
      </figcaption>
    </figure>
  );
}

export interface WhereaboutsDiagramProps {
  readonly xml: string;
  readonly counts: readonly DiagramCount[];
  readonly selected: string | null;
  readonly onPick: (elementId: string) => void;
}

/** A version's drawing with how many instances stand where. */
export function WhereaboutsDiagram({ xml, counts, selected, onPick }: WhereaboutsDiagramProps) {
  const t = useTranslations('whereabouts');
  const label = useTranslations('instance')('diagramLabel');
  const marks = useMemo(
    () => ({
      standing: counts.filter(({ incidents }) => incidents === 0).map(({ elementId }) => elementId),
      incidents: counts.filter(({ incidents }) => incidents > 0).map(({ elementId }) => elementId),
      selected: selected === null ? [] : [selected],
    }),
    [counts, selected],
  );
  return (
    <figure className={styles.figure} aria-label={label}>
      <DiagramCanvas xml={xml} marks={marks} counts={counts} onPick={onPick} />
      <figcaption className={styles.legend}>
        {(['instances', 'incidents'] as const).map((kind) => (
          <span key={kind} className={styles.counted} data-kind={kind}>
            {t(`legend.${kind}`)}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

export interface FlowDiagramProps {
  readonly diagram: DiagramView;
  /** What somebody is about to change, over what is. */
  readonly marks?: DiagramMarks;
  readonly onPick?: (elementId: string) => void;
}

export function FlowDiagram({ diagram, marks, onPick }: FlowDiagramProps) {
  const t = useTranslations('instance');
  // A definition never changes under its hash.
  const { data, error, refetch } = useRead(reads.definition(diagram.definitionHash), { staleTime: Number.POSITIVE_INFINITY });
  const shown = useMemo(() => ({ ...diagram, ...marks }), [diagram, marks]);
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />;
  return (
    <figure className={styles.figure} aria-label={t('diagramLabel')}>
      {data === undefined ? <Loading /> : <DiagramCanvas xml={data.xml} marks={shown} {...(onPick ? { onPick } : {})} />}
      <figcaption className={styles.legend}>
        {(['done', 'active', 'returned', 'incident', 'taken'] as const).map((kind) => (
          <span key={kind} className={styles[kind]}>
            {t(`legend.${kind}`)}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
