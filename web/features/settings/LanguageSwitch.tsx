'use client';

import { Segmented } from 'antd';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { keepPreference, LOCALE_COOKIE } from '#web/lib/preferences.ts';

/** Each language in its own words: who cannot read the page still finds theirs. */
export function LanguageSwitch({ isBlock = false }: { readonly isBlock?: boolean }) {
  const locale = useLocale();
  const router = useRouter();
  const t = useTranslations('shell');
  return (
    <Segmented
      aria-label={t('language')}
      block={isBlock}
      value={locale}
      options={[
        { value: 'zh-CN', label: <span lang="zh-CN">中文</span> },
        { value: 'en', label: <span lang="en">English</span> },
      ]}
      onChange={(next) => {
        keepPreference(LOCALE_COOKIE, next);
        router.refresh();
      }}
    />
  );
}
