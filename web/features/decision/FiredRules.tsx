'use client';

import { useTranslations } from 'next-intl';
import type { FiredRuleView } from '#api/views.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from './FiredRules.module.css';

/** Why it was decided so: each rule that fired, the values that it matched, and what it gave. */
export function FiredRules({ rules }: { readonly rules: readonly FiredRuleView[] }) {
  const t = useTranslations('decision');
  const { text } = useText();
  return (
    <div className={styles.rules}>
      {rules.map((rule, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was decided does not change any more.
        <section key={index}>
          <p>
            <strong>{text(rule.decision)}</strong> <span>{t('rule', { rule: rule.rule })}</span>
          </p>
          {rule.annotation ? (
            <p className={styles.annotation}>
              <span lang="zh-CN">{rule.annotation}</span>
            </p>
          ) : null}
          {rule.isGuarded ? <p className={styles.annotation}>{t('guarded')}</p> : null}
          {rule.inputs.length > 0 ? <Values title={t('matched')} values={rule.inputs} /> : null}
          {rule.outputs.length > 0 ? <Values title={t('gave')} values={rule.outputs} /> : null}
        </section>
      ))}
    </div>
  );
}

function Values({ title, values }: { readonly title: string; readonly values: FiredRuleView['inputs'] }) {
  const t = useTranslations('decision');
  const { text } = useText();
  return (
    <div className={styles.values}>
      <h4>{title}</h4>
      <dl>
        {values.map(({ name, value }) => (
          <div key={text(name)}>
            <dt>{text(name) || t('result')}</dt>
            <dd>{value === 'null' ? t('nothing') : <code>{value}</code>}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
