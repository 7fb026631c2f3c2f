'use client';

import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import { type SetStateAction, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { DefinitionVersionView, WayMoment } from '#api/views/definitions.ts';
import { useCommandWords } from '#web/features/audit/use-command-words.ts';
import { WayDiagram } from '#web/features/diagram/FlowDiagram.tsx';
import { reads } from '#web/lib/reads.ts';
import { clockWithSeconds, day } from '#web/lib/time.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import { Bone } from '#web/ui/Bone.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { StepPlayer } from '#web/ui/StepPlayer.tsx';
import styles from './Definitions.module.css';

export interface FindingWayProps {
  readonly version: DefinitionVersionView;
  readonly index: number;
  readonly onClose: () => void;
}

/** How it comes to what was found, on the diagram. */
export function FindingWay({ version, index, onClose }: FindingWayProps) {
  const t = useTranslations('definitions');
  const { data, error, refetch } = useRead(reads.findingWay(version.key, version.version, index));
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    top.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={top}>
      <Panel
        title={t('way')}
        extra={
          <Button size="small" onClick={onClose}>
            {t('closeWay')}
          </Button>
        }
      >
        <p className={styles.hint}>{t('wayHint')}</p>
        {error ? <ErrorState error={error} onRetry={() => refetch()} /> : null}
        {data ? <Way xml={version.xml} moments={data.moments} /> : error ? null : <Bone height="50vh" />}
      </Panel>
    </div>
  );
}

interface WayProps {
  readonly xml: string;
  readonly moments: readonly WayMoment[];
}

function Way({ xml, moments }: WayProps) {
  const last = moments.length;
  const [seq, setSeq] = useState(1);
  const go = useCallback(
    (to: SetStateAction<number>) => setSeq((now) => Math.min(last, Math.max(1, typeof to === 'function' ? to(now) : to))),
    [last],
  );
  const moment = moments[seq - 1];
  const marks = useMemo(() => {
    const { waiting = [], incidents = [], ...others } = moment?.marks ?? {};
    return { ...others, incidents: [...incidents, ...waiting] };
  }, [moment]);
  return (
    <div className={styles.way}>
      <StepPlayer first={1} last={last} seq={seq} onGo={go}>
        {moment ? <MomentWords moment={moment} /> : null}
      </StepPlayer>
      <WayDiagram xml={xml} marks={marks} />
    </div>
  );
}

function MomentWords({ moment }: { readonly moment: WayMoment }) {
  const t = useTranslations('definitions');
  const { text } = useText();
  const commandWords = useCommandWords();
  const { at, commandType, element, outcome, returnedTo } = moment;
  return (
    <>
      {element ? <span>{text(element)}</span> : null}
      <span>{outcome ? text(outcome) : commandWords(commandType)}</span>
      {returnedTo ? <span>{t('returnedTo', { step: text(returnedTo) })}</span> : null}
      <time dateTime={at}>
        {day(at)} {clockWithSeconds(at)}
      </time>
    </>
  );
}
