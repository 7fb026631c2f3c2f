'use client';

import { useLocale, useTranslations } from 'next-intl';
import { FORM_ISSUE_CODES, type FormIssueCode } from '#core/form/issue.ts';
import { inLocale, type Locale } from '#core/text.ts';
import { fileSizeText } from './file-size.ts';
import { PENDING_CODES, type PendingCode } from './pending.ts';
import type { ShownIssue } from './store.ts';

/** Words for an issue; codes that only a newer server knows get general ones. */
export function useIssueText(): (issue: Pick<ShownIssue, 'code' | 'data' | 'text'>) => string {
  const t = useTranslations('form.issue');
  const locale = useLocale() as Locale;
  return ({ code, data = {}, text }) => {
    if (text) return inLocale(text, locale);
    if (!isCode(code)) return t('unknown');
    const limit = code === 'file-too-large' && typeof data.max === 'number' ? { max: fileSizeText(data.max) } : {};
    // Every placeholder is given, so that a missing value never shows as an error text.
    return t(code, { min: '', max: '', count: '', allowed: '', ...data, ...limit });
  };
}

/** With what only a page can find. */
export const SHOWN_CODES: readonly (FormIssueCode | PendingCode)[] = [...FORM_ISSUE_CODES, ...PENDING_CODES];

const isCode = (code: string): code is FormIssueCode | PendingCode => SHOWN_CODES.some((known) => known === code);
