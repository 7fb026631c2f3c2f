'use client';

import { Button, Input, InputNumber, Modal, Select } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { SetVersionView } from '#api/views/indicator-sets.ts';
import type { SetContents } from '#core/quality/set-draft.ts';
import lists from '#web/ui/ListKeeping.module.css';
import { Panel } from '#web/ui/Panel.tsx';
import { Problems } from './Problems.tsx';
import styles from './QualitySet.module.css';
import type { Draft } from './use-draft.ts';

const DAYS = ['due', 'lock', 'feedback'] as const;
type DaysField = `${(typeof DAYS)[number]}Days`;
const KINDS = ['z-score', 'modified-z-score', 'min-max'] as const;

type Outliers = SetContents['outliers'];
const limitOf = (outliers: Outliers): number => (outliers.kind === 'min-max' ? outliers.factor : outliers.threshold);
const outliersOf = (kind: Outliers['kind'], value: number): Outliers =>
  kind === 'min-max' ? { kind, factor: value } : { kind, threshold: value };

/** The days that count, and what stands out of a hospital's own past. */
export function Limits({ version, draft }: { readonly version: SetVersionView; readonly draft: Draft | null }) {
  const t = useTranslations('qualitySet.limits');
  const [isEditing, setEditing] = useState(false);
  const { contents } = version;
  return (
    <Panel title={t('title')} extra={draft ? <Button onClick={() => setEditing(true)}>{t('edit')}</Button> : null}>
      <dl className={styles.facts}>
        {DAYS.map((name) => (
          <div key={name}>
            <dt>{t(name)}</dt>
            <dd>{t('days', { days: contents[`${name}Days`] })}</dd>
          </div>
        ))}
        <div>
          <dt>{t('outliers')}</dt>
          <dd>{t('of', { kind: t(`kinds.${contents.outliers.kind}`), value: limitOf(contents.outliers) })}</dd>
        </div>
      </dl>
      {draft && isEditing ? (
        <LimitsDialog
          draft={draft}
          onClose={() => {
            draft.forget();
            setEditing(false);
          }}
        />
      ) : null}
    </Panel>
  );
}

function LimitsDialog({ draft, onClose }: { readonly draft: Draft; readonly onClose: () => void }) {
  const t = useTranslations('qualitySet.limits');
  const all = useTranslations('qualitySet');
  const id = useId();
  const [contents, setContents] = useState(draft.contents);
  const days = (name: DaysField) => (
    <label key={name} htmlFor={`${id}-${name}`}>
      {t(name)}
      <InputNumber
        id={`${id}-${name}`}
        style={{ width: '100%' }}
        precision={0}
        value={contents[name]}
        onChange={(value) => setContents({ ...contents, [name]: value ?? 0 })}
      />
    </label>
  );
  return (
    <Modal
      open
      title={t('edit')}
      okText={all('save')}
      cancelText={all('cancel')}
      confirmLoading={draft.isSaving}
      onCancel={onClose}
      onOk={() => draft.save(contents, onClose)}
    >
      <div className={lists.fields}>
        <label htmlFor={`${id}-zh`}>
          {t('nameZh')}
          <Input
            id={`${id}-zh`}
            value={contents.name['zh-CN']}
            maxLength={100}
            onChange={({ target }) => setContents({ ...contents, name: { ...contents.name, 'zh-CN': target.value } })}
          />
        </label>
        <label htmlFor={`${id}-en`}>
          {t('nameEn')}
          <Input
            id={`${id}-en`}
            value={contents.name.en}
            maxLength={100}
            onChange={({ target }) => setContents({ ...contents, name: { ...contents.name, en: target.value } })}
          />
        </label>
        <div className={lists.pair}>{DAYS.map((name) => days(`${name}Days`))}</div>
        <div className={lists.pair}>
          <label htmlFor={`${id}-kind`}>
            {t('kind')}
            <Select
              id={`${id}-kind`}
              value={contents.outliers.kind}
              onChange={(kind) => setContents({ ...contents, outliers: outliersOf(kind, limitOf(contents.outliers)) })}
              options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
            />
          </label>
          <label htmlFor={`${id}-value`}>
            {t('value')}
            <InputNumber
              id={`${id}-value`}
              style={{ width: '100%' }}
              value={limitOf(contents.outliers)}
              onChange={(value) => setContents({ ...contents, outliers: outliersOf(contents.outliers.kind, value ?? 0) })}
            />
          </label>
        </div>
        <Problems problems={draft.problems} />
      </div>
    </Modal>
  );
}
