import type { Locale } from '#core/text.ts';
import type { Messages } from './index.ts';

// Lets the type checker know every message key.
declare module 'use-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
