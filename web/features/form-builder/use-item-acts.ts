'use client';

import { App } from 'antd';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { labelOf } from '#core/form/localize.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import { usesOf } from '#core/form-edit/references.ts';
import { findItem, itemsBelow, linkIdsIn, parentOf } from '#core/form-edit/tree.ts';
import { useText } from '#web/lib/use-words.ts';
import { type Place, placeForNew, type Step, stepOf } from './places.ts';
import type { EditionWork } from './use-edition.ts';

export interface ItemActs {
  readonly move: (linkId: string, place: Place) => void;
  readonly step: (linkId: string, step: Step) => void;
  readonly remove: (linkId: string) => void;
  readonly duplicate: (linkId: string) => void;
  /** Behind what is chosen, where no place is given; link ids that are taken become free ones. */
  readonly add: (items: readonly QuestionnaireItem[], place?: Place) => void;
  /** Of an item, or the form. */
  readonly nameOf: (linkId: string | null) => string;
}

/** What is done with whole items, from the tree, its toolbar and the menu; each says what it did to those who do not see it. */
export function useItemActs(
  work: EditionWork,
  {
    selected,
    onSelect,
    announce,
  }: { readonly selected: string | null; readonly onSelect: (linkId: string | null) => void; readonly announce: (text: string) => void },
): ItemActs {
  const t = useTranslations('formBuilder');
  const { locale } = useText();
  const { modal } = App.useApp();
  return useMemo(() => {
    const { form, apply } = work;
    const nameOf = (linkId: string | null): string => {
      const found = linkId === null ? null : findItem(form, linkId);
      return found ? labelOf(found.item, locale) || found.item.linkId : t('form');
    };
    const move = (linkId: string, place: Place): void => {
      if (!apply({ kind: 'move', linkId, ...place })) return;
      announce(t('moved', { item: nameOf(linkId), group: nameOf(place.parent), position: place.index + 1 }));
    };
    const takeAway = (linkId: string): void => {
      const found = findItem(form, linkId);
      if (!found || !apply({ kind: 'remove', linkId })) return;
      const siblings = itemsBelow(form, parentOf(found));
      const next = siblings[found.index + 1] ?? siblings[found.index - 1];
      onSelect(next?.linkId ?? parentOf(found));
      announce(t('removed', { item: nameOf(linkId) }));
    };
    return {
      move,
      step: (linkId, step) => {
        const place = stepOf(form, linkId, step);
        if (place) move(linkId, place);
      },
      remove: (linkId) => {
        const found = findItem(form, linkId);
        if (!found) return;
        const gone = new Set(linkIdsIn([found.item]));
        const askedBy = usesOf(form, gone).filter((use) => use.linkId === null || !gone.has(use.linkId));
        if (askedBy.length === 0) {
          takeAway(linkId);
          return;
        }
        modal.confirm({
          title: t('removeTitle', { item: nameOf(linkId) }),
          content: t('removeUsed', { items: [...new Set(askedBy.map((use) => nameOf(use.linkId)))].join(t('listSeparator')) }),
          okText: t('remove'),
          okButtonProps: { danger: true },
          cancelText: t('cancel'),
          onOk: () => takeAway(linkId),
        });
      },
      duplicate: (linkId) => {
        const found = findItem(form, linkId);
        if (found && apply({ kind: 'duplicate', linkId })) announce(t('duplicated', { item: nameOf(linkId) }));
      },
      nameOf,
      add: (items, place = placeForNew(form, selected)) => {
        if (!apply({ kind: 'insert-group', items, ...place })) return;
        announce(t('added', { group: nameOf(place.parent) }));
        onSelect(itemsBelow(work.current(), place.parent)[place.index]?.linkId ?? null);
      },
    };
  }, [work, selected, onSelect, announce, locale, modal, t]);
}
