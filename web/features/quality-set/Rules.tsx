'use client';

import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { SetVersionView } from '#api/views/indicator-sets.ts';
import { useText } from '#web/lib/use-words.ts';
import { type Column, DataTable } from '#web/ui/DataTable.tsx';
import lists from '#web/ui/ListKeeping.module.css';
import { Panel } from '#web/ui/Panel.tsx';
import { Tag } from '#web/ui/Tag.tsx';
import type { Rule } from './figures.ts';
import styles from './QualitySet.module.css';
import { RuleDialog } from './RuleDialog.tsx';
import type { Draft } from './use-draft.ts';

export interface RulesProps {
  readonly version: SetVersionView;
  readonly draft: Draft | null;
}

/** What a report is checked by, and what a missing figure does to each check. */
export function Rules({ version, draft }: RulesProps) {
  const t = useTranslations('qualitySet.rules');
  const { text } = useText();
  /** The code of the one that is changed; empty: a new one. */
  const [edited, setEdited] = useState<string | null>(null);
  const { rules } = version.contents;
  const columns: readonly Column<Rule>[] = [
    {
      id: 'code',
      header: t('code'),
      cell: ({ row: { original } }) => (
        <span>
          {text(original.instruction)}
          <span className={`${lists.second} ${lists.code}`}>{original.code}</span>
        </span>
      ),
    },
    {
      id: 'check',
      header: t('check'),
      cell: ({ row: { original } }) => (
        <span className={lists.code}>
          {original.left.expression} {t(`operators.${original.operator}`)} {original.right.expression}
        </span>
      ),
    },
    { id: 'missing', header: t('missing'), cell: ({ row: { original } }) => <Missing rule={original} /> },
    {
      id: 'severity',
      header: t('severity'),
      cell: ({ row: { original } }) => (
        <Tag tone={original.severity === 'error' ? 'danger' : 'warning'}>{t(`severities.${original.severity}`)}</Tag>
      ),
    },
    ...(draft
      ? [
          {
            id: 'acts',
            header: '',
            cell: ({ row: { original } }) => (
              <span className={lists.acts}>
                <Button size="small" onClick={() => setEdited(original.code)}>
                  {t('edit')}
                </Button>
                <Button
                  size="small"
                  danger
                  disabled={draft.isSaving}
                  onClick={() => draft.save({ ...draft.contents, rules: rules.filter((rule) => rule !== original) })}
                >
                  {t('remove')}
                </Button>
              </span>
            ),
          } satisfies Column<Rule>,
        ]
      : []),
  ];
  return (
    <Panel title={t('title', { count: rules.length })} extra={draft ? <Button onClick={() => setEdited('')}>{t('add')}</Button> : null}>
      {rules.length === 0 ? (
        <p className={lists.hint}>{t('none')}</p>
      ) : (
        <DataTable label={t('table', { version: version.version })} columns={columns} rows={rules} rowId={({ code }) => code} />
      )}
      {draft && edited !== null ? (
        <RuleDialog
          draft={draft}
          begins={rules.find(({ code }) => code === edited) ?? null}
          onClose={() => {
            draft.forget();
            setEdited(null);
          }}
        />
      ) : null}
    </Panel>
  );
}

/** Once where both sides do the same. */
function Missing({ rule: { left, right } }: { readonly rule: Rule }) {
  const t = useTranslations('qualitySet.rules');
  if (left.missing === right.missing) return t(`strategies.${left.missing}`);
  return (
    <span className={styles.lines}>
      <span>
        {t('missingLeft')}: {t(`strategies.${left.missing}`)}
      </span>
      <span>
        {t('missingRight')}: {t(`strategies.${right.missing}`)}
      </span>
    </span>
  );
}
