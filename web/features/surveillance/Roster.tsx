'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal, Select } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { SiteView, SurveillanceTopicPage } from '#api/views/surveillance.ts';
import { referenceText } from '#core/form/options.ts';
import type { Reference } from '#core/form/questionnaire.ts';
import { send } from '#web/lib/api.ts';
import { day } from '#web/lib/time.ts';
import { useErrorWords, useText } from '#web/lib/use-words.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import { Tag } from '#web/ui/Tag.tsx';
import { formReferences } from '../forms/form-references.ts';
import quality from '../quality/Quality.module.css';
import styles from './Surveillance.module.css';

const today = (): string => day(new Date().toISOString());

/** Who reports since when; whoever manages it designates and ends here. */
export function Roster({ page: { roster, topic, canManage } }: { readonly page: SurveillanceTopicPage }) {
  const t = useTranslations('surveillance.page');
  const { name } = useText();
  const [ending, setEnding] = useState<SiteView | null>(null);
  const columns: readonly Column<SiteView>[] = [
    { id: 'hospital', header: t('hospital'), cell: ({ row: { original } }) => name(original.organisation) },
    { id: 'from', header: t('from'), cell: ({ row: { original } }) => original.from },
    { id: 'to', header: t('to'), cell: ({ row: { original } }) => original.to ?? t('untilFurther') },
    { id: 'state', header: t('stage'), cell: ({ row: { original } }) => <SiteState site={original} /> },
    { id: 'by', header: t('byWhom'), cell: ({ row: { original } }) => name(original.designatedBy) },
    { id: 'reason', header: t('reason'), cell: ({ row: { original } }) => original.endReason ?? '—' },
    ...(canManage
      ? [
          {
            id: 'end',
            header: '',
            cell: ({ row: { original } }: { readonly row: { readonly original: SiteView } }) =>
              original.isCurrent && original.endReason === null ? (
                <Button size="small" onClick={() => setEnding(original)}>
                  {t('end')}
                </Button>
              ) : null,
          },
        ]
      : []),
  ];
  return (
    <>
      {canManage ? <Designate topic={topic.code} /> : null}
      {roster.length === 0 ? (
        <p className={quality.hint}>{t('noRoster')}</p>
      ) : (
        <DataTable
          label={t('rosterTable')}
          columns={columns}
          rows={roster}
          rowId={({ organisation, from }) => `${organisation.id}/${from}`}
        />
      )}
      {ending ? <EndDialog topic={topic.code} site={ending} onClose={() => setEnding(null)} /> : null}
    </>
  );
}

function SiteState({ site: { isCurrent, from } }: { readonly site: SiteView }) {
  const t = useTranslations('surveillance.page');
  if (isCurrent) return <Tag tone="success">{t('current')}</Tag>;
  return <Tag tone="neutral">{t(from > today() ? 'future' : 'past')}</Tag>;
}

function useChange(onDone: () => void) {
  const { message } = App.useApp();
  const words = useErrorWords();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ path, body }: { readonly path: string; readonly body: object; readonly done: string }) => send('POST', path, body),
    onSuccess: async (_, { done }) => {
      message.success(done);
      onDone();
      await client.invalidateQueries({ queryKey: ['surveillance'] });
    },
    onError: (error) => void message.error(words(error)),
  });
}

const sitesPath = (topic: string): string => `/api/surveillance/topics/${encodeURIComponent(topic)}/sites`;

function Designate({ topic }: { readonly topic: string }) {
  const t = useTranslations('surveillance.page');
  const { locale } = useText();
  const id = useId();
  const [found, setFound] = useState<readonly Reference[]>([]);
  const [organisationId, setOrganisationId] = useState<string | null>(null);
  const [from, setFrom] = useState(today);
  const [to, setTo] = useState('');
  const change = useChange(() => setOrganisationId(null));
  const search = async (q: string): Promise<void> => setFound(await formReferences.search('organisation', q.trim()));
  return (
    <form
      className={styles.designate}
      onSubmit={(event) => {
        event.preventDefault();
        if (organisationId && from)
          change.mutate({ path: sitesPath(topic), body: { organisationId, from, to: to || null }, done: t('designated') });
      }}
    >
      <label htmlFor={`${id}-hospital`}>
        {t('hospital')}
        <Select
          id={`${id}-hospital`}
          aria-label={t('hospital')}
          value={organisationId}
          onChange={setOrganisationId}
          showSearch={{ filterOption: false, onSearch: search }}
          onOpenChange={(isOpen) => {
            if (isOpen) void search('');
          }}
          options={found.map((each) => ({
            value: each.reference?.replace(/^Organization\//, '') ?? '',
            label: referenceText(each, locale),
          }))}
        />
      </label>
      <label htmlFor={`${id}-from`}>
        {t('from')}
        <Input id={`${id}-from`} type="date" value={from} required onChange={({ target }) => setFrom(target.value)} />
      </label>
      <label htmlFor={`${id}-to`}>
        {t('toOptional')}
        <Input id={`${id}-to`} type="date" value={to} min={from} onChange={({ target }) => setTo(target.value)} />
      </label>
      <Button type="primary" htmlType="submit" loading={change.isPending} disabled={organisationId === null}>
        {t('designate')}
      </Button>
    </form>
  );
}

function EndDialog({ topic, site, onClose }: { readonly topic: string; readonly site: SiteView; readonly onClose: () => void }) {
  const t = useTranslations('surveillance.page');
  const { name } = useText();
  const id = useId();
  const [to, setTo] = useState(today);
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const change = useChange(onClose);
  const isMissing = reason.trim() === '';
  return (
    <Modal
      open
      title={t('endTitle', { hospital: name(site.organisation) })}
      okText={t('confirmEnd')}
      cancelText={t('cancel')}
      confirmLoading={change.isPending}
      onCancel={onClose}
      onOk={() => {
        setTried(true);
        if (isMissing) return;
        const body = { organisationId: site.organisation.id, from: site.from, to, reason: reason.trim() };
        change.mutate({ path: `${sitesPath(topic)}/end`, body, done: t('ended') });
      }}
    >
      <div className={styles.dialog}>
        <label htmlFor={`${id}-to`}>
          {t('lastDay')}
          <Input id={`${id}-to`} type="date" value={to} min={site.from} onChange={({ target }) => setTo(target.value)} />
        </label>
        <label htmlFor={`${id}-reason`}>
          {t('reason')}
          <Input.TextArea
            id={`${id}-reason`}
            value={reason}
            maxLength={500}
            aria-invalid={isTried && isMissing}
            onChange={({ target }) => setReason(target.value)}
          />
        </label>
        {isTried && isMissing ? <p role="alert">{t('reasonNeeded')}</p> : null}
      </div>
    </Modal>
  );
}
