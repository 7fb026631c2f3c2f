/** All words of the web, by language and area. */
import type { Locale } from '#core/text.ts';
import en from './en/index.ts';
import zhCN from './zh-CN/index.ts';

export type Messages = typeof zhCN;

export const MESSAGES: Record<Locale, Messages> = { 'zh-CN': zhCN, en };
