'use client';

import { settingsOf } from '#core/form/extensions.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import styles from './FormView.module.css';
import { elementIds, useForm, useIsEnabled, useLabel } from './form-context.ts';
import { GroupBody } from './Group.tsx';
import { keyOf, ROOT_ROW } from './model.ts';

/** A group at the top of the form: a card that the contents list can jump to. */
export function Section({ item }: { readonly item: QuestionnaireItem }) {
  const { id } = useForm();
  const text = useLabel(item, ROOT_ROW);
  const key = keyOf(ROOT_ROW, item.linkId);
  const isEnabled = useIsEnabled(key);
  const { hidden, collapsible } = settingsOf(item);
  if (!isEnabled || hidden) return null;
  const { field, label } = elementIds(id, key);
  const title = (
    <h3 id={label} className={styles.sectionTitle}>
      {item.prefix ? <span className={styles.prefix}>{item.prefix}</span> : null}
      {text}
    </h3>
  );
  if (collapsible) {
    return (
      <details id={field} className={styles.section} open={collapsible === 'default-open'} aria-labelledby={label}>
        <summary className={styles.sectionHead}>{title}</summary>
        <GroupBody item={item} row={ROOT_ROW} level={4} />
      </details>
    );
  }
  return (
    <section id={field} className={styles.section} aria-labelledby={label} tabIndex={-1}>
      <div className={styles.sectionHead}>{title}</div>
      <GroupBody item={item} row={ROOT_ROW} level={4} />
    </section>
  );
}
