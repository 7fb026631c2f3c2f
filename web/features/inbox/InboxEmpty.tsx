'use client';

import { Button } from 'antd';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useMe } from '#web/features/shell/MeContext.tsx';
import { type InboxFilters, paths } from '#web/paths.ts';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { isFiltered } from './filters.ts';

export function InboxEmpty({ filters, onClear }: { readonly filters: InboxFilters; readonly onClear: () => void }) {
  const t = useTranslations('inbox');
  const shell = useTranslations('shell');
  const { can } = useMe();
  if (isFiltered(filters)) {
    return (
      <EmptyState title={t('nothingMatches')} hint={t('nothingMatchesHint')}>
        <Button onClick={onClear}>{t('clearFilters')}</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState title={t(`empty.${filters.list}`)} hint={t(`emptyHint.${filters.list}`)}>
      {filters.list === 'started' && can.start ? (
        <Link href={paths.apply()}>
          <Button type="primary">{shell('apply')}</Button>
        </Link>
      ) : null}
      {filters.list === 'todo' ? (
        <Link href={paths.inbox({ list: 'claimable' })}>
          <Button>{t('lists.claimable')}</Button>
        </Link>
      ) : null}
    </EmptyState>
  );
}
