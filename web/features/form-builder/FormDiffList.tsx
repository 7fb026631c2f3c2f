'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { labelOf } from '#core/form/localize.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { type FormDiff, type ItemDiff, isSameForm } from '#core/form-edit/diff.ts';
import { findItem } from '#core/form-edit/tree.ts';
import { useText } from '#web/lib/use-words.ts';
import { Tag, type Tone } from '#web/ui/Tag.tsx';
import styles from './FormBuilder.module.css';

export interface FormDiffListProps {
  readonly diff: FormDiff;
  readonly before: Questionnaire;
  readonly after: Questionnaire;
}

/** What differs between two texts of a form, in its author's words: what was there, struck out, and what is there now. */
export function FormDiffList({ diff, before, after }: FormDiffListProps) {
  const t = useTranslations('formBuilder.diff');
  const { locale } = useText();
  if (isSameForm(diff)) return <p>{t('same')}</p>;
  const nameIn = (form: Questionnaire, linkId: string | null): string => {
    const found = linkId === null ? null : findItem(form, linkId);
    return found ? labelOf(found.item, locale) || found.item.linkId : t('form');
  };
  return (
    <ul className={styles.diff}>
      {diff.form.map(({ path, before: old, after: now }) => (
        <Line key={path} tone="warning" kind={t('changed')} name={t('form')} linkId={path}>
          <Change before={written(old)} after={written(now)} />
        </Line>
      ))}
      {diff.added.map(({ linkId, place }) => (
        <Line key={linkId} tone="success" kind={t('added')} name={nameIn(after, linkId)} linkId={linkId}>
          <span className={styles.quiet}>{t('in', { group: nameIn(after, place.parent) })}</span>
        </Line>
      ))}
      {diff.removed.map(({ linkId, place }) => (
        <Line key={linkId} tone="danger" kind={t('removed')} name={nameIn(before, linkId)} linkId={linkId}>
          <span className={styles.quiet}>{t('in', { group: nameIn(before, place.parent) })}</span>
        </Line>
      ))}
      {diff.renamed.map(({ from, to }) => (
        <Line key={to} tone="warning" kind={t('renamed')} name={nameIn(after, to)} linkId={to}>
          <Change before={from} after={to} />
        </Line>
      ))}
      {diff.moved.map(({ linkId, from, to }) => (
        <Line key={linkId} tone="info" kind={t('moved')} name={nameIn(after, linkId)} linkId={linkId}>
          {from.parent === to.parent ? (
            <span className={styles.quiet}>{t('reordered')}</span>
          ) : (
            <Change before={nameIn(before, from.parent)} after={nameIn(after, to.parent)} />
          )}
        </Line>
      ))}
      {diff.changed.map((item) => (
        <Line key={item.linkId} tone="warning" kind={t('changed')} name={nameIn(after, item.linkId)} linkId={item.linkId}>
          <ItemChangesList item={item} />
        </Line>
      ))}
    </ul>
  );
}

function ItemChangesList({ item: { settings, options, others } }: { readonly item: ItemDiff }) {
  const t = useTranslations('formBuilder.diff');
  const names = useTranslations('formBuilder.settings');
  return (
    <dl className={styles.diffFields}>
      {settings.map(({ setting, before, after }) => (
        <div key={setting}>
          <dt>{names(setting)}</dt>
          <dd>
            <Change before={written(before)} after={written(after)} />
          </dd>
        </div>
      ))}
      {options ? (
        <div>
          <dt>{names('options')}</dt>
          <dd>
            {options.removed.map((option) => (
              <del key={`-${option.code}`}>{option.display || option.code}</del>
            ))}
            {options.added.map((option) => (
              <ins key={`+${option.code}`}>{option.display || option.code}</ins>
            ))}
            {[...options.renamed, ...options.changed].map(({ before, after }) => (
              <Change key={after.code} before={`${before.code} ${before.display}`} after={`${after.code} ${after.display}`} />
            ))}
            {options.isReordered ? <span className={styles.quiet}>{t('reordered')}</span> : null}
          </dd>
        </div>
      ) : null}
      {others.map(({ path, before, after }) => (
        <div key={path}>
          <dt>
            <code>{path}</code>
          </dt>
          <dd>
            <Change before={written(before)} after={written(after)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface LineProps {
  readonly tone: Tone;
  readonly kind: string;
  readonly name: string;
  readonly linkId: string;
  readonly children: ReactNode;
}

const Line = ({ tone, kind, name, linkId, children }: LineProps) => (
  <li>
    <span className={styles.marks}>
      <Tag tone={tone}>{kind}</Tag>
      <strong>{name}</strong>
      <code className={styles.quiet}>{linkId}</code>
    </span>
    {children}
  </li>
);

function Change({ before, after }: { readonly before: string; readonly after: string }) {
  const t = useTranslations('formBuilder.diff');
  return (
    <span className={styles.change}>
      <del>
        <span className="bh-visually-hidden">{t('before')} </span>
        {before === '' ? t('nothing') : before}
      </del>
      <ins>
        <span className="bh-visually-hidden">{t('after')} </span>
        {after === '' ? t('nothing') : after}
      </ins>
    </span>
  );
}

function written(value: unknown): string {
  if (value === null || value === undefined || value === false) return '';
  if (value === true) return '✓';
  return typeof value === 'string' || typeof value === 'number'
    ? String(value)
    : JSON.stringify(value) === '{}' || JSON.stringify(value) === '[]'
      ? ''
      : JSON.stringify(value);
}
