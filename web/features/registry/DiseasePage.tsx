'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { FilledCaseView, OpenedCaseView, RegistryHospital, StayView } from '#api/views/registry.ts';
import type { CaseStage } from '#core/registry/reconciliation.ts';
import { send } from '#web/lib/api.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useErrorWords, useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { Page } from '#web/ui/Page.tsx';
import { PageHeader } from '#web/ui/PageHeader.tsx';
import { Panel } from '#web/ui/Panel.tsx';
import { Tag, type Tone } from '#web/ui/Tag.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import { UnreadPage } from '#web/ui/UnreadPage.tsx';
import { percent } from '../quality/numbers.ts';
import styles from '../quality/Quality.module.css';
import { ListImport } from './ListImport.tsx';
import { MissingTag } from './RegistryPage.tsx';

/** One disease: what was submitted of what is eligible by hospital, the indicators, and the own stays with what is missing. */
export function DiseasePage({ disease }: { readonly disease: string }) {
  const t = useTranslations('registry');
  const common = useTranslations('common');
  const { text } = useText();
  const { data, error, refetch } = useRead(reads.registryDisease(disease));
  if (!data) return <UnreadPage error={error} onRetry={() => refetch()} />;
  const [own] = data.hospitals;
  return (
    <Page>
      <PageHeader
        title={text(data.disease.name)}
        lead={`${t('criteria', { criteria: text(data.disease.criteria) })} ${t('codes', { codes: data.disease.icdPrefixes.join(common('separator')) })}`}
      />
      <div className={styles.stack}>
        <Panel title={t('hospitals')}>
          {data.hospitals.length === 0 ? <p className={styles.hint}>{t('noStays')}</p> : <Hospitals hospitals={data.hospitals} />}
        </Panel>
        {data.canManage ? <ListImport /> : null}
        {data.stays.length > 0 ? (
          <Panel title={t('stays')}>
            <Stays stays={data.stays} canManage={data.canManage} />
          </Panel>
        ) : null}
        {own && data.stays.length > 0 ? (
          <Panel title={t('indicators')}>
            <Indicators hospital={own} />
          </Panel>
        ) : null}
      </div>
    </Page>
  );
}

const STANDINGS = { within: 'success', warning: 'warning', alarm: 'danger' } as const satisfies Record<string, Tone>;

function Hospitals({ hospitals }: { readonly hospitals: readonly RegistryHospital[] }) {
  const t = useTranslations('registry');
  const { name } = useText();
  const columns: readonly Column<RegistryHospital>[] = [
    { id: 'hospital', header: t('hospital'), cell: ({ row: { original } }) => name(original.organisation) },
    { id: 'eligible', header: t('eligible'), cell: ({ row: { original } }) => original.reconciliation.eligible },
    { id: 'submitted', header: t('submitted'), cell: ({ row: { original } }) => original.reconciliation.submitted },
    { id: 'accepted', header: t('accepted'), cell: ({ row: { original } }) => original.reconciliation.accepted },
    { id: 'excluded', header: t('excluded'), cell: ({ row: { original } }) => original.reconciliation.excluded },
    { id: 'missing', header: t('missing'), cell: ({ row: { original } }) => <MissingTag missing={original.reconciliation.missing} /> },
    { id: 'rate', header: t('rate'), cell: ({ row: { original } }) => percent(original.reconciliation.rate) },
    { id: 'keySteps', header: t('keySteps'), cell: ({ row: { original } }) => percent(original.indicators[0]?.value ?? null) },
    {
      id: 'standing',
      header: t('standing'),
      cell: ({ row: { original } }) =>
        original.standing === null ? '—' : <Tag tone={STANDINGS[original.standing]}>{t(`standings.${original.standing}`)}</Tag>,
    },
  ];
  return <DataTable label={t('hospitalsTable')} columns={columns} rows={hospitals} rowId={({ organisation }) => organisation.id} />;
}

function Indicators({ hospital: { indicators } }: { readonly hospital: RegistryHospital }) {
  const t = useTranslations('registry');
  const { text } = useText();
  const columns: readonly Column<RegistryHospital['indicators'][number]>[] = [
    { id: 'indicator', header: t('indicator'), cell: ({ row: { original } }) => text(original.name) },
    { id: 'value', header: t('value'), cell: ({ row: { original } }) => percent(original.value) },
    { id: 'count', header: t('count'), cell: ({ row: { original } }) => `${original.numerator}/${original.denominator}` },
  ];
  return <DataTable label={t('indicatorsTable')} columns={columns} rows={indicators} rowId={({ code }) => code} />;
}

const STAGES = {
  'not-opened': 'danger',
  assigning: 'warning',
  entering: 'warning',
  correcting: 'warning',
  'in-control': 'info',
  submitted: 'info',
  accepted: 'success',
  locked: 'success',
  excluded: 'neutral',
  expired: 'danger',
} as const satisfies Record<CaseStage, Tone>;

function Stays({ stays, canManage }: { readonly stays: readonly StayView[]; readonly canManage: boolean }) {
  const t = useTranslations('registry');
  const [isMissingOnly, setMissingOnly] = useState(false);
  const columns = useStayColumns(canManage);
  const missing = stays.filter((stay) => stay.isMissing);
  const shown = isMissingOnly ? missing : stays;
  return (
    <>
      <div className={styles.filters} role="group" aria-label={t('filter')}>
        <Button
          size="small"
          aria-pressed={!isMissingOnly}
          type={isMissingOnly ? 'default' : 'primary'}
          onClick={() => setMissingOnly(false)}
        >
          {t('all')} {stays.length}
        </Button>
        <Button size="small" aria-pressed={isMissingOnly} type={isMissingOnly ? 'primary' : 'default'} onClick={() => setMissingOnly(true)}>
          {t('onlyMissing')} {missing.length}
        </Button>
      </div>
      {shown.length === 0 ? (
        <p className={styles.hint}>{t('noMissing')}</p>
      ) : (
        <DataTable label={t('staysTable')} columns={columns} rows={shown} rowId={({ id }) => id} />
      )}
    </>
  );
}

function useStayColumns(canManage: boolean): readonly Column<StayView>[] {
  const t = useTranslations('registry');
  return [
    {
      id: 'stay',
      header: t('stay'),
      cell: ({ row: { original } }) => (
        <span className={styles.links}>
          {original.stayNumber}
          {original.links > 0 ? <small className={styles.hint}>{t('links', { count: original.links })}</small> : null}
        </span>
      ),
    },
    { id: 'icd', header: t('icd'), cell: ({ row: { original } }) => original.icd },
    { id: 'discharged', header: t('discharged'), cell: ({ row: { original } }) => original.dischargedOn },
    {
      id: 'due',
      header: t('due'),
      cell: ({ row: { original } }) =>
        original.isOverdue ? <Tag tone="danger">{t('overdue')}</Tag> : <TimeText at={original.due} as="full" />,
    },
    {
      id: 'stage',
      header: t('stage'),
      cell: ({ row: { original } }) => <Tag tone={STAGES[original.stage]}>{t(`stages.${original.stage}`)}</Tag>,
    },
    {
      id: 'case',
      header: t('case'),
      cell: ({ row: { original } }) =>
        original.caseId && original.number ? (
          <span className={styles.links}>
            <Link href={paths.instance(original.caseId)}>{original.number}</Link>
            {canManage && original.stage === 'entering' ? <FillButton caseId={original.caseId} /> : null}
          </span>
        ) : canManage ? (
          <OpenButton stay={original} />
        ) : (
          '—'
        ),
    },
  ];
}

function OpenButton({ stay: { id } }: { readonly stay: StayView }) {
  const t = useTranslations('registry');
  const { message } = App.useApp();
  const words = useErrorWords();
  const client = useQueryClient();
  const open = useMutation({
    mutationFn: () => send<OpenedCaseView>('POST', `/api/registry/stays/${encodeURIComponent(id)}/case`, {}),
    onSuccess: async () => {
      message.success(t('openedCase'));
      await client.invalidateQueries({ queryKey: ['registry'] });
    },
    onError: (error) => void message.error(words(error)),
  });
  return (
    <Button size="small" type="primary" loading={open.isPending} onClick={() => open.mutate()}>
      {t('open')}
    </Button>
  );
}

/** What the list knows goes into the draft first, so that nobody types a stay number twice. */
function FillButton({ caseId }: { readonly caseId: string }) {
  const t = useTranslations('registry');
  const { message } = App.useApp();
  const words = useErrorWords();
  const router = useRouter();
  const fill = useMutation({
    mutationFn: () => send<FilledCaseView>('POST', `/api/registry/cases/${encodeURIComponent(caseId)}/fill`, {}),
    onSuccess: ({ taskId }) => router.push(paths.task(caseId, taskId)),
    onError: (error) => void message.error(words(error)),
  });
  return (
    <Button size="small" loading={fill.isPending} onClick={() => fill.mutate()}>
      {t('fill')}
    </Button>
  );
}
