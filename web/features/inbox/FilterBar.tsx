'use client';

import { FilterOutlined, QuestionCircleOutlined, SearchOutlined } from '@ant-design/icons';
import { Badge, Button, Checkbox, Drawer, Input, type InputRef, Select } from 'antd';
import { useTranslations } from 'next-intl';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { PHASES } from '#core/bpmn/graph.ts';
import { useMe } from '#web/features/shell/MeContext.tsx';
import { reads } from '#web/lib/reads.ts';
import { useIsPhone } from '#web/lib/use-media.ts';
import { useRead } from '#web/lib/use-read.ts';
import { useText } from '#web/lib/use-words.ts';
import type { InboxFilters } from '#web/paths.ts';
import styles from './FilterBar.module.css';
import { isFiltered, URGENCIES } from './filters.ts';

export interface FilterBarProps {
  readonly filters: InboxFilters;
  readonly onChange: (change: Partial<InboxFilters>) => void;
  readonly searchRef: RefObject<HTMLInputElement | null>;
  readonly onHelp: () => void;
}

const TYPING_PAUSE_MS = 250;

export function FilterBar({ filters, onChange, searchRef, onHelp }: FilterBarProps) {
  const t = useTranslations('inbox');
  const isPhone = useIsPhone();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={styles.bar} role="search">
      <TextFilter filters={filters} onChange={onChange} searchRef={searchRef} />
      {isPhone ? (
        <>
          <Badge dot={isFiltered({ ...filters, q: undefined })}>
            <Button icon={<FilterOutlined aria-hidden />} onClick={() => setOpen(true)} aria-label={t('filters')} />
          </Badge>
          <Drawer title={t('filters')} placement="bottom" size={360} open={isOpen} onClose={() => setOpen(false)}>
            <div className={styles.drawer}>
              <Choices filters={filters} onChange={onChange} />
            </div>
          </Drawer>
        </>
      ) : (
        <>
          <Choices filters={filters} onChange={onChange} />
          <span className={styles.gap} />
          <Button type="text" icon={<QuestionCircleOutlined aria-hidden />} onClick={onHelp} aria-label={t('help')} title={t('help')} />
        </>
      )}
    </div>
  );
}

function TextFilter({ filters, onChange, searchRef }: Omit<FilterBarProps, 'onHelp'>) {
  const t = useTranslations('inbox');
  const [typed, setTyped] = useState(filters.q ?? '');
  const inputRef = useRef<InputRef>(null);
  const latest = useRef(onChange);
  // With the page, as the key that leads here (`useKeys`).
  useLayoutEffect(() => {
    latest.current = onChange;
    searchRef.current = inputRef.current?.input ?? null;
  });
  useEffect(() => {
    if (typed === (filters.q ?? '')) return;
    const timer = setTimeout(() => latest.current({ q: typed.trim() || undefined }), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, filters.q]);
  return (
    <Input
      ref={inputRef}
      className={styles.text ?? ''}
      prefix={<SearchOutlined aria-hidden />}
      placeholder={t('filterText')}
      aria-label={t('filterTextLabel')}
      value={typed}
      allowClear
      onChange={({ target }) => setTyped(target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.nativeEvent.isComposing) event.currentTarget.blur();
      }}
    />
  );
}

function Choices({ filters, onChange }: Pick<FilterBarProps, 'filters' | 'onChange'>) {
  const t = useTranslations('inbox');
  const common = useTranslations('common');
  const { text } = useText();
  const { can } = useMe();
  const { data: services } = useRead(reads.services(), { staleTime: 300_000, enabled: can.start });
  const { data: counts } = useRead(reads.inboxCounts());
  const overdue = filters.list === 'todo' ? (counts?.overdue ?? 0) : 0;
  return (
    <>
      {(services?.length ?? 0) > 1 ? (
        <Select
          aria-label={t('service')}
          placeholder={t('service')}
          allowClear
          value={filters.serviceKey}
          onChange={(serviceKey) => onChange({ serviceKey })}
          options={services?.map(({ key, name }) => ({ value: key, label: text(name) })) ?? []}
        />
      ) : null}
      <Select
        aria-label={t('phase')}
        placeholder={t('phase')}
        allowClear
        value={filters.phase}
        onChange={(phase) => onChange({ phase })}
        options={PHASES.map((phase) => ({ value: phase, label: common(`phase.${phase}`) }))}
      />
      <Select
        aria-label={t('urgency')}
        placeholder={t('urgency')}
        allowClear
        value={filters.urgency}
        onChange={(urgency) => onChange({ urgency })}
        options={URGENCIES.map((urgency) => ({ value: urgency, label: common(`urgency.${urgency}`) }))}
      />
      <Checkbox checked={filters.overdue ?? false} onChange={({ target }) => onChange({ overdue: target.checked || undefined })}>
        {overdue > 0 ? t('overdueCount', { count: overdue }) : t('overdueOnly')}
      </Checkbox>
    </>
  );
}
