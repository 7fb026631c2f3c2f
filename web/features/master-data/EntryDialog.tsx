'use client';

import { Input, Modal, Select } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { TakenEntriesView } from '#api/views/master-data.ts';
import { type DictionaryKey, SPECIMENS } from '#core/master-data/dictionary.ts';
import type { EntryRow } from '#core/master-data/entries.ts';
import { isKeyOf, useText } from '#web/lib/use-words.ts';
import lists from '#web/ui/ListKeeping.module.css';
import { useChange } from './use-change.ts';

export interface EntryDialogProps {
  readonly dictionary: DictionaryKey;
  readonly begins: EntryRow;
  readonly onClose: () => void;
}

/** One entry of the draft. A code that is there already is written anew. */
export function EntryDialog({ dictionary, begins, onClose }: EntryDialogProps) {
  const t = useTranslations('masterData');
  const problems = useTranslations('masterData.file.problems');
  const { text } = useText();
  const id = useId();
  const [row, setRow] = useState(begins);
  const [problem, setProblem] = useState<string | null>(null);
  const put = useChange<TakenEntriesView>(({ results }) => {
    const found = results[0]?.problem ?? null;
    setProblem(found);
    if (found === null) onClose();
  });
  const field = (key: 'code' | 'name' | 'nameEn', isFixed = false) => (
    <label htmlFor={`${id}-${key}`}>
      {t(`fields.${key}`)}
      <Input
        id={`${id}-${key}`}
        value={row[key]}
        disabled={isFixed}
        maxLength={200}
        aria-describedby={`${id}-problem`}
        onChange={({ target }) => setRow({ ...row, [key]: target.value })}
      />
    </label>
  );
  return (
    <Modal
      open
      title={t(begins.code === '' ? 'addEntry' : 'editEntry')}
      okText={t('save')}
      cancelText={t('cancel')}
      confirmLoading={put.isPending}
      onCancel={onClose}
      onOk={() => put.mutate({ method: 'POST', path: `/api/master-data/dictionaries/${dictionary}/draft/entries`, body: { rows: [row] } })}
    >
      <div className={lists.fields}>
        {field('code', begins.code !== '')}
        {field('name')}
        {field('nameEn')}
        {dictionary === 'test' ? (
          <label htmlFor={`${id}-specimen`}>
            {t('fields.specimen')}
            <Select
              id={`${id}-specimen`}
              value={row.specimen || null}
              onChange={(specimen) => setRow({ ...row, specimen: specimen ?? '' })}
              options={Object.entries(SPECIMENS).map(([value, label]) => ({ value, label: text(label) }))}
            />
          </label>
        ) : null}
        <p id={`${id}-problem`} role="alert">
          {problem !== null && isKeyOf(problem, problems) ? problems(problem) : ''}
        </p>
      </div>
    </Modal>
  );
}
