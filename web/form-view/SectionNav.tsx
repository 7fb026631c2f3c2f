'use client';

import { CheckCircleFilled } from '@ant-design/icons';
import { useTranslations } from 'next-intl';
import { type MouseEvent, useEffect, useState, useSyncExternalStore } from 'react';
import { settingsOf } from '#core/form/extensions.ts';
import { labelOf } from '#core/form/localize.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import styles from './FormView.module.css';
import { elementIds, useForm } from './form-context.ts';
import { keyOf, ROOT_ROW } from './model.ts';
import type { FormStore } from './store.ts';

/** Shorter forms are seen at a glance. */
const SECTIONS_MIN = 3;

/** The sections of a long form with what each still lacks: at the side where there is room, folded above the form where there is not. */
export function SectionNav() {
  const { questionnaire, store } = useForm();
  const sections = (questionnaire.item ?? []).filter((item) => item.type === 'group' && item.text && !settingsOf(item).hidden);
  const enabled = useEnabledSections(store, sections);
  if (sections.length < SECTIONS_MIN) return null;
  return (
    <div className={styles.nav}>
      <details className={styles.navFold}>
        <summary>
          <NavTitle />
        </summary>
        <NavList sections={enabled} />
      </details>
      <div className={styles.navSide}>
        <NavTitle />
        <NavList sections={enabled} />
      </div>
    </div>
  );
}

function NavTitle() {
  const t = useTranslations('form');
  const { isReadOnly } = useForm();
  const open = useSections().reduce((sum, { openCount }) => sum + openCount, 0);
  return (
    <span className={styles.navTitle}>
      <span>{t('sections')}</span>
      {isReadOnly ? null : (
        <span className={styles.navTotal} data-done={open === 0 || undefined}>
          {open === 0 ? t('formDone') : t('formOpen', { count: open })}
        </span>
      )}
    </span>
  );
}

function NavList({ sections }: { readonly sections: readonly QuestionnaireItem[] }) {
  const { id, locale, isReadOnly } = useForm();
  const t = useTranslations('form');
  const progress = useSections();
  const current = useCurrentSection(sections.map(({ linkId }) => elementIds(id, keyOf(ROOT_ROW, linkId)).field));
  return (
    <nav aria-label={t('sections')}>
      <ol className={styles.navList}>
        {sections.map((section) => {
          const target = elementIds(id, keyOf(ROOT_ROW, section.linkId)).field;
          const open = progress.find(({ linkId }) => linkId === section.linkId)?.openCount ?? 0;
          return (
            <li key={section.linkId}>
              <a
                href={`#${target}`}
                className={styles.navLink}
                aria-current={current === target ? 'location' : undefined}
                onClick={(event) => goTo(event, target)}
              >
                <span className={styles.navLabel}>{labelOf(section, locale)}</span>
                {isReadOnly ? null : open > 0 ? (
                  <span className={styles.navOpen}>{t('sectionOpen', { count: open })}</span>
                ) : (
                  <CheckCircleFilled className={styles.navDone} role="img" aria-label={t('sectionDone')} />
                )}
              </a>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** The address stays as it is: a section is not a page. */
function goTo(event: MouseEvent, target: string): void {
  event.preventDefault();
  const section = document.getElementById(target);
  if (section instanceof HTMLDetailsElement) section.open = true;
  section?.scrollIntoView({ block: 'start' });
  section?.focus({ preventScroll: true });
}

function useSections() {
  const { store } = useForm();
  const read = () => store.sections;
  return useSyncExternalStore(store.subscribe, read, read);
}

function useEnabledSections(store: FormStore, sections: readonly QuestionnaireItem[]): readonly QuestionnaireItem[] {
  const keys = sections.map(({ linkId }) => keyOf(ROOT_ROW, linkId));
  // A text, because a list would be new on every reading.
  const read = () => keys.filter((key) => store.isEnabled(key)).join(' ');
  const enabled = useSyncExternalStore(store.subscribe, read, read).split(' ');
  return sections.filter(({ linkId }) => enabled.includes(keyOf(ROOT_ROW, linkId)));
}

/** The section that is being read: the topmost in the upper part of the window. */
function useCurrentSection(ids: readonly string[]): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  const all = ids.join(' ');
  useEffect(() => {
    const visible = new Set<string>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) visible.add(target.id);
          else visible.delete(target.id);
        }
        const first = all.split(' ').find((id) => visible.has(id));
        if (first) setCurrent(first);
      },
      { rootMargin: '-80px 0px -60% 0px' },
    );
    for (const id of all.split(' ')) {
      const section = document.getElementById(id);
      if (section) observer.observe(section);
    }
    return () => observer.disconnect();
  }, [all]);
  return current;
}
