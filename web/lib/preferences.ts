/** What a person chose about the look. Kept in cookies, so that the server already renders it and nothing flashes. */
import type { Locale } from '#core/text.ts';

export const LOCALE_COOKIE = 'bihuan-locale';
export const THEME_COOKIE = 'bihuan-theme';
export const SIZE_COOKIE = 'bihuan-size';
/** The system's colour scheme as last seen by the browser, for those who chose "system". */
export const SCHEME_COOKIE = 'bihuan-scheme';

/** Dates are shown in the network's own zone everywhere, on the server and in the browser alike. */
export const TIME_ZONE = 'Asia/Shanghai';

export const THEME_CHOICES = ['light', 'dark', 'system'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];
export const SIZES = ['normal', 'large'] as const;
export type Size = (typeof SIZES)[number];
export type Scheme = 'light' | 'dark';

export interface Preferences {
  readonly theme: ThemeChoice;
  readonly size: Size;
  /** The scheme to draw at first. */
  readonly scheme: Scheme;
  /** A guess from the request; the browser's width decides afterwards. */
  readonly isPhone: boolean;
}

export const localeFrom = (value: string | undefined): Locale => (value === 'en' ? 'en' : 'zh-CN');
export const themeFrom = (value: string | undefined): ThemeChoice => (value === 'light' || value === 'dark' ? value : 'system');
export const sizeFrom = (value: string | undefined): Size => (value === 'large' ? 'large' : 'normal');
export const schemeFrom = (theme: ThemeChoice, seen: string | undefined): Scheme =>
  theme === 'system' ? (seen === 'dark' ? 'dark' : 'light') : theme;

const YEAR_SECONDS = 31_536_000;

/** Browser only. */
export function keepPreference(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari.
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}
