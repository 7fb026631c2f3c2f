'use client';

import { PaperClipOutlined } from '@ant-design/icons';
import { useTimeZone, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type BoundItem, bindResponse, type Container, hasAnswers } from '#core/form/bind.ts';
import { createEnablement } from '#core/form/enablement.ts';
import { settingsOf } from '#core/form/extensions.ts';
import { labelOf } from '#core/form/localize.ts';
import type { AnswerValue, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import { fileIdOf } from '#core/form/references.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { valueText } from '#core/form/summary.ts';
import type { Locale } from '#core/text.ts';
import styles from './FormReadView.module.css';
import { fileSizeText } from './file-size.ts';
import { Masked } from './Masked.tsx';
import { isTable } from './model.ts';

export interface FormReadViewProps {
  readonly questionnaire: Questionnaire;
  readonly response: QuestionnaireResponse;
  readonly locale: Locale;
  /** Where a file can be fetched; without it files are named only. */
  readonly fileUrl?: (id: string) => string;
  /** Questions without an answer are shown too: what was left out can matter as much. */
  readonly showsEmpty?: boolean;
}

/** Answers to be read, dense and in order: beside a task, in a timeline, on paper. */
export function FormReadView(props: FormReadViewProps) {
  const { questionnaire, response, locale } = props;
  const t = useTranslations('form');
  const root = bindResponse(questionnaire, response);
  const isEnabled = createEnablement();
  const isShown = (bound: BoundItem): boolean => {
    if (!isEnabled(bound) || settingsOf(bound.item).hidden || bound.item.type === 'display') return false;
    return props.showsEmpty || bound.answers.length > 0 || bound.instances.some(hasAnswers);
  };
  const answer = (bound: BoundItem): ReactNode =>
    bound.answers.length === 0 ? (
      <span className={styles.empty}>{t('notAnswered')}</span>
    ) : (
      bound.answers.map(({ answer: value, path }) => (
        <span key={path} className={styles.value}>
          <Value {...props} item={bound.item} answer={value} />
        </span>
      ))
    );

  const group = (bound: BoundItem, level: number): ReactNode => {
    const Heading = `h${Math.min(level, 6)}` as 'h4';
    const label = labelOf(bound.item, locale);
    const heading = label ? <Heading className={level > 4 ? styles.subtitle : styles.title}>{label}</Heading> : null;
    if (bound.item.repeats && isTable(bound.item)) {
      return (
        <section key={bound.path} className={styles.group}>
          {heading}
          {table(bound)}
        </section>
      );
    }
    return (
      <section key={bound.path} className={styles.group}>
        {heading}
        {bound.instances.map((instance, index) => (
          <div key={instance.path} className={bound.item.repeats ? styles.row : undefined}>
            {bound.item.repeats ? <span className={styles.rowNumber}>{index + 1}</span> : null}
            <div className={styles.rowBody}>{container(instance, level + 1)}</div>
          </div>
        ))}
      </section>
    );
  };

  const table = (bound: BoundItem): ReactNode => {
    const columns = (bound.item.item ?? []).filter((child) =>
      bound.instances.some((row) => row.items.some((cell) => cell.item === child && isShown(cell))),
    );
    return (
      <div className={styles.tableScroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.linkId} scope="col">
                  {labelOf(column, locale)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {bound.instances.map((row) => (
              <tr key={row.path}>
                {columns.map((column) => {
                  const cell = row.items.find(({ item }) => item === column);
                  return <td key={column.linkId}>{cell && isShown(cell) && cell.answers.length > 0 ? answer(cell) : '–'}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    );
  };

  const container = (place: Container, level: number): ReactNode => {
    const shown = place.items.filter(isShown);
    const parts: ReactNode[] = [];
    let lines: ReactNode[] = [];
    const flush = () => {
      if (lines.length > 0) parts.push(<dl key={`lines-${parts.length}`} className={styles.lines}>{lines}</dl>); // biome-ignore format: one line
      lines = [];
    };
    const push = (bound: BoundItem) => {
      if (bound.item.type === 'group') {
        flush();
        parts.push(group(bound, level));
        return;
      }
      lines.push(
        <div key={bound.path} className={isLong(bound) ? styles.lineWide : styles.line}>
          <dt>{labelOf(bound.item, locale)}</dt>
          <dd>{answer(bound)}</dd>
        </div>,
      );
      for (const { nested } of bound.answers) for (const child of nested.items.filter(isShown)) push(child);
    };
    for (const bound of shown) push(bound);
    flush();
    return parts;
  };

  const content = container(root, 4);
  return (
    <div className={styles.view} lang={locale}>
      {Array.isArray(content) && content.length === 0 ? <p className={styles.empty}>{t('notAnswered')}</p> : content}
    </div>
  );
}

/** Long texts and files need the whole width; the rest stands two in a line. */
const isLong = ({ item, answers }: BoundItem): boolean =>
  item.type === 'text' ||
  item.type === 'attachment' ||
  answers.length > 2 ||
  answers.some(({ answer }) => (answer.valueString?.length ?? 0) > 40);

function Value({
  questionnaire,
  locale,
  fileUrl,
  item,
  answer,
}: FormReadViewProps & { readonly item: QuestionnaireItem; readonly answer: AnswerValue }) {
  const zone = useTimeZone();
  const text = valueText(questionnaire, item, answer, locale, { zone });
  const { valueAttachment, valueUri } = answer;
  if (settingsOf(item).isMasked) return <Masked text={text} />;
  if (valueAttachment) {
    const fileId = fileIdOf(valueAttachment.url);
    return (
      <span className={styles.file}>
        <PaperClipOutlined aria-hidden />
        {fileId && fileUrl ? (
          <a href={fileUrl(fileId)} target="_blank" rel="noreferrer">
            {text}
          </a>
        ) : (
          text
        )}
        {valueAttachment.size === undefined ? null : <span className={styles.muted}>{fileSizeText(valueAttachment.size)}</span>}
      </span>
    );
  }
  // Only addresses of the web become links: a stored answer is somebody else's text.
  if (valueUri !== undefined && /^https?:/i.test(valueUri)) {
    return (
      <a href={valueUri} target="_blank" rel="noreferrer">
        {text}
      </a>
    );
  }
  return text;
}
