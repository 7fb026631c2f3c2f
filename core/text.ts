/** Text in the languages of the product. `zh-CN` is always there; a missing `en` falls back to it. */
export interface LocalizedText {
  readonly 'zh-CN': string;
  readonly en?: string;
}

export type Locale = 'zh-CN' | 'en';

export const inLocale = (text: LocalizedText, locale: Locale): string => text[locale] ?? text['zh-CN'];
