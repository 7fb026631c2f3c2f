import type { Locale } from '#core/text.ts';

/** Names of people and organisations in the reader's language; a missing English name falls back to the Chinese one. */
export const nameIn = (locale: Locale, named: { readonly name: string; readonly nameEn?: string }): string =>
  locale === 'en' && named.nameEn ? named.nameEn : named.name;
