'use client';

import { App } from 'antd';
import { useTranslations } from 'next-intl';
import type { DutyRow, ObligationsView } from '#api/views/obligations.ts';
import { useText } from '#web/lib/use-words.ts';
import { ReasonDialog } from '#web/ui/ReasonDialog.tsx';
import { DutyDays, sentDays, useDutyDays } from './DutyDays.tsx';
import { setPath, useChange } from './use-change.ts';

export interface ExemptDialogProps {
  readonly view: ObligationsView;
  readonly row: DutyRow;
  readonly onClose: () => void;
}

/** One hospital need not report for some days, or from a day on; with the reason. */
export function ExemptDialog({ view, row, onClose }: ExemptDialogProps) {
  const t = useTranslations('qualitySet.duties');
  const all = useTranslations('qualitySet');
  const { name } = useText();
  const { message } = App.useApp();
  const [days, setDays] = useDutyDays(view);
  const change = useChange(() => {
    message.success(t('exempted'));
    onClose();
  });
  return (
    <ReasonDialog
      title={t('exemptTitle', { hospital: name(row.organisation) })}
      hint={t('exemptHint', { from: view.changesFrom })}
      label={t('exemptReason')}
      required={all('reasonRequired')}
      okText={t('exempt')}
      cancelText={all('cancel')}
      canSend={days.from !== ''}
      isSending={change.isPending}
      onClose={onClose}
      onSend={(reason) =>
        change.mutate({
          method: 'POST',
          path: `${setPath(view.set.code)}/exemptions`,
          body: { organisationId: row.organisation.id, ...sentDays(days), reason },
        })
      }
    >
      <DutyDays view={view} days={days} onChange={setDays} />
    </ReasonDialog>
  );
}
