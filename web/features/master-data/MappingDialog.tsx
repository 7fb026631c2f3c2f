'use client';

import { App, DatePicker, Input, Modal, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { TakenMappingsView } from '#api/views/master-data.ts';
import type { OrganisationView } from '#api/views.ts';
import type { DictionaryKey } from '#core/master-data/dictionary.ts';
import { DIRECTIONS } from '#core/master-data/mapping.ts';
import type { MappingRow } from '#core/master-data/mapping-rows.ts';
import { isKeyOf, useText } from '#web/lib/use-words.ts';
import lists from '#web/ui/ListKeeping.module.css';
import { useChange } from './use-change.ts';

export interface MappingDialogProps {
  readonly dictionary: DictionaryKey;
  readonly organisations: readonly OrganisationView[];
  readonly begins: Partial<MappingRow>;
  /** The draft that it takes the place of. */
  readonly replaces?: string;
  readonly onClose: () => void;
}

const EMPTY: MappingRow = {
  standardCode: '',
  organisation: '',
  localCode: '',
  localName: '',
  direction: 'both',
  validFrom: '',
  validTo: '',
};

/** One mapping, written as a draft that another person approves. */
export function MappingDialog({ dictionary, organisations, begins, replaces, onClose }: MappingDialogProps) {
  const t = useTranslations('masterData');
  const problems = useTranslations('masterData.file.problems');
  const { name } = useText();
  const { message } = App.useApp();
  const id = useId();
  const [row, setRow] = useState<MappingRow>({ ...EMPTY, ...begins });
  const [problem, setProblem] = useState<string | null>(null);
  const change = useChange<TakenMappingsView>(({ results }) => {
    const found = results[0]?.problem ?? null;
    setProblem(found);
    if (found !== null) return;
    message.success(t('written'));
    onClose();
  });
  const isOffered = row.direction !== 'none';
  const field = (key: 'standardCode' | 'localCode' | 'localName') => (
    <label htmlFor={`${id}-${key}`}>
      {t(`fields.${key}`)}
      <Input
        id={`${id}-${key}`}
        value={row[key]}
        maxLength={200}
        onChange={({ target }) => setRow({ ...row, [key]: target.value })}
        aria-describedby={`${id}-problem`}
      />
    </label>
  );
  const date = (key: 'validFrom' | 'validTo') => (
    <label htmlFor={`${id}-${key}`}>
      {t(`fields.${key}`)}
      <DatePicker
        id={`${id}-${key}`}
        value={row[key] === '' ? null : dayjs(row[key])}
        placeholder={t(key === 'validFrom' ? 'fromToday' : 'withoutEnd')}
        onChange={(day) => setRow({ ...row, [key]: day ? day.format('YYYY-MM-DD') : '' })}
      />
    </label>
  );
  return (
    <Modal
      open
      title={t('mappingTitle')}
      onCancel={onClose}
      onOk={() =>
        change.mutate({
          method: 'POST',
          path: `/api/master-data/mappings/${dictionary}`,
          body: { rows: [row], ...(replaces && { replaces }) },
        })
      }
      okText={t('writeDraft')}
      cancelText={t('cancel')}
      confirmLoading={change.isPending}
    >
      <p className={lists.hint}>{t('mappingHint')}</p>
      <div className={lists.fields}>
        <label htmlFor={`${id}-organisation`}>
          {t('fields.organisation')}
          <Select
            id={`${id}-organisation`}
            value={row.organisation || null}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(organisation) => setRow({ ...row, organisation })}
            options={organisations.map((each) => ({ value: each.id, label: name(each) }))}
          />
        </label>
        {field('standardCode')}
        <label htmlFor={`${id}-direction`}>
          {t('fields.direction')}
          <Select
            id={`${id}-direction`}
            value={row.direction}
            onChange={(direction) => setRow({ ...row, direction })}
            options={DIRECTIONS.map((direction) => ({ value: direction, label: t(`directions.${direction}`) }))}
          />
        </label>
        {isOffered ? (
          <div className={lists.pair}>
            {field('localCode')}
            {field('localName')}
          </div>
        ) : null}
        <div className={lists.pair}>
          {date('validFrom')}
          {date('validTo')}
        </div>
        <p id={`${id}-problem`} role="alert">
          {problem !== null && isKeyOf(problem, problems) ? problems(problem) : ''}
        </p>
      </div>
    </Modal>
  );
}
