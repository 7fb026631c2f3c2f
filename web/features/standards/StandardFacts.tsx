'use client';

import { FilePdfOutlined, FileTextOutlined } from '@ant-design/icons';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { StandardRef, StandardView } from '#api/views/standards.ts';
import { isKeyOf } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import styles from './Standards.module.css';

/** What a standard says of itself; `isShort`: what must be known to adopt it. */
export function StandardFacts({ standard, isShort = false }: { readonly standard: StandardView; readonly isShort?: boolean }) {
  const t = useTranslations('standards');
  const kinds = useTranslations('standards.kinds');
  const tiers = useTranslations('standards.tiers');
  const orgKinds = useTranslations('standards.orgKinds');
  const common = useTranslations('common');
  const { number, version, kind, effective, adoptionDeadline, scope, summary, training, replaces, supersededBy } = standard;
  const pushedTo = [
    standard.tiers.map((tier) => (isKeyOf(tier, tiers) ? tiers(tier) : tier)),
    standard.kinds.map((each) => (isKeyOf(each, orgKinds) ? orgKinds(each) : each)),
  ].map((words) => words.join(common('separator')));
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('number'), number ?? '—'],
    [t('version'), version],
    [t('kind'), isKeyOf(kind, kinds) ? kinds(kind) : kind],
    [t('effective'), effective],
    [t('deadline'), adoptionDeadline],
    [t('detail.training'), training ?? t('detail.noTraining')],
    [t('detail.scope'), scope],
    ...(summary ? [[t('detail.summary'), summary] as const] : []),
    ...(isShort ? [] : [[t('detail.pushedTo'), pushedTo.join(' · ')] as const]),
    ...(replaces && !isShort ? [[t('detail.replaces'), <Ref key="replaces" of={replaces} />] as const] : []),
    ...(supersededBy ? [[t('detail.supersededBy'), <Ref key="superseded" of={supersededBy} />] as const] : []),
  ];
  return (
    <dl className={isShort ? styles.facts : `${styles.facts} ${styles.wide}`}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const Ref = ({ of: { id, title, version } }: { readonly of: StandardRef }) => (
  <Link href={paths.standard(id)}>
    {title} · {version}
  </Link>
);

export function StandardFiles({ files }: { readonly files: StandardView['files'] }) {
  const t = useTranslations('standards.detail');
  return (
    <ul className={styles.files} aria-label={t('files')}>
      {files.map(({ id, name, contentType, size }) => (
        <li key={id}>
          <a href={paths.file(id)} target="_blank" rel="noreferrer">
            {contentType === 'application/pdf' ? <FilePdfOutlined aria-hidden /> : <FileTextOutlined aria-hidden />} {name}
            <small> {sizeWords(size)}</small>
          </a>
        </li>
      ))}
    </ul>
  );
}

const sizeWords = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
