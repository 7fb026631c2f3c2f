'use client';

import { App, Button, Popconfirm, Select } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { IndicatorSetView, SetVersionHead } from '#api/views/indicator-sets.ts';
import { day } from '#web/lib/time.ts';
import lists from '#web/ui/ListKeeping.module.css';
import { Panel } from '#web/ui/Panel.tsx';
import { setPath, useChange } from './use-change.ts';

export interface DraftActsProps {
  readonly data: IndicatorSetView;
  readonly head: SetVersionHead;
  /** What is published is what is seen. */
  readonly revision: number;
}

const today = (): string => day(new Date().toISOString());

/** Offered first: the next period, so that those who report know before it begins. */
export function DraftActs({ data: { set, beginnings }, head, revision }: DraftActsProps) {
  const t = useTranslations('qualitySet.versions');
  const { message } = App.useApp();
  const id = useId();
  const [from, setFrom] = useState<string | null>(
    () => (beginnings.find(({ from: first }) => first > today()) ?? beginnings[0])?.from ?? null,
  );
  const path = `${setPath(set.code)}/draft`;
  const publish = useChange<{ readonly version: number }>(({ version }) => message.success(t('published', { version })));
  const discard = useChange(() => message.success(t('discarded')));
  const period = beginnings.find((each) => each.from === from)?.period ?? '';
  return (
    <Panel title={t('draftTitle', { version: head.version })}>
      <p className={lists.hint}>{head.isOwnWork ? t('draftOwn') : t('draftHint')}</p>
      <div className={lists.tools}>
        <label htmlFor={id}>
          {t('validFrom')}
          <Select
            id={id}
            value={from}
            placeholder={t('validFromRequired')}
            onChange={setFrom}
            options={beginnings.map((each) => ({ value: each.from, label: each.period }))}
          />
        </label>
        <Popconfirm
          title={t('publishTitle', { version: head.version })}
          description={t('publishLead', { period })}
          okText={t('publish')}
          disabled={head.isOwnWork || from === null}
          onConfirm={() => publish.mutate({ method: 'POST', path: `${path}/publish`, body: { revision, validFrom: from } })}
        >
          <Button type="primary" disabled={head.isOwnWork || from === null} loading={publish.isPending}>
            {t('publish')}
          </Button>
        </Popconfirm>
        <Popconfirm
          title={t('discardTitle')}
          description={t('discardHint')}
          okText={t('discard')}
          onConfirm={() => discard.mutate({ method: 'DELETE', path })}
        >
          <Button danger loading={discard.isPending}>
            {t('discard')}
          </Button>
        </Popconfirm>
      </div>
    </Panel>
  );
}
