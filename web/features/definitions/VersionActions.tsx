'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { DefinitionVersionRow, DefinitionVersionView } from '#api/views/definitions.ts';
import { VERSION_ACTS, type VersionAct, versionCan } from '#core/version/life.ts';
import { useMe } from '#web/features/shell/MeContext.tsx';
import { type ApiError, send } from '#web/lib/api.ts';
import { reads } from '#web/lib/reads.ts';
import { useErrorWords } from '#web/lib/use-words.ts';
import { ActButtons } from '#web/ui/ActButtons.tsx';
import { ReasonDialog } from '#web/ui/ReasonDialog.tsx';

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
  const toneOf = (act: VersionAct) => (act === 'publish' ? 'primary' : act === 'retire' ? 'danger' : undefined);
  return (
    <>
      <ActButtons
        acts={VERSION_ACTS.map((act) => ({ code: act, name: t(act), reason: reasonAgainst(act), tone: toneOf(act) }))}
        onAct={setAsking}
      />
      {asking ? <ActDialog act={asking} version={version} onClose={() => setAsking(null)} /> : null}
    </>
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
  const words = useErrorWords();
  const client = useQueryClient();
  const { message } = App.useApp();
  const mutation = useMutation<DefinitionVersionRow, ApiError, string>({
    mutationFn: (why) =>
      send('POST', `${reads.definitionVersion(version.key, version.version).path}/${act}`, why === '' ? {} : { note: why }),
    onSuccess: async () => {
      message.success(t(DONE[act]));
      onClose();
      await client.invalidateQueries({ queryKey: ['definitions'] });
    },
    onError: (error) => void message.error(words(error)),
  });
  return (
    <ReasonDialog
      title={t(`${act}Title`, { version: version.version })}
      hint={
        <>
          <p>{t(`${act}Hint`)}</p>
          {act === 'retire' && version.isCurrent ? <p>{t('retireCurrentHint')}</p> : null}
        </>
      }
      label={t('note')}
      okText={t(act)}
      isDanger={act === 'retire'}
      isSending={mutation.isPending}
      onClose={onClose}
      onSend={(note) => mutation.mutate(note)}
    />
  );
}
