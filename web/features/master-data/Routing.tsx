'use client';

import { Button } from 'antd';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { RoutingRulesView, ServicePointView } from '#api/views/master-data.ts';
import type { OrganisationView } from '#api/views.ts';
import { DICTIONARIES, SPECIMENS } from '#core/master-data/dictionary.ts';
import { reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { Bone } from '#web/ui/Bone.tsx';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import lists from '#web/ui/ListKeeping.module.css';
import { Panel } from '#web/ui/Panel.tsx';
import { Tag } from '#web/ui/Tag.tsx';
import styles from './MasterData.module.css';
import { PointDialog } from './PointDialog.tsx';
import { TryRoute } from './TryRoute.tsx';

/** Who serves what, the rules that propose hospitals, and a trial of both. */
export function Routing({ organisations }: { readonly organisations: readonly OrganisationView[] }) {
  const t = useTranslations('masterData');
  const { data, error, refetch } = useRead(reads.routing(), { keepPrevious: true });
  const [edited, setEdited] = useState<ServicePointView | null>(null);
  if (error && !data) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (!data) return <Bone width="100%" />;
  return (
    <div className={lists.stack}>
      {data.rules ? <TryRoute organisations={organisations} /> : null}
      <Panel title={t('points')}>
        <p className={lists.hint}>{t('pointsHint')}</p>
        {data.points.length === 0 ? (
          <EmptyState title={t('noPoints')} hint={t('noPointsHint')} />
        ) : (
          <Points points={data.points} onEdit={setEdited} />
        )}
      </Panel>
      {data.rules ? <Rules rules={data.rules} /> : null}
      {edited ? <PointDialog point={edited} onClose={() => setEdited(null)} /> : null}
    </div>
  );
}

function Points({ points, onEdit }: { readonly points: readonly ServicePointView[]; readonly onEdit: (point: ServicePointView) => void }) {
  const t = useTranslations('masterData');
  const { text, name } = useText();
  const columns: readonly Column<ServicePointView>[] = [
    {
      id: 'place',
      header: t('place'),
      cell: ({ row: { original } }) => (
        <span>
          {name(original.organisation)} · {name(original.department)} · {name(original.team)}
        </span>
      ),
    },
    { id: 'dictionary', header: t('dictionary'), cell: ({ row: { original } }) => text(DICTIONARIES[original.dictionary]) },
    {
      id: 'specimens',
      header: t('fields.specimen'),
      cell: ({ row: { original } }) =>
        original.specimens.length === 0 ? t('anySpecimen') : original.specimens.map((each) => text(SPECIMENS[each])).join(t('separator')),
    },
    {
      id: 'hours',
      header: t('hours'),
      cell: ({ row: { original } }) => (
        <span className={lists.days}>{original.hours ? `${original.hours.from}–${original.hours.to}` : t('roundTheClock')}</span>
      ),
    },
    {
      id: 'load',
      header: t('load'),
      cell: ({ row: { original } }) => `${original.openOrders} / ${original.openOrdersMax ?? t('noLimit')}`,
    },
    {
      id: 'open',
      header: t('state'),
      cell: ({ row: { original } }) => (original.isOpen ? <Tag tone="success">{t('open')}</Tag> : <Tag tone="danger">{t('closed')}</Tag>),
    },
    {
      id: 'acts',
      header: t('actsColumn'),
      cell: ({ row: { original } }) => (
        <Button size="small" onClick={() => onEdit(original)}>
          {t('edit')}
        </Button>
      ),
    },
  ];
  return <DataTable label={t('pointsTable')} columns={columns} rows={points} rowId={({ id }) => id} />;
}

type Rule = RoutingRulesView['rules'][number];

function Rules({ rules: { serviceKey, version, inputs, rules } }: { readonly rules: RoutingRulesView }) {
  const t = useTranslations('masterData');
  const { text, name } = useText();
  const columns: readonly Column<Rule>[] = [
    { id: 'number', header: t('rule'), cell: ({ row: { original } }) => original.number },
    ...inputs.map(
      (input, index): Column<Rule> => ({
        id: `input-${index}`,
        header: text(input),
        cell: ({ row: { original } }) => {
          const test = original.tests[index];
          return test === '-' || test === undefined ? t('any') : <span className={lists.code}>{test}</span>;
        },
      }),
    ),
    { id: 'candidates', header: t('candidates'), cell: ({ row: { original } }) => original.candidates.map(name).join(' → ') },
    { id: 'fallback', header: t('fallback'), cell: ({ row: { original } }) => (original.fallback ? name(original.fallback) : '—') },
    { id: 'reason', header: t('reasonColumn'), cell: ({ row: { original } }) => text(original.reason) },
  ];
  return (
    <Panel title={t('rules', { version })} extra={<Link href={paths.definition(serviceKey, version)}>{t('toDefinition')}</Link>}>
      <p className={lists.hint}>{t('rulesHint')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard. */}
      <section className={styles.scroll} tabIndex={0} aria-label={t('rulesTable')}>
        <DataTable label={t('rulesTable')} columns={columns} rows={rules} rowId={({ number }) => String(number)} />
      </section>
    </Panel>
  );
}
