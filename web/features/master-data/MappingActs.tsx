'use client';

import { App, Button, Tooltip } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { MappingActView, MappingView } from '#api/views/master-data.ts';
import type { MappingAct } from '#core/master-data/mapping.ts';
import type { MappingRow } from '#core/master-data/mapping-rows.ts';
import { isKeyOf } from '#web/lib/use-words.ts';
import lists from '#web/ui/ListKeeping.module.css';
import { ReasonDialog } from '#web/ui/ReasonDialog.tsx';
import { MappingDialog } from './MappingDialog.tsx';
import { useChange } from './use-change.ts';

/** What the person may do with a mapping; what not, greyed out with its reason. */
export function MappingActs({ mapping }: { readonly mapping: MappingView }) {
  const t = useTranslations('masterData');
  const refusal = useTranslations('refusal');
  const { message } = App.useApp();
  const [isSuspending, setSuspending] = useState(false);
  const [isEditing, setEditing] = useState(false);
  const change = useChange<MappingActView>(({ routedAgain }) => {
    setSuspending(false);
    message.success(routedAgain > 0 ? t('routedAgain', { count: routedAgain }) : t('done'));
  });
  const act = (what: MappingAct, reason?: string): void =>
    change.mutate({ method: 'POST', path: `/api/master-data/mappings/${mapping.id}/acts/${what}`, body: reason ? { reason } : {} });
  return (
    <span className={lists.acts}>
      {mapping.acts.map(({ act: what, refusal: why }) => (
        <Tooltip key={what} title={why !== null && isKeyOf(why, refusal) ? refusal(why) : ''}>
          <Button
            size="small"
            type={what === 'approve' ? 'primary' : 'default'}
            danger={what === 'suspend'}
            disabled={why !== null}
            loading={change.isPending}
            onClick={() => (what === 'suspend' ? setSuspending(true) : act(what))}
          >
            {t(`acts.${what}`)}
          </Button>
        </Tooltip>
      ))}
      {mapping.status === 'draft' ? (
        <Button size="small" onClick={() => setEditing(true)}>
          {t('edit')}
        </Button>
      ) : null}
      {isEditing ? (
        <MappingDialog
          dictionary={mapping.dictionary}
          organisations={[mapping.organisation]}
          begins={rowOf(mapping)}
          replaces={mapping.id}
          onClose={() => setEditing(false)}
        />
      ) : null}
      {isSuspending ? (
        <ReasonDialog
          title={t('suspendTitle', { code: mapping.localCode || mapping.standardCode })}
          hint={t('suspendHint')}
          label={t('reason')}
          required={t('reasonRequired')}
          okText={t('acts.suspend')}
          isDanger
          isSending={change.isPending}
          onClose={() => setSuspending(false)}
          onSend={(reason) => act('suspend', reason)}
        />
      ) : null}
    </span>
  );
}

/** Under a mapping that cannot be approved: why, in words that stand without a pointer. */
export function Obstacle({ mapping }: { readonly mapping: MappingView }) {
  const refusal = useTranslations('refusal');
  const why = mapping.acts.find(({ act }) => act === 'approve')?.refusal;
  return why && isKeyOf(why, refusal) ? <span className={lists.second}>{refusal(why)}</span> : null;
}

const rowOf = ({ standardCode, organisationId, localCode, localName, direction, validFrom, validTo }: MappingView): MappingRow => ({
  standardCode,
  organisation: organisationId,
  localCode,
  localName,
  direction,
  validFrom,
  validTo: validTo ?? '',
});
