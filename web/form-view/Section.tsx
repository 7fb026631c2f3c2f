'use client';

import { useTranslations } from 'next-intl';
import { settingsOf } from '#core/form/extensions.ts';
import { isFooter, isHeader } from '#core/form/pages.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import styles from './FormView.module.css';
import { elementIds, useForm, useLabel } from './form-context.ts';
import { GroupBody } from './Group.tsx';
import { InTurn } from './InTurn.tsx';
import { ItemExtras } from './ItemExtras.tsx';
import { ItemText } from './ItemText.tsx';
import { keyOf, ROOT_ROW } from './model.ts';
import { Protected, usePresence } from './Protected.tsx';

/** Two stand beside each other where there is room. */
const FIELD_HEIGHT_PX = 48;

/** A group at the top of the form: a card that the contents list can jump to. */
export function Section({ item, isAtOnce }: { readonly item: QuestionnaireItem; readonly isAtOnce: boolean }) {
  const t = useTranslations('form');
  const { id, neededFor } = useForm();
  const text = useLabel(item, ROOT_ROW);
  const presence = usePresence(item, ROOT_ROW);
  if (presence === 'hidden') return null;
  const { collapsible } = settingsOf(item);
  const key = keyOf(ROOT_ROW, item.linkId);
  const { field, label } = elementIds(id, key);
  const title = text ? (
    <h3 id={label} className={styles.sectionTitle}>
      {item.prefix ? <span className={styles.prefix}>{item.prefix}</span> : null}
      <ItemText item={item} row={ROOT_ROW} />
    </h3>
  ) : null;
  const body = (
    <Protected isOn={presence === 'protected'}>
      {neededFor.has(item.linkId) ? (
        <div className={styles.help}>{t('neededFor', { outcomes: neededFor.get(item.linkId) ?? '' })}</div>
      ) : null}
      <ItemExtras item={item} label={text} />
      <InTurn place={key} isAtOnce={isAtOnce} heightPx={(item.item?.length ?? 0) * FIELD_HEIGHT_PX}>
        <GroupBody item={item} row={ROOT_ROW} level={4} />
      </InTurn>
    </Protected>
  );
  if (collapsible && title) {
    return (
      <details
        id={field}
        data-link-id={item.linkId}
        className={styles.section}
        open={collapsible === 'default-open'}
        aria-labelledby={label}
      >
        <summary className={styles.sectionHead}>{title}</summary>
        {body}
      </details>
    );
  }
  return (
    <section
      id={field}
      data-link-id={item.linkId}
      className={styles.section}
      aria-labelledby={title ? label : undefined}
      tabIndex={-1}
      data-kind={isHeader(item) ? 'header' : isFooter(item) ? 'footer' : undefined}
    >
      {title ? <div className={styles.sectionHead}>{title}</div> : null}
      {body}
    </section>
  );
}
