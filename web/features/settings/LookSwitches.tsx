'use client';

import { Segmented } from 'antd';
import { useTranslations } from 'next-intl';
import { usePreferences } from '#web/lib/preferences-context.tsx';

export function ThemeSwitch() {
  const t = useTranslations('shell');
  const { theme, setTheme } = usePreferences();
  return (
    <Segmented
      aria-label={t('theme')}
      block
      value={theme}
      options={[
        { value: 'light', label: t('themeLight') },
        { value: 'dark', label: t('themeDark') },
        { value: 'system', label: t('themeSystem') },
      ]}
      onChange={setTheme}
    />
  );
}

export function SizeSwitch() {
  const t = useTranslations('shell');
  const { size, setSize } = usePreferences();
  return (
    <Segmented
      aria-label={t('size')}
      block
      value={size}
      options={[
        { value: 'normal', label: t('sizeNormal') },
        { value: 'large', label: t('sizeLarge') },
      ]}
      onChange={setSize}
    />
  );
}
