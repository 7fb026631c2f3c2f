'use client';

import { useTranslations } from 'next-intl';
import type { NamedElement } from '#api/views/operations.ts';
import type { ReturnPlanView } from '#api/views.ts';
import type { ReturnTarget } from '#core/process/task-descriptor.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from './dialog.module.css';

/** What returning to a step would undo. */
export function ReturnPlan({ plan, targets }: { readonly plan: ReturnPlanView; readonly targets: readonly ReturnTarget[] }) {
  const t = useTranslations('task.return');
  const { text } = useText();
  const step = targets.find(({ elementId }) => elementId === plan.toElementId)?.name ?? null;
  return (
    <section aria-label={t('planned')} aria-live="polite">
      <h3>{t('planned')}</h3>
      <dl className={styles.plan}>
        <dt>{t('canceled')}</dt>
        <dd>
          <Names elements={plan.canceled} />
        </dd>
        <dt>{t('superseded')}</dt>
        <dd>
          <Names elements={plan.superseded} />
        </dd>
        {plan.compensated.length > 0 ? (
          <>
            <dt>{t('compensated')}</dt>
            <dd>
              <Names elements={plan.compensated} />
            </dd>
          </>
        ) : null}
      </dl>
      {plan.incidents.map(({ elementId, message }) => (
        <p key={elementId} className={styles.error}>
          {t('incident', { message })}
        </p>
      ))}
      <p className={styles.hint}>{t('again', { step: text(step) })}</p>
    </section>
  );
}

function Names({ elements }: { readonly elements: readonly NamedElement[] }) {
  const t = useTranslations('task.return');
  const common = useTranslations('common');
  const { text } = useText();
  return elements.length === 0 ? t('nothing') : [...new Set(elements.map(({ name }) => text(name)))].join(common('separator'));
}
