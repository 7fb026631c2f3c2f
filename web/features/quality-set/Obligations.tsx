'use client';

import { Button, Checkbox, Input, Select } from 'antd';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { DutyRow, ObligationsView } from '#api/views/obligations.ts';
import { DUTY_STATES } from '#core/quality/obligation.ts';
import { type DutySearch, reads } from '#web/lib/reads.ts';
import { useRead } from '#web/lib/use-read.ts';
import { isKeyOf, useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { Bone } from '#web/ui/Bone.tsx';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { ErrorState } from '#web/ui/ErrorState.tsx';
import lists from '#web/ui/ListKeeping.module.css';
import { Panel } from '#web/ui/Panel.tsx';
import { Tag, type Tone } from '#web/ui/Tag.tsx';
import { counted } from '../quality/numbers.ts';
import quality from '../quality/Quality.module.css';
import { EndDutyDialog, type Ending } from './EndDutyDialog.tsx';
import { ExemptDialog } from './ExemptDialog.tsx';
import { ObligeDialog, type Obliging } from './ObligeDialog.tsx';
import styles from './QualitySet.module.css';

const TONES: Readonly<Record<DutyRow['state'], Tone>> = {
  obliged: 'success',
  exempted: 'warning',
  future: 'info',
  ended: 'neutral',
  never: 'neutral',
};

export interface ObligationsProps {
  readonly set: string;
  readonly search: Required<DutySearch>;
}

/** What is searched for stands in the address; who is chosen stays chosen from page to page. */
export function Obligations({ set, search }: ObligationsProps) {
  const t = useTranslations('qualitySet.duties');
  const { data, error, refetch } = useRead(reads.obligations(set, search), { keepPrevious: true });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [obliging, setObliging] = useState<Obliging | null>(null);
  if (error && !data) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (!data) return <Bone width="100%" />;
  const found = { q: search.q, province: search.province, tier: search.tier, ...(search.state ? { state: search.state } : {}) };
  return (
    <div className={lists.stack}>
      <Running view={data} />
      <Panel title={t('table')}>
        <Search set={set} search={search} view={data} />
        <States set={set} search={search} view={data} />
        {data.canChange ? (
          <div className={lists.tools}>
            <Button
              type="primary"
              disabled={chosen.size === 0}
              onClick={() => setObliging({ hospitals: { list: [...chosen] }, count: chosen.size })}
            >
              {t('obligeSelected', { count: chosen.size })}
            </Button>
            <Button disabled={data.total === 0} onClick={() => setObliging({ hospitals: { found }, count: data.total })}>
              {t('obligeFound', { count: data.total })}
            </Button>
            <Button onClick={() => setObliging({ hospitals: null, count: 0 })}>{t('obligeListed')}</Button>
          </div>
        ) : null}
        {data.rows.length === 0 ? (
          <EmptyState title={t('none')} hint={t('noneHint')} />
        ) : (
          <Rows view={data} chosen={chosen} onChoose={setChosen} />
        )}
        <Pages set={set} search={search} view={data} />
      </Panel>
      {obliging ? (
        <ObligeDialog
          view={data}
          obliging={obliging}
          onClose={(isDone) => {
            setObliging(null);
            if (isDone) setChosen(new Set());
          }}
        />
      ) : null}
    </div>
  );
}

function Running({ view: { running, changesFrom } }: { readonly view: ObligationsView }) {
  const t = useTranslations('qualitySet.duties');
  return (
    <Panel
      title={t.rich('summary', {
        ...running,
        whole: (words) => <span className={quality.whole}>{words}</span>,
      })}
    >
      <p className={styles.running}>
        <strong>{t('expected', { count: running.expected })}</strong>
        <span>{t('rule', { from: changesFrom })}</span>
      </p>
    </Panel>
  );
}

interface SearchProps extends ObligationsProps {
  readonly view: ObligationsView;
}

function useSearch(set: string, search: Required<DutySearch>): (change: DutySearch) => void {
  const router = useRouter();
  return (change) => {
    const { page, ...next } = { ...search, page: 1, ...change };
    router.replace(paths.qualitySet(set, { ...next, ...(page > 1 ? { page: String(page) } : {}) }), { scroll: false });
  };
}

function Search({ set, search, view }: SearchProps) {
  const t = useTranslations('qualitySet.duties');
  const tierName = useTierName();
  const { text } = useText();
  const id = useId();
  const go = useSearch(set, search);
  return (
    <div className={lists.tools}>
      <label htmlFor={`${id}-q`}>
        {t('search')}
        <Input.Search
          id={`${id}-q`}
          key={search.q}
          defaultValue={search.q}
          placeholder={t('searchPlaceholder')}
          allowClear
          maxLength={100}
          onSearch={(q) => go({ q: q.trim() })}
        />
      </label>
      <label htmlFor={`${id}-province`}>
        {t('province')}
        <Select
          id={`${id}-province`}
          value={search.province}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(province) => go({ province })}
          options={[{ value: '', label: t('all') }, ...view.provinces.map(({ code, name }) => ({ value: code, label: text(name) }))]}
        />
      </label>
      <label htmlFor={`${id}-tier`}>
        {t('tier')}
        <Select
          id={`${id}-tier`}
          value={search.tier}
          onChange={(tier) => go({ tier })}
          options={[{ value: '', label: t('all') }, ...view.tiers.map((tier) => ({ value: tier, label: tierName(tier) }))]}
        />
      </label>
      {search.q || search.province || search.tier || search.state ? (
        <Button onClick={() => go({ q: '', province: '', tier: '', state: '' })}>{t('clear')}</Button>
      ) : null}
    </div>
  );
}

function States({ set, search, view }: SearchProps) {
  const t = useTranslations('qualitySet.duties');
  const go = useSearch(set, search);
  const all = DUTY_STATES.reduce((sum, state) => sum + view.counts[state], 0);
  const button = (state: '' | DutyRow['state'], words: string, count: number) => (
    <Button
      key={state}
      size="small"
      aria-pressed={search.state === state}
      type={search.state === state ? 'primary' : 'default'}
      onClick={() => go({ state })}
    >
      {words} {counted(count)}
    </Button>
  );
  return (
    <div className={quality.filters} role="group" aria-label={t('filter')}>
      {button('', t('all'), all)}
      {DUTY_STATES.map((state) => button(state, t(`states.${state}`), view.counts[state]))}
    </div>
  );
}

function Pages({ set, search, view: { page, pageSize, total } }: SearchProps) {
  const t = useTranslations('qualitySet.duties');
  const go = useSearch(set, search);
  const pages = Math.max(1, Math.ceil(total / pageSize));
  if (pages === 1) return null;
  return (
    <nav className={styles.pages} aria-label={t('pages')}>
      <Button disabled={page <= 1} onClick={() => go({ page: page - 1 })}>
        {t('previous')}
      </Button>
      <span aria-live="polite">{t('page', { page, pages })}</span>
      <Button disabled={page >= pages} onClick={() => go({ page: page + 1 })}>
        {t('nextPage')}
      </Button>
    </nav>
  );
}

interface RowsProps {
  readonly view: ObligationsView;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}

function Rows({ view, chosen, onChoose }: RowsProps) {
  const t = useTranslations('qualitySet.duties');
  const { name, text } = useText();
  const tierName = useTierName();
  const daysOf = useDays();
  const [ending, setEnding] = useState<Ending | null>(null);
  const [exempting, setExempting] = useState<DutyRow | null>(null);
  const ids = view.rows.map(({ organisation }) => organisation.id);
  const isAll = ids.every((id) => chosen.has(id));
  const choose = (changed: readonly string[], isChosen: boolean): void => {
    const kept = [...chosen].filter((id) => !changed.includes(id));
    onChoose(new Set(isChosen ? [...kept, ...changed] : kept));
  };
  const columns: readonly Column<DutyRow>[] = [
    ...(view.canChange
      ? [
          {
            id: 'select',
            header: t('selected'),
            cell: ({ row: { original } }) => (
              <Checkbox
                aria-label={t('select', { hospital: name(original.organisation) })}
                checked={chosen.has(original.organisation.id)}
                onChange={({ target }) => choose([original.organisation.id], target.checked)}
              />
            ),
          } satisfies Column<DutyRow>,
        ]
      : []),
    { id: 'hospital', header: t('hospital'), cell: ({ row: { original } }) => name(original.organisation) },
    { id: 'province', header: t('province'), cell: ({ row: { original } }) => text(original.province) },
    { id: 'tier', header: t('tier'), cell: ({ row: { original } }) => tierName(original.tier) },
    {
      id: 'state',
      header: t('state'),
      cell: ({ row: { original } }) => <Tag tone={TONES[original.state]}>{t(`states.${original.state}`)}</Tag>,
    },
    {
      id: 'since',
      header: t('since'),
      cell: ({ row: { original } }) =>
        original.obligation ? (
          <span>
            <span className={lists.days}>{daysOf(original.obligation)}</span>
            {original.obligation.endReason ? <span className={lists.second}>{original.obligation.endReason}</span> : null}
          </span>
        ) : (
          '—'
        ),
    },
    {
      id: 'exemptions',
      header: t('exemptions'),
      cell: ({ row: { original } }) =>
        original.exemptions.length === 0 ? (
          '—'
        ) : (
          <span className={styles.lines}>
            {original.exemptions.map((exemption) => (
              <span key={exemption.id}>
                <span className={lists.days}>{daysOf(exemption)}</span>
                <span className={lists.second}>{exemption.reason}</span>
                {view.canChange && exemption.canEnd ? (
                  <Button
                    size="small"
                    aria-label={t('withdrawOf', { hospital: name(original.organisation) })}
                    onClick={() => setEnding({ kind: 'exemption', id: exemption.id, hospital: original.organisation })}
                  >
                    {t('withdraw')}
                  </Button>
                ) : null}
              </span>
            ))}
          </span>
        ),
    },
    { id: 'next', header: t('next'), cell: ({ row: { original } }) => t(original.isExpected ? 'yes' : 'no') },
    ...(view.canChange
      ? [
          {
            id: 'acts',
            header: t('acts'),
            cell: ({ row: { original } }) => {
              const { obligation } = original;
              return (
                <span className={lists.acts}>
                  {obligation && isOpen(original) ? (
                    <Button size="small" onClick={() => setExempting(original)}>
                      {t('exempt')}
                    </Button>
                  ) : null}
                  {obligation?.canEnd ? (
                    <Button
                      size="small"
                      onClick={() => setEnding({ kind: 'obligation', id: obligation.id, hospital: original.organisation })}
                    >
                      {t('end')}
                    </Button>
                  ) : null}
                </span>
              );
            },
          } satisfies Column<DutyRow>,
        ]
      : []),
  ];
  return (
    <>
      {view.canChange ? (
        <p className={lists.hint}>
          <Checkbox checked={isAll} onChange={({ target }) => choose(ids, target.checked)}>
            {t('selectPage')}
          </Checkbox>
        </p>
      ) : null}
      <DataTable label={t('table')} columns={columns} rows={view.rows} rowId={({ organisation }) => organisation.id} />
      {ending ? <EndDutyDialog view={view} ending={ending} onClose={() => setEnding(null)} /> : null}
      {exempting ? <ExemptDialog view={view} row={exempting} onClose={() => setExempting(null)} /> : null}
    </>
  );
}

/** Owes something now or later. */
const isOpen = ({ state }: DutyRow): boolean => state === 'obliged' || state === 'exempted' || state === 'future';

/** Both days, or the first alone. */
function useDays(): (days: { readonly from: string; readonly to: string | null }) => string {
  const t = useTranslations('qualitySet.duties');
  return ({ from, to }) => (to === null ? t('from', { from }) : t('fromTo', { from, to }));
}

export function useTierName(): (tier: string) => string {
  const tiers = useTranslations('quality.tiers');
  return (tier) => (isKeyOf(tier, tiers) ? tiers(tier) : tier);
}
