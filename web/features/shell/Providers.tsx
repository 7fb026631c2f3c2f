'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { type ReactNode, useState } from 'react';
import type { Preferences } from '#web/lib/preferences.ts';
import { PreferencesProvider, usePreferences } from '#web/lib/preferences-context.tsx';
import { shouldRetry } from '#web/lib/use-read.ts';
import { AppTheme } from '#web/ui/AppTheme.tsx';

export interface ProvidersProps {
  readonly preferences: Preferences;
  readonly nonce: string | undefined;
  readonly children: ReactNode;
}

export function Providers({ preferences, nonce, children }: ProvidersProps) {
  const [client] = useState(
    () => new QueryClient({ defaultOptions: { queries: { staleTime: 15_000, retry: shouldRetry, refetchOnWindowFocus: true } } }),
  );
  return (
    <QueryClientProvider client={client}>
      <PreferencesProvider initial={preferences}>
        <Themed nonce={nonce}>{children}</Themed>
      </PreferencesProvider>
    </QueryClientProvider>
  );
}

function Themed({ nonce, children }: { readonly nonce: string | undefined; readonly children: ReactNode }) {
  const locale = useLocale();
  const { scheme, size } = usePreferences();
  return (
    <AppTheme locale={locale} scheme={scheme} isLarge={size === 'large'} nonce={nonce}>
      {children}
    </AppTheme>
  );
}
