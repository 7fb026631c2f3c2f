'use client';

import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import { shortLabelOf } from '#core/form/localize.ts';
import type { PagedForm } from '#core/form/pages.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import { useForm, useLabel } from './form-context.ts';
import { ROOT_ROW } from './model.ts';
import styles from './pages.module.css';
import { Sections } from './Sections.tsx';
import { useKeptPage } from './use-kept-page.ts';
import { type OpenPage, usePages } from './use-pages.ts';
import { pageId, useTurn } from './use-turn.ts';

interface PagesProps {
  readonly paged: PagedForm;
  readonly placeKey: string | undefined;
}

/** One page at a time. Whoever goes on may leave something open: the list of pages says what, and sending asks for it. */
export function Pages({ paged, placeKey }: PagesProps) {
  const { id } = useForm();
  const t = useTranslations('form');
  const open = usePages(paged);
  useKeptPage(placeKey, open);
  const { pages, index, wasSeen } = open;
  return (
    <>
      {paged.around ? <Around item={paged.around} /> : null}
      <Sections items={paged.headers} />
      <div
        id={pageId(id)}
        className={styles.page}
        tabIndex={-1}
        role="group"
        aria-label={t('pageOf', { number: index + 1, count: pages.length })}
      >
        {pages.map(({ group, items }, each) =>
          wasSeen(each) ? (
            <div key={group.linkId} className={styles.body} hidden={each !== index}>
              <Sections items={items} />
            </div>
          ) : null,
        )}
      </div>
      <Sections items={paged.footers} />
      <PageBar open={open} />
    </>
  );
}

/** The words of the group around all pages. */
function Around({ item }: { readonly item: QuestionnaireItem }) {
  const label = useLabel(item, ROOT_ROW);
  return label ? <p className={styles.around}>{label}</p> : null;
}

function PageBar({ open }: { readonly open: OpenPage }) {
  const { locale } = useForm();
  const t = useTranslations('form');
  const turn = useTurn(open);
  const { pages, index } = open;
  const [before, after] = [pages[index - 1], pages[index + 1]];
  // The group around all pages may not be enabled.
  if (pages.length === 0) return null;
  return (
    <div className={styles.bar}>
      <div className={styles.progress} aria-hidden>
        {pages.map(({ group }, each) => (
          <span key={group.linkId} data-done={each <= index || undefined} />
        ))}
      </div>
      <span className={styles.place}>{t('pageOf', { number: index + 1, count: pages.length })}</span>
      {/* A read-only form can be leafed through as well. */}
      <Button className={styles.button} disabled={!before} icon={<LeftOutlined aria-hidden />} onClick={() => turn(index - 1)}>
        <span>
          {t('pageBack')}
          {before ? <span className={styles.name}>{shortLabelOf(before.group, locale)}</span> : null}
        </span>
      </Button>
      <Button
        className={styles.button}
        color="primary"
        variant="outlined"
        disabled={!after}
        icon={<RightOutlined aria-hidden />}
        iconPlacement="end"
        onClick={() => turn(index + 1)}
      >
        <span>
          {t('pageNext')}
          {after ? <span className={styles.name}>{shortLabelOf(after.group, locale)}</span> : null}
        </span>
      </Button>
    </div>
  );
}
