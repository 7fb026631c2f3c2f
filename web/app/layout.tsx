import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Providers } from '#web/features/shell/Providers.tsx';
import { readPreferences } from '#web/lib/server.ts';
import { DARK, LIGHT } from '#web/ui/palette.ts';
import '#web/ui/tokens.css';
import '#web/ui/base.css';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common');
  return { title: { default: t('productFull'), template: `%s · ${t('productFull')}` }, referrer: 'same-origin' };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: LIGHT.bg },
    { media: '(prefers-color-scheme: dark)', color: DARK.bg },
  ],
};

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const [locale, preferences, incoming] = await Promise.all([getLocale(), readPreferences(), headers()]);
  return (
    <html lang={locale} data-theme={preferences.scheme} data-size={preferences.size} suppressHydrationWarning>
      {/* The component library's variables hang on this class; our own style sheets read some of them. */}
      <body className="bh">
        <NextIntlClientProvider>
          <Providers preferences={preferences} nonce={incoming.get('x-nonce') ?? undefined}>
            {children}
          </Providers>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
