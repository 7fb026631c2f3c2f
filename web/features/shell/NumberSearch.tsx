'use client';

import { SearchOutlined } from '@ant-design/icons';
import { useQueries } from '@tanstack/react-query';
import { AutoComplete, Input } from 'antd';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useDeferredValue, useState } from 'react';
import { INBOX_LISTS, type InboxPage } from '#api/views/inbox.ts';
import type { InstanceList, InstanceStatus } from '#api/views.ts';
import type { LocalizedText } from '#core/text.ts';
import { call } from '#web/lib/api.ts';
import { type Read, reads } from '#web/lib/reads.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { StateTag } from '#web/ui/StateTag.tsx';
import { useMe } from './MeContext.tsx';
import styles from './NumberSearch.module.css';

const FOUND_MAX = 8;
/** Numbers begin with the service and the year; fewer signs would find everything. */
const TYPED_MIN = 3;

interface Found {
  readonly id: string;
  readonly number: string;
  readonly title: LocalizedText;
  readonly status: InstanceStatus;
}

/** Finds an instance by its number among everything the person may see. */
export function NumberSearch() {
  const t = useTranslations('shell');
  const router = useRouter();
  const { text } = useText();
  const [typed, setTyped] = useState('');
  const wanted = useDeferredValue(typed.trim());
  const { found, isLooking } = useFound(wanted);

  return (
    <AutoComplete
      className={styles.search ?? ''}
      value={typed}
      onChange={setTyped}
      onSelect={(id: string) => {
        setTyped('');
        router.push(paths.instance(id));
      }}
      defaultActiveFirstOption
      notFoundContent={wanted.length < TYPED_MIN ? t('searchHint') : isLooking ? null : t('searchNothing')}
      options={found.map(({ id, number, title, status }) => ({
        value: id,
        label: (
          <span className={styles.option}>
            <strong>{number}</strong>
            <span>{text(title)}</span>
            <StateTag status={status} />
          </span>
        ),
      }))}
    >
      <Input
        prefix={<SearchOutlined aria-hidden />}
        placeholder={t('searchPlaceholder')}
        aria-label={t('search')}
        id="number-search"
        allowClear
      />
    </AutoComplete>
  );
}

function useFound(wanted: string): { readonly found: readonly Found[]; readonly isLooking: boolean } {
  const me = useMe();
  const isWanted = wanted.length >= TYPED_MIN;
  const lists = useQueries({
    queries: INBOX_LISTS.map((list) => lookUp(reads.inboxHead({ list, q: wanted }, FOUND_MAX), isWanted)),
  });
  const scoped = useQueries({
    queries: [
      lookUp(reads.instanceList({ q: wanted }, null), isWanted && me.can.read),
      lookUp(reads.auditList({ q: wanted }, null), isWanted && me.can.audit && !me.can.read),
    ],
  });

  const byId = new Map<string, Found>();
  for (const { data } of lists) {
    for (const { instanceId: id, number, title, status } of (data as InboxPage | undefined)?.rows ?? [])
      byId.set(id, { id, number, title, status });
  }
  for (const { data } of scoped) {
    for (const { id, number, title, status } of (data as InstanceList | undefined)?.rows ?? []) byId.set(id, { id, number, title, status });
  }
  return {
    found: isWanted ? [...byId.values()].slice(0, FOUND_MAX) : [],
    isLooking: [...lists, ...scoped].some(({ isFetching }) => isFetching),
  };
}

const lookUp = <Answer,>({ key, path }: Read<Answer>, enabled: boolean) => ({
  queryKey: ['search', ...key],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) => call<Answer>(path, { signal }),
  enabled,
  staleTime: 10_000,
});
