'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useRef } from 'react';
import { settingsOf } from '#core/form/extensions.ts';
import type { Layout } from '#core/form/layout.ts';
import { shortLabelOf } from '#core/form/localize.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import { elementIds, useEnabledAmong, useForm, useOpenCount } from './form-context.ts';
import { GroupBody, type GroupProps, Items } from './Group.tsx';
import { ItemExtras } from './ItemExtras.tsx';
import { keyOf, type RowId } from './model.ts';
import { Protected, usePresence } from './Protected.tsx';
import styles from './tabs.module.css';
import { useOpenPart } from './use-open-part.ts';

interface TabGroupProps extends GroupProps {
  readonly layout: Extract<Layout, { kind: 'tabs' }>;
}

/** Groups as tabs (https://www.w3.org/WAI/ARIA/apg/patterns/tabs/): arrows go from tab to tab and open, Home and End go to the ends. */
export function TabGroup({ item, row, level, layout }: TabGroupProps) {
  const { id } = useForm();
  const enabled = useEnabledAmong(layout.tabs, row);
  const tabs = layout.tabs.filter((tab) => enabled.includes(tab) || settingsOf(tab).isProtected);
  const container = keyOf(row, item.linkId);
  const keys = tabs.map(({ linkId }) => keyOf(row, linkId));
  const open = useOpenPart(container, keys.map((key) => [key])); // biome-ignore format: one line
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextIndex(event.key, open.index, tabs.length);
    if (next === null) return;
    event.preventDefault();
    open.show(next);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  return (
    <div className={styles.tabs}>
      <Items items={layout.others} row={row} level={level} />
      <div
        ref={list}
        role="tablist"
        aria-labelledby={item.text ? elementIds(id, container).label : undefined}
        className={styles.list}
        onKeyDown={onKeyDown}
      >
        {tabs.map((tab, index) => (
          <Tab key={tab.linkId} item={tab} row={row} isOpen={index === open.index} onOpen={() => open.show(index)} />
        ))}
      </div>
      {tabs.map((tab, index) =>
        open.wasSeen(index) ? <Panel key={tab.linkId} item={tab} row={row} level={level} isOpen={index === open.index} /> : null,
      )}
    </div>
  );
}

const tabId = (formId: string, row: RowId, { linkId }: QuestionnaireItem): string =>
  `${elementIds(formId, keyOf(row, linkId)).control}-tab`;

function Tab({ item, row, isOpen, onOpen }: Pick<GroupProps, 'item' | 'row'> & { readonly isOpen: boolean; onOpen(): void }) {
  const { id, store, locale, isReadOnly } = useForm();
  const t = useTranslations('form');
  const key = keyOf(row, item.linkId);
  const open = useOpenCount([key]);
  return (
    <button
      id={tabId(id, row, item)}
      type="button"
      role="tab"
      aria-selected={isOpen}
      aria-controls={isOpen ? elementIds(id, key).field : undefined}
      tabIndex={isOpen ? 0 : -1}
      className={styles.tab}
      onClick={onOpen}
    >
      {shortLabelOf(item, locale)}
      {open > 0 && !isReadOnly ? (
        <span className={styles.count} data-wrong={store.wasTried || undefined}>
          {t('sectionOpen', { count: open })}
        </span>
      ) : null}
    </button>
  );
}

function Panel({ item, row, level, isOpen }: GroupProps & { readonly isOpen: boolean }) {
  const { id, locale } = useForm();
  const presence = usePresence(item, row);
  return (
    <div
      id={elementIds(id, keyOf(row, item.linkId)).field}
      data-link-id={item.linkId}
      role="tabpanel"
      aria-labelledby={tabId(id, row, item)}
      hidden={!isOpen}
      className={styles.panel}
    >
      <Protected isOn={presence === 'protected'}>
        <ItemExtras item={item} label={shortLabelOf(item, locale)} />
        <GroupBody item={item} row={row} level={level} />
      </Protected>
    </div>
  );
}

function nextIndex(key: string, index: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (index + 1) % count;
    case 'ArrowLeft':
      return (index + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
