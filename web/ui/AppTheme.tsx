'use client';

import { LoadingOutlined } from '@ant-design/icons';
import { AntdRegistry } from '@ant-design/nextjs-registry';
import { App, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import type { ReactNode } from 'react';
import type { Locale } from '#core/text.ts';
import { themeOf } from './theme.ts';

export interface AppThemeProps {
  readonly locale: Locale;
  readonly scheme: 'light' | 'dark';
  readonly isLarge: boolean;
  readonly nonce: string | undefined;
  readonly children: ReactNode;
}

/** The kit's own sign of loading leaves by a motion, and stays on the button where an answer comes while it is still arriving. */
const BUTTON = { autoInsertSpace: false, loadingIcon: <LoadingOutlined /> };

/** The component library in our colours, our type size and the reader's language. */
export function AppTheme({ locale, scheme, isLarge, nonce, children }: AppThemeProps) {
  dayjs.locale(locale === 'en' ? 'en' : 'zh-cn');
  return (
    <AntdRegistry>
      <ConfigProvider
        locale={locale === 'en' ? enUS : zhCN}
        theme={themeOf({ scheme, isLarge })}
        button={BUTTON}
        {...(nonce === undefined ? {} : { csp: { nonce } })}
      >
        <App component={false}>{children}</App>
      </ConfigProvider>
    </AntdRegistry>
  );
}
