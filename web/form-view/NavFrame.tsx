'use client';

import { CheckCircleFilled } from '@ant-design/icons';
import { useTranslations } from 'next-intl';
import { type MouseEvent, type ReactNode, useSyncExternalStore } from 'react';
import { shortLabelOf } from '#core/form/localize.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import styles from './FormView.module.css';
import { useForm, useOpenCount } from './form-context.ts';
import { keyOf, ROOT_ROW } from './model.ts';

export interface NavEntry {
  /** Gives the entry its name. */
  readonly item: QuestionnaireItem;
  /** Everything that stands there. */
  readonly parts: readonly QuestionnaireItem[];
  readonly isCurrent: boolean;
  /** Id of the element that the entry leads to. */
  readonly target: string;
}

interface NavFrameProps<Entry extends NavEntry> {
  readonly title: ReactNode;
  readonly entries: readonly Entry[];
  readonly currentAs: 'location' | 'step';
  readonly isNumbered?: boolean;
  onChoose(entry: Entry): void;
}

/** A list of the parts of a form with what each still lacks: at the side where there is room, folded above the form where there is not. */
export function NavFrame<Entry extends NavEntry>(props: NavFrameProps<Entry>) {
  const title = <NavTitle asks={isAnythingRequired(props.entries.flatMap(({ parts }) => parts))}>{props.title}</NavTitle>;
  return (
    <div className={styles.nav}>
      <details className={styles.navFold}>
        <summary>{title}</summary>
        <NavList {...props} />
      </details>
      <div className={styles.navSide}>
        {title}
        <NavList {...props} />
      </div>
    </div>
  );
}

/** A part that requires nothing is not complete because it is empty: it says nothing. */
const isAnythingRequired = (items: readonly QuestionnaireItem[]): boolean =>
  items.some(({ required, item = [] }) => required || isAnythingRequired(item));

/** `asks`: whether the form requires anything. */
function NavTitle({ asks, children }: { readonly asks: boolean; readonly children: ReactNode }) {
  const t = useTranslations('form');
  const { store, isReadOnly } = useForm();
  const read = () => store.sections;
  const open = useSyncExternalStore(store.subscribe, read, read).reduce((sum, { openCount }) => sum + openCount, 0);
  return (
    <span className={styles.navTitle}>
      <span>{children}</span>
      {isReadOnly || (open === 0 && !asks) ? null : (
        <span className={styles.navTotal} data-done={open === 0 || undefined}>
          {open === 0 ? t('formDone') : t('formOpen', { count: open })}
        </span>
      )}
    </span>
  );
}

function NavList<Entry extends NavEntry>({ entries, currentAs, isNumbered = false, onChoose }: NavFrameProps<Entry>) {
  const { locale } = useForm();
  const t = useTranslations('form');
  // The address stays as it is: a part of a form is not a page of the web.
  const choose = (event: MouseEvent, entry: Entry) => {
    event.preventDefault();
    onChoose(entry);
  };
  return (
    <nav aria-label={t(currentAs === 'step' ? 'pages' : 'sections')}>
      <ol className={styles.navList}>
        {entries.map((entry, index) => (
          <li key={entry.item.linkId}>
            <a
              href={`#${entry.target}`}
              className={styles.navLink}
              aria-current={entry.isCurrent ? currentAs : undefined}
              onClick={(event) => choose(event, entry)}
            >
              <span className={styles.navLabel}>
                {isNumbered ? <span className={styles.prefix}>{index + 1}</span> : null}
                {shortLabelOf(entry.item, locale)}
              </span>
              <OpenMark parts={entry.parts} />
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function OpenMark({ parts }: Pick<NavEntry, 'parts'>) {
  const t = useTranslations('form');
  const { isReadOnly } = useForm();
  const open = useOpenCount(parts.map(({ linkId }) => keyOf(ROOT_ROW, linkId)));
  if (isReadOnly) return null;
  if (open > 0) return <span className={styles.navOpen}>{t('sectionOpen', { count: open })}</span>;
  return isAnythingRequired(parts) ? <CheckCircleFilled className={styles.navDone} role="img" aria-label={t('sectionDone')} /> : null;
}
