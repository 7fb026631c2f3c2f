'use client';

import { useLocale, useTranslations } from 'next-intl';
import { inLocale, type Locale, type LocalizedText } from '#core/text.ts';
import { ApiError } from './api.ts';
import { nameIn } from './names.ts';
import { type Span, spanOf } from './time.ts';

/** Data that carries its own languages, in the reader's. */
export function useText() {
  const locale: Locale = useLocale();
  return {
    locale,
    text: (localized: LocalizedText | null | undefined): string => (localized ? inLocale(localized, locale) : ''),
    name: (named: { readonly name: string; readonly nameEn?: string }): string => nameIn(locale, named),
  };
}

/** The one place where a code of the API becomes words. */
export function useErrorWords(): (error: unknown) => string {
  const refusal = useTranslations('refusal');
  const failure = useTranslations('error');
  return (error) => {
    const code = error instanceof ApiError ? error.view.code : 'unexpected';
    // The codes come over the wire: each is looked up before it is used as a key.
    if (isKeyOf(code, refusal)) return refusal(code);
    if (isKeyOf(code, failure)) return failure(code);
    return failure('unexpected');
  };
}

export function isKeyOf<Key extends string>(code: string, words: { has: (key: Key) => boolean }): code is Key {
  return words.has(code as Key);
}

/** A length of time in words: 2 天 4 小时. */
export function useSpanWords(): (milliseconds: number) => string {
  const t = useTranslations('common.span');
  return (milliseconds) => {
    const { unit, major, minor }: Span = spanOf(milliseconds);
    return t(unit, { major, minor });
  };
}
