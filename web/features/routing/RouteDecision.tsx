'use client';

import { useTranslations } from 'next-intl';
import type { RouteDecisionView } from '#api/views/master-data.ts';
import { useText } from '#web/lib/use-words.ts';
import { PersonChip } from '#web/ui/PersonChip.tsx';
import { Tag, type Tone } from '#web/ui/Tag.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './Routing.module.css';

type Considered = RouteDecisionView['considered'][number];

const toneOf = ({ verdict }: Considered): Tone => (verdict === 'taken' ? 'success' : verdict === 'not-needed' ? 'neutral' : 'warning');

/** Where an order goes, who decided it and why, and what became of each hospital that was looked at. */
export function RouteDecision({ decision }: { readonly decision: RouteDecisionView }) {
  const t = useTranslations('routing');
  const { text, name } = useText();
  const { organisation, department, team, by, reason, considered, localItems, parts } = decision;
  return (
    <div className={styles.decision}>
      <p className={styles.place}>
        {organisation ? (
          <strong>{[organisation, department, team].flatMap((each) => (each ? [name(each)] : [])).join(' · ')}</strong>
        ) : (
          <strong>{t(`outcomes.${decision.outcome === 'routed' ? 'no-candidate' : decision.outcome}`, { count: parts.length })}</strong>
        )}
      </p>
      <dl className={styles.facts}>
        <div>
          <dt>{t('by')}</dt>
          <dd>{by ? <PersonChip person={by} /> : t('byRule')}</dd>
        </div>
        <div>
          <dt>{t('reason')}</dt>
          <dd>{text(reason) || '—'}</dd>
        </div>
        <div>
          <dt>{t('at')}</dt>
          <dd>
            <TimeText at={decision.at} />
          </dd>
        </div>
        {localItems.length > 0 ? (
          <div>
            <dt>{t('localItems')}</dt>
            <dd>
              {localItems.map((item) => (
                <span key={item.code} className={styles.item}>
                  {text(item.name)} → {item.localName} <code>{item.localCode}</code>
                </span>
              ))}
            </dd>
          </div>
        ) : null}
      </dl>
      {parts.length > 0 ? (
        <>
          <p className={styles.heading}>{t('parts')}</p>
          <ol className={styles.considered} aria-label={t('parts')}>
            {parts.map((part) => (
              <li key={part.items.map(({ code }) => code).join()}>
                <span>{part.organisation ? name(part.organisation) : t('partOfOperator')}</span>
                <small>{part.items.map((item) => text(item.name)).join(t('separator'))}</small>
              </li>
            ))}
          </ol>
          <p className={styles.heading}>{t('considered')}</p>
        </>
      ) : null}
      <ol className={styles.considered} aria-label={t('considered')}>
        {considered.map((each, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was decided does not change any more.
          <li key={index}>
            <span>
              {name(each.organisation)}
              {each.isFallback ? <small> {t('fallback')}</small> : null}
            </span>
            <Tag tone={toneOf(each)}>{t(`verdicts.${each.verdict}`)}</Tag>
            {each.items.length > 0 ? <small>{each.items.map((item) => text(item.name)).join(t('separator'))}</small> : null}
          </li>
        ))}
      </ol>
    </div>
  );
}
