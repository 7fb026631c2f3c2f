'use client';

import { AimOutlined, MinusOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { useText } from '#web/lib/use-words.ts';
import { Bone } from '#web/ui/Bone.tsx';
import styles from './DiagramCanvas.module.css';
import { type Diagram, type DiagramCount, type DiagramMarks, openDiagram } from './open-diagram.ts';

export interface DiagramCanvasProps {
  readonly xml: string;
  readonly marks: DiagramMarks;
  readonly counts?: readonly DiagramCount[];
  readonly onPick?: (elementId: string) => void;
}

const NO_COUNTS: readonly DiagramCount[] = [];

/** The flow as it was drawn, with what is told of its parts: done, active, returned; or added and changed. Loaded only where it is shown. */
export function DiagramCanvas({ xml, marks, counts = NO_COUNTS, onPick }: DiagramCanvasProps) {
  const t = useTranslations('instance');
  const { locale } = useText();
  const container = useRef<HTMLDivElement>(null);
  const [diagram, setDiagram] = useState<Diagram | null>(null);
  const [hasFailed, setFailed] = useState(false);

  useEffect(() => {
    let isGone = false;
    let opened: Diagram | null = null;
    if (container.current === null) return;
    openDiagram(container.current, xml, locale)
      .then((made) => {
        if (isGone) {
          made.destroy();
          return;
        }
        opened = made;
        setDiagram(made);
      })
      .catch(() => setFailed(true));
    return () => {
      isGone = true;
      opened?.destroy();
      setDiagram(null);
    };
  }, [xml, locale]);

  useEffect(() => {
    diagram?.mark(marks);
  }, [diagram, marks]);

  useEffect(() => {
    diagram?.count(counts);
  }, [diagram, counts]);

  useEffect(() => {
    diagram?.onPick(onPick ?? null);
  }, [diagram, onPick]);

  if (hasFailed) return <p className={styles.failed}>{t('diagramFailed')}</p>;
  return (
    <div className={styles.frame}>
      <div ref={container} className={styles.canvas} />
      {diagram ? (
        <div key="tools" className={styles.tools}>
          <Button icon={<PlusOutlined aria-hidden />} aria-label={t('zoomIn')} onClick={() => diagram.zoom(1.25)} />
          <Button icon={<MinusOutlined aria-hidden />} aria-label={t('zoomOut')} onClick={() => diagram.zoom(0.8)} />
          <Button icon={<AimOutlined aria-hidden />} aria-label={t('fit')} onClick={() => diagram.fit()} />
        </div>
      ) : (
        <div key="loading" className={styles.loading}>
          <Bone width="60%" height="40%" />
        </div>
      )}
    </div>
  );
}
