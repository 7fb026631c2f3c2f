'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useMe } from '#web/features/shell/MeContext.tsx';
import { paths } from '#web/paths.ts';
import { Panel } from '#web/ui/Panel.tsx';
import styles from './Quality.module.css';

export interface ReportPanelProps {
  readonly instanceId: string;
  readonly organisation: { readonly id: string } | null;
  /** Figures are entered here: they may come from a table as well. */
  readonly isEntered: boolean;
}

/** Beside a report: the hospital's page with its charts, and where its figures come from a table. */
export function ReportPanel({ instanceId, organisation, isEntered }: ReportPanelProps) {
  const t = useTranslations('quality.beside');
  const { can } = useMe();
  if (!organisation || !can.readQuality) return null;
  return (
    <Panel title={t('title')}>
      <p className={styles.hint}>{t(isEntered ? 'lead' : 'leadCharts')}</p>
      <Link href={paths.hospitalQuality(organisation.id, { report: instanceId })}>{t(isEntered ? 'fromTable' : 'charts')}</Link>
    </Panel>
  );
}
