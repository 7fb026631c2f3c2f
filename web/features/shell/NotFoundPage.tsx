import { Button } from 'antd';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { paths } from '#web/paths.ts';
import { EmptyState } from '#web/ui/EmptyState.tsx';

export async function NotFoundPage() {
  const t = await getTranslations('settings');
  return (
    <EmptyState isPage title={t('notFoundTitle')} hint={t('notFoundHint')}>
      <Link href={paths.home()}>
        <Button type="primary">{t('toInbox')}</Button>
      </Link>
    </EmptyState>
  );
}
