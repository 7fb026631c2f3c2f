'use client';

import { Button, type SelectProps } from 'antd';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type ReactElement, useEffect } from 'react';
import type { Choice } from '#core/form/options.ts';
import styles from '../FormView.module.css';
import { useForm } from '../form-context.ts';
import type { CodeSearch } from './use-code-search.ts';

/** In place of options: that they are looked for, are none, or could not be had, and then the way to try again. */
export function CodeListState({ search }: { readonly search: CodeSearch }) {
  const t = useTranslations('form');
  if (search.state === 'failed') {
    return (
      <div className={styles.listState}>
        {t('searchFailed')}
        <Button size="small" onMouseDown={(event) => event.preventDefault()} onClick={search.retry}>
          {t('retry')}
        </Button>
      </div>
    );
  }
  if (search.state === 'absent') return t('listElsewhere');
  if (search.state !== 'found') return t('searching');
  return search.hasMore ? t('typeMore') : t('nothingFound');
}

/** What lists of both kinds of choices share. The list says below itself where more can be found. */
export function useCodeList(search: CodeSearch) {
  const t = useTranslations('form');
  const { announce } = useForm();
  const { state, choices, hasMore } = search;
  useEffect(() => {
    if (state === 'found') announce(t('found', { count: choices.length }));
    if (state === 'failed') announce(t('searchFailed'));
  }, [state, choices, announce, t]);
  return {
    notFoundContent: <CodeListState search={search} />,
    onOpenChange: search.opened,
    // Without a mouse the button in the list cannot be reached: the focus stays where one types.
    onInputKeyDown: (event: KeyboardEvent) => {
      if (state !== 'failed' || event.key !== 'Enter') return;
      event.preventDefault();
      event.stopPropagation();
      search.retry();
    },
    popupRender: (menu: ReactElement) => (
      <>
        {menu}
        {hasMore && choices.length > 0 ? <div className={styles.listMore}>{t('typeMore')}</div> : null}
      </>
    ),
    optionRender: (({ label, data }) => (
      <CodeOption label={String(label)} choice={data.choice as Choice | undefined} />
    )) satisfies NonNullable<SelectProps['optionRender']>,
  };
}

/** Displays are alike in large lists; the code tells them apart. */
function CodeOption({ label, choice }: { readonly label: string; readonly choice: Choice | undefined }) {
  const code = choice?.value.valueCoding?.code;
  return (
    <span className={styles.codeOption}>
      {label}
      {code === undefined || code === label ? null : <span className={styles.code}>{code}</span>}
    </span>
  );
}
