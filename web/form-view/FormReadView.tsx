'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type BoundItem, bindResponse, type Container, hasAnswers } from '#core/form/bind.ts';
import { createEnablement } from '#core/form/enablement.ts';
import { settingsOf } from '#core/form/extensions.ts';
import { type Grid, type Layout, layoutOf } from '#core/form/layout.ts';
import { labelOf, shortLabelOf } from '#core/form/localize.ts';
import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import type { Locale } from '#core/text.ts';
import styles from './FormReadView.module.css';
import { ReadTable } from './ReadTable.tsx';
import { ReadValue } from './ReadValue.tsx';

export interface FormReadViewProps {
  readonly questionnaire: Questionnaire;
  readonly response: QuestionnaireResponse;
  readonly locale: Locale;
  /** Where a file can be fetched; without it files are named only. */
  readonly fileUrl?: (id: string) => string;
  /** Questions without an answer are shown too: what was left out can matter as much. */
  readonly showsEmpty?: boolean;
  /** Level of the first headings: one below what stands around. */
  readonly headingLevel?: number;
}

/** Answers to be read, dense and in order: beside a task, in a timeline, on paper. Pages and tabs follow each other, each under its name. */
export function FormReadView(props: FormReadViewProps) {
  const { questionnaire, response, locale, headingLevel = 4 } = props;
  const t = useTranslations('form');
  const root = bindResponse(questionnaire, response);
  const isEnabled = createEnablement();
  const isShown = (bound: BoundItem): boolean => {
    if (!isEnabled(bound) || settingsOf(bound.item).hidden) return false;
    // What was agreed to is read with the answers.
    if (bound.item.type === 'display') return isLegal(bound.item);
    return props.showsEmpty || bound.answers.length > 0 || bound.instances.some(hasAnswers);
  };
  const answer = (bound: BoundItem): ReactNode =>
    bound.answers.length === 0 ? (
      <span className={styles.empty}>{t('notAnswered')}</span>
    ) : (
      bound.answers.map(({ answer: value, path }) => (
        <span key={path} className={styles.value}>
          <ReadValue {...props} item={bound.item} answer={value} />
        </span>
      ))
    );
  const cell = (bound: BoundItem | undefined): ReactNode => (bound && isShown(bound) && bound.answers.length > 0 ? answer(bound) : '–');

  const headOf = (item: QuestionnaireItem) => ({ key: item.linkId, label: shortLabelOf(item, locale) });

  const group = (bound: BoundItem, level: number): ReactNode => {
    const Heading = `h${Math.min(level, 6)}` as 'h4';
    const label = labelOf(bound.item, locale);
    return (
      <section key={bound.path} className={styles.group}>
        {label ? <Heading className={level > headingLevel ? styles.subtitle : styles.title}>{label}</Heading> : null}
        {inGroup(bound, layoutOf(questionnaire, bound.item), level)}
      </section>
    );
  };

  const inGroup = (bound: BoundItem, layout: Layout, level: number): ReactNode => {
    switch (layout.kind) {
      case 'table':
        return table(bound);
      case 'grid':
        return grid(bound, layout);
      case 'matrix':
        return container(bound.instances[0], level + 1, { isMatrix: true });
      default:
        return bound.instances.map((instance, index) => (
          <div key={instance.path} className={bound.item.repeats ? styles.row : undefined}>
            {bound.item.repeats ? <span className={styles.rowNumber}>{index + 1}</span> : null}
            <div className={styles.rowBody}>{container(instance, level + 1)}</div>
          </div>
        ));
    }
  };

  const table = (bound: BoundItem): ReactNode => {
    const columns = (bound.item.item ?? []).filter((child) =>
      bound.instances.some((row) => row.items.some((each) => each.item === child && isShown(each))),
    );
    return (
      <ReadTable
        heads={columns.map(headOf)}
        rows={bound.instances.map((row) => ({
          key: row.path,
          cells: columns.map((column) => cell(row.items.find(({ item }) => item === column))),
        }))}
      />
    );
  };

  const grid = (bound: BoundItem, { rows, columns, others }: Grid): ReactNode => {
    const items = bound.instances[0]?.items ?? [];
    const shown = items.filter((row) => rows.includes(row.item) && isShown(row));
    return (
      <>
        {lines(
          items.filter(({ item }) => others.includes(item)),
          5,
        )}
        <ReadTable
          heads={columns.map((cells) => headOf(cells.find((each) => each !== null) ?? bound.item))}
          rows={shown.map((row) => ({
            key: row.path,
            head: labelOf(row.item, locale),
            cells: columns.map((cells) => cell(row.instances[0]?.items.find(({ item }) => cells.includes(item)))),
          }))}
        />
      </>
    );
  };

  const container = (place: Container | undefined, level: number, options: LineOptions = {}): ReactNode =>
    lines(place?.items ?? [], level, options);

  const lines = (items: readonly BoundItem[], level: number, { isMatrix = false }: LineOptions = {}): readonly ReactNode[] => {
    const parts: ReactNode[] = [];
    let list: ReactNode[] = [];
    const flush = () => {
      if (list.length > 0) parts.push(<dl key={`lines-${parts.length}`} className={isMatrix ? styles.matrix : styles.lines}>{list}</dl>); // biome-ignore format: one line
      list = [];
    };
    const push = (bound: BoundItem) => {
      const label = labelOf(bound.item, locale);
      if (bound.item.type === 'group' || bound.item.type === 'display') {
        flush();
        parts.push(bound.item.type === 'group' ? group(bound, level) : <p key={bound.path} className={styles.legal}>{label}</p>); // biome-ignore format: one line
        return;
      }
      list.push(
        <div key={bound.path} className={isLong(bound) ? styles.lineWide : styles.line}>
          <dt>{label}</dt>
          <dd>{answer(bound)}</dd>
        </div>,
      );
      for (const { nested } of bound.answers) for (const child of nested.items.filter(isShown)) push(child);
    };
    for (const bound of items.filter(isShown)) push(bound);
    flush();
    return parts;
  };

  const content = lines(root.items, headingLevel);
  return (
    <div className={styles.view} lang={locale}>
      {content.length === 0 ? <p className={styles.empty}>{t('notAnswered')}</p> : content}
    </div>
  );
}

interface LineOptions {
  /** Long questions with short answers. */
  readonly isMatrix?: boolean;
}

function isLegal(item: QuestionnaireItem): boolean {
  const { control, displayCategory } = settingsOf(item);
  return control === 'legal' || displayCategory === 'legal';
}

/** Long texts and files need the whole width; the rest stands two in a line. */
const isLong = ({ item, answers }: BoundItem): boolean =>
  item.type === 'text' ||
  item.type === 'attachment' ||
  answers.length > 2 ||
  answers.some(({ answer }) => (answer.valueString?.length ?? 0) > 40);
