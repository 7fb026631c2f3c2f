'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Json } from '#core/json.ts';
import type { Difference, VersionDiff } from '#core/version/diff.ts';
import type { FieldChange } from '#core/version/fields.ts';
import { useText } from '#web/lib/use-words.ts';
import { Tag, type Tone } from '#web/ui/Tag.tsx';
import styles from './Definitions.module.css';

const TONES: Record<Difference['kind'], Tone> = { added: 'success', changed: 'warning', removed: 'danger' };

/** Everything that differs, with the fields: what it was and what it is. */
export function DifferenceList({ diff }: { readonly diff: VersionDiff }) {
  const t = useTranslations('definitions');
  return (['elements', 'flows', 'decisions', 'forms'] as const).map((group) =>
    diff[group].length > 0 ? (
      <section key={group} className={styles.group}>
        <h3>
          {t(`groups.${group}`)} <span className={styles.quiet}>{diff[group].length}</span>
        </h3>
        <ul className={styles.list}>
          {diff[group].map((each) => (
            <Row key={each.id} difference={each}>
              {'items' in each && each.items.length > 0 ? (
                <ul className={`${styles.list} ${styles.items}`}>
                  {each.items.map((item) => (
                    <Row key={item.id} difference={item} />
                  ))}
                </ul>
              ) : null}
            </Row>
          ))}
        </ul>
      </section>
    ) : null,
  );
}

function Row({ difference: { id, name, kind, fields }, children }: { readonly difference: Difference; readonly children?: ReactNode }) {
  const t = useTranslations('definitions');
  const { text } = useText();
  return (
    <li>
      <span className={styles.marks}>
        <Tag tone={TONES[kind]}>{t(`kinds.${kind}`)}</Tag>
        {name ? <span>{text(name)}</span> : null}
        <code>{id}</code>
      </span>
      {fields.length > 0 ? <Fields fields={fields} /> : null}
      {children}
    </li>
  );
}

function Fields({ fields }: { readonly fields: readonly FieldChange[] }) {
  const t = useTranslations('definitions');
  return (
    <dl className={styles.fields}>
      {fields.map(({ path, before, after }) => (
        <div key={path}>
          <dt>
            <code>{path}</code>
          </dt>
          <dd>
            <del>
              <span className="bh-visually-hidden">{t('before')} </span>
              {before === null ? t('nothing') : written(before)}
            </del>
            <ins>
              <span className="bh-visually-hidden">{t('after')} </span>
              {after === null ? t('nothing') : written(after)}
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const written = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 1));
