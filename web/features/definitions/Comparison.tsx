'use client';

import { Segmented } from 'antd';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import type { DefinitionVersionView } from '#api/views/definitions.ts';
import { isSameVersion, type VersionDiff } from '#core/version/diff.ts';
import { VersionDiagram } from '#web/features/diagram/FlowDiagram.tsx';
import type { DiagramMarks } from '#web/features/diagram/open-diagram.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { Bone } from '#web/ui/Bone.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { DifferenceList } from './DifferenceList.tsx';

/** Two versions side by side in one place: what was added and changed on the later diagram, what was removed on the earlier one. */
export function Comparison({ version, compared }: { readonly version: DefinitionVersionView; readonly compared: number }) {
  const t = useTranslations('definitions');
  const diff = useRead(reads.definitionDiff(version.key, version.version, compared));
  const other = useRead(reads.definitionVersion(version.key, compared));
  const [shown, setShown] = useState<number | null>(null);
  const marks = useMemo(() => (diff.data ? marksOf(diff.data.diff) : null), [diff.data]);
  const error = diff.error ?? other.error;
  if (error) return <ErrorState error={error} onRetry={() => Promise.all([diff.refetch(), other.refetch()])} />;
  if (!diff.data || !other.data || !marks) return <Bone height="50vh" />;
  const { before, after } = diff.data;
  const current = shown === before ? before : after;
  return (
    <>
      <Panel
        title={t('compared', { before, after })}
        extra={
          <Segmented
            aria-label={t('shown')}
            value={current}
            onChange={(chosen: number) => setShown(chosen)}
            options={[before, after].map((each) => ({ value: each, label: t('version', { version: each }) }))}
          />
        }
      >
        <VersionDiagram
          xml={current === version.version ? version.xml : other.data.xml}
          marks={current === before ? marks.before : marks.after}
        />
      </Panel>
      <Panel title={t('differences')}>
        {isSameVersion(diff.data.diff) ? <p>{t('same')}</p> : <DifferenceList diff={diff.data.diff} />}
      </Panel>
    </>
  );
}

function marksOf({ elements, flows }: VersionDiff): { readonly before: DiagramMarks; readonly after: DiagramMarks } {
  const ids = (kind: 'added' | 'removed' | 'changed') => [...elements, ...flows].filter((each) => each.kind === kind).map(({ id }) => id);
  const changed = ids('changed');
  return { before: { removed: ids('removed'), changed }, after: { added: ids('added'), changed } };
}
