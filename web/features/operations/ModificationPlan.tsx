'use client';

import { useTranslations } from 'next-intl';
import type { ModificationPlanView } from '#api/views/operations.ts';
import { useText } from '#web/lib/use-words.ts';
import { Tag } from '#web/ui/Tag.tsx';
import styles from './Operations.module.css';

/** What the change would come to. */
export function ModificationPlan({ plan }: { readonly plan: ModificationPlanView }) {
  const t = useTranslations('operate.modify');
  const common = useTranslations('common');
  return (
    <section className={styles.plan} aria-label={t('planned')}>
      <h3>{t('planned')}</h3>
      <dl>
        <dt>{t('opened')}</dt>
        <dd>
          <Elements elements={plan.opened} />
        </dd>
        <dt>{t('canceled')}</dt>
        <dd>
          <Elements elements={plan.canceled} />
        </dd>
        {plan.passed.length > 0 ? (
          <>
            <dt>{t('passed')}</dt>
            <dd>{plan.passed.join(common('separator'))}</dd>
          </>
        ) : null}
        {plan.variables.length > 0 ? (
          <>
            <dt>{t('changes')}</dt>
            <dd>
              {plan.variables.map(({ name, before, after }) => (
                <code key={name}>
                  {name}: {JSON.stringify(before)} → {JSON.stringify(after)}
                </code>
              ))}
            </dd>
          </>
        ) : null}
        {plan.incidents.length > 0 ? (
          <>
            <dt>{t('incidents')}</dt>
            <dd>
              {plan.incidents.map(({ elementId, code, message }) => (
                <span key={`${elementId}/${code}`}>
                  <Tag tone="danger">{code}</Tag> {elementId}: {message}
                </span>
              ))}
            </dd>
          </>
        ) : null}
      </dl>
      {plan.result === null ? null : <p>{t('result', { result: plan.result })}</p>}
    </section>
  );
}

function Elements({ elements }: { readonly elements: ModificationPlanView['opened'] }) {
  const t = useTranslations('operate.modify');
  const { text } = useText();
  if (elements.length === 0) return <span>{t('nothing')}</span>;
  return elements.map(({ key, elementId, name, hasTask }) => (
    <span key={key}>
      {text(name)} <code>{elementId}</code> {hasTask ? <Tag tone="primary">{t('task')}</Tag> : null}
    </span>
  ));
}
