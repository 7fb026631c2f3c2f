'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal, Tooltip } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { DefinitionVersionRow, DefinitionVersionView } from '#api/views/definitions.ts';
import { VERSION_ACTS, type VersionAct, versionCan } from '#core/version/life.ts';
import { useMe } from '#web/features/shell/MeContext.tsx';
import { type ApiError, send } from '#web/lib/api.ts';
import { reads } from '#web/lib/reads.ts';
import { useErrorWords } from '#web/lib/use-words.ts';
import styles from './Definitions.module.css';

const NOTE_MAX = 2_000;

/** Publish, retire, make current: what cannot be done now is shown with its reason, from the table that would refuse it. */
export function VersionActions({ version }: { readonly version: DefinitionVersionView }) {
  const t = useTranslations('definitions');
  const { can } = useMe();
  const [asking, setAsking] = useState<VersionAct | null>(null);
  const reasonAgainst = (act: VersionAct): string | null => {
    if (!can.changeDefinitions) return t('noRight');
    if (!versionCan(act, version)) return t(`notNow.${act}`);
    return act === 'publish' && version.errors > 0 ? t('blocked') : null;
  };
  return (
    <span className={styles.actions}>
      {VERSION_ACTS.map((act) => {
        const reason = reasonAgainst(act);
        return (
          <Tooltip key={act} title={reason}>
            <Button
              type={act === 'publish' && reason === null ? 'primary' : 'default'}
              danger={act === 'retire' && reason === null}
              disabled={reason !== null}
              onClick={() => setAsking(act)}
            >
              {t(act)}
            </Button>
          </Tooltip>
        );
      })}
      {asking ? <ActDialog act={asking} version={version} onClose={() => setAsking(null)} /> : null}
    </span>
  );
}

interface ActDialogProps {
  readonly act: VersionAct;
  readonly version: DefinitionVersionView;
  readonly onClose: () => void;
}

const DONE = { publish: 'published', retire: 'retired', 'make-current': 'make-currentDone' } as const satisfies Record<VersionAct, string>;

function ActDialog({ act, version, onClose }: ActDialogProps) {
  const t = useTranslations('definitions');
  const common = useTranslations('common');
  const words = useErrorWords();
  const client = useQueryClient();
  const { message } = App.useApp();
  const id = useId();
  const [note, setNote] = useState('');
  const mutation = useMutation<DefinitionVersionRow, ApiError, string>({
    mutationFn: (why) =>
      send('POST', `${reads.definitionVersion(version.key, version.version).path}/${act}`, why === '' ? {} : { note: why }),
    onSuccess: async () => {
      message.success(t(DONE[act]));
      onClose();
      await client.invalidateQueries({ queryKey: ['definitions'] });
    },
    onError: (error) => message.error(words(error)),
  });
  return (
    <Modal
      open
      title={t(`${act}Title`, { version: version.version })}
      onCancel={onClose}
      onOk={() => mutation.mutate(note.trim())}
      okText={t(act)}
      cancelText={common('cancel')}
      okButtonProps={{ danger: act === 'retire', loading: mutation.isPending }}
    >
      <p className={styles.hint}>{t(`${act}Hint`)}</p>
      {act === 'retire' && version.isCurrent ? <p className={styles.hint}>{t('retireCurrentHint')}</p> : null}
      <label htmlFor={id}>{t('note')}</label>
      <Input.TextArea
        id={id}
        value={note}
        onChange={({ target }) => setNote(target.value)}
        maxLength={NOTE_MAX}
        autoSize={{ minRows: 2, maxRows: 6 }}
      />
    </Modal>
  );
}
