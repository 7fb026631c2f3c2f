'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { settingsOf } from '#core/form/extensions.ts';
import { isFooter, isHeader } from '#core/form/pages.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import { elementIds, useEnabledAmong, useForm } from './form-context.ts';
import { keyOf, ROOT_ROW } from './model.ts';
import { NavFrame } from './NavFrame.tsx';

/** Shorter forms are seen at a glance. */
const SECTIONS_MIN = 3;

/** The sections of a long form with what each still lacks: at the side where there is room, folded above the form where there is not. */
export function SectionNav() {
  const { id, questionnaire } = useForm();
  const t = useTranslations('form');
  const sections = (questionnaire.item ?? []).filter(isSection);
  const enabled = useEnabledAmong(sections, ROOT_ROW);
  const targetOf = (section: QuestionnaireItem) => elementIds(id, keyOf(ROOT_ROW, section.linkId)).field;
  const current = useCurrentSection(enabled.map(targetOf));
  if (sections.length < SECTIONS_MIN) return null;
  return (
    <NavFrame
      title={t('sections')}
      entries={enabled.map((item) => ({ item, parts: [item], isCurrent: targetOf(item) === current, target: targetOf(item) }))}
      currentAs="location"
      onChoose={({ target }) => goTo(target)}
    />
  );
}

const isSection = (item: QuestionnaireItem): boolean =>
  item.type === 'group' && Boolean(item.text) && !settingsOf(item).hidden && !isHeader(item) && !isFooter(item);

function goTo(target: string): void {
  const section = document.getElementById(target);
  if (section instanceof HTMLDetailsElement) section.open = true;
  section?.scrollIntoView({ block: 'start' });
  section?.focus({ preventScroll: true });
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
