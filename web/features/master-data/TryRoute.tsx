'use client';

import { useMutation } from '@tanstack/react-query';
import { App, Button, Select } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { TriedRouteView } from '#api/views/master-data.ts';
import type { OrganisationView } from '#api/views.ts';
import { SPECIMENS, type Specimen } from '#core/master-data/dictionary.ts';
import { FiredRules } from '#web/features/decision/FiredRules.tsx';
import { RouteDecision } from '#web/features/routing/RouteDecision.tsx';
import { send } from '#web/lib/api.ts';
import { useReferences } from '#web/lib/use-references.ts';
import { useErrorWords, useText } from '#web/lib/use-words.ts';
import lists from '#web/ui/ListKeeping.module.css';
import { Panel } from '#web/ui/Panel.tsx';

const CATEGORIES = ['exam', 'test'] as const;
const URGENCIES = ['routine', 'urgent', 'emergency'] as const;

/** Where an order would go now, and why; nothing is sent. */
export function TryRoute({ organisations }: { readonly organisations: readonly OrganisationView[] }) {
  const t = useTranslations('masterData');
  const { text, name } = useText();
  const { message } = App.useApp();
  const words = useErrorWords();
  const [category, setCategory] = useState<(typeof CATEGORIES)[number]>('exam');
  const [items, setItems] = useState<readonly string[]>([]);
  const [specimen, setSpecimen] = useState<Specimen | null>(null);
  const [urgency, setUrgency] = useState<(typeof URGENCIES)[number]>('routine');
  const [organisationId, setOrganisationId] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const { data: found = [] } = useReferences(category, typed);
  const tried = useMutation({
    mutationFn: () => send<TriedRouteView>('POST', '/api/master-data/routing/try', { category, items, specimen, urgency, organisationId }),
    onError: (error) => void message.error(words(error)),
  });
  return (
    <Panel title={t('try')}>
      <p className={lists.hint}>{t('tryHint')}</p>
      <div className={lists.tools}>
        <Select
          aria-label={t('orderer')}
          placeholder={t('orderer')}
          value={organisationId}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={setOrganisationId}
          options={organisations.map((each) => ({ value: each.id, label: name(each) }))}
        />
        <Select
          aria-label={t('category')}
          value={category}
          onChange={(chosen) => {
            setCategory(chosen);
            setItems([]);
            setSpecimen(null);
          }}
          options={CATEGORIES.map((value) => ({ value, label: t(`categories.${value}`) }))}
        />
        <Select
          aria-label={t('item')}
          placeholder={t('item')}
          mode="multiple"
          value={[...items]}
          showSearch={{ filterOption: false, onSearch: setTyped }}
          onChange={setItems}
          options={found.map(({ id, display }) => ({ value: id, label: display }))}
        />
        {category === 'test' ? (
          <Select
            aria-label={t('fields.specimen')}
            placeholder={t('fields.specimen')}
            value={specimen}
            onChange={setSpecimen}
            options={Object.entries(SPECIMENS).map(([value, label]) => ({ value: value as Specimen, label: text(label) }))}
          />
        ) : null}
        <Select
          aria-label={t('urgency')}
          value={urgency}
          onChange={setUrgency}
          options={URGENCIES.map((value) => ({ value, label: t(`urgencies.${value}`) }))}
        />
        <Button
          type="primary"
          disabled={organisationId === null || items.length === 0}
          loading={tried.isPending}
          onClick={() => tried.mutate()}
        >
          {t('tryNow')}
        </Button>
      </div>
      {tried.data ? (
        <div className={lists.stack}>
          <RouteDecision decision={tried.data.decision} />
          <FiredRules rules={tried.data.fired} />
        </div>
      ) : null}
    </Panel>
  );
}
