'use client';

import { useTranslations } from 'next-intl';
import type { PagedForm } from '#core/form/pages.ts';
import { elementIds, useForm } from './form-context.ts';
import { keyOf, ROOT_ROW } from './model.ts';
import { NavFrame } from './NavFrame.tsx';
import { usePages } from './use-pages.ts';
import { useTurn } from './use-turn.ts';

/** The pages by name, with what each still lacks. */
export function PageNav({ paged }: { readonly paged: PagedForm }) {
  const { id } = useForm();
  const t = useTranslations('form');
  const open = usePages(paged);
  const turn = useTurn(open);
  if (open.pages.length === 0) return null;
  return (
    <NavFrame
      title={t('pageOf', { number: open.index + 1, count: open.pages.length })}
      entries={open.pages.map(({ group, items }, index) => ({
        item: group,
        parts: items,
        index,
        isCurrent: index === open.index,
        target: elementIds(id, keyOf(ROOT_ROW, group.linkId)).field,
      }))}
      currentAs="step"
      isNumbered
      onChoose={({ index }) => turn(index)}
    />
  );
}
