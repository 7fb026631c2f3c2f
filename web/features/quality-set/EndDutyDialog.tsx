'use client';

import { App, Input } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { ObligationsView } from '#api/views/obligations.ts';
import type { OrganisationView } from '#api/views.ts';
import { dayBefore } from '#core/quality/period.ts';
import { useText } from '#web/lib/use-words.ts';
import lists from '#web/ui/ListKeeping.module.css';
import { ReasonDialog } from '#web/ui/ReasonDialog.tsx';
import { setPath, useChange } from './use-change.ts';

export interface Ending {
  readonly kind: 'obligation' | 'exemption';
  readonly id: string;
  readonly hospital: OrganisationView;
}

/** The words and the address of each. */
const KINDS = {
  obligation: {
    title: 'endTitle',
    hint: 'endHint',
    label: 'endReason',
    ok: 'end',
    done: 'ended',
    path: (id: string) => `obligations/${id}/end`,
  },
  exemption: {
    title: 'withdrawTitle',
    hint: 'withdrawHint',
    label: 'withdrawReason',
    ok: 'withdraw',
    done: 'withdrawn',
    path: (id: string) => `exemptions/${id}/withdraw`,
  },
} as const;

export interface EndDutyDialogProps {
  readonly view: ObligationsView;
  readonly ending: Ending;
  readonly onClose: () => void;
}

/** The last day of an obligation or exemption, with the reason. */
export function EndDutyDialog({ view, ending: { kind, id: dutyId, hospital }, onClose }: EndDutyDialogProps) {
  const t = useTranslations('qualitySet.duties');
  const all = useTranslations('qualitySet');
  const { name } = useText();
  const { message } = App.useApp();
  const id = useId();
  const words = KINDS[kind];
  const [lastDay, setLastDay] = useState(view.running.to);
  const change = useChange<{ readonly to: string }>(({ to }) => {
    message.success(t(words.done, { to }));
    onClose();
  });
  return (
    <ReasonDialog
      title={t(words.title, { hospital: name(hospital) })}
      hint={t(words.hint)}
      label={t(words.label)}
      required={all('reasonRequired')}
      okText={t(words.ok)}
      cancelText={all('cancel')}
      canSend={lastDay !== ''}
      isSending={change.isPending}
      onClose={onClose}
      onSend={(reason) =>
        change.mutate({ method: 'POST', path: `${setPath(view.set.code)}/${words.path(dutyId)}`, body: { lastDay, reason } })
      }
    >
      <div className={lists.fields}>
        <label htmlFor={id}>
          {t('lastDay')}
          <Input
            id={id}
            type="date"
            value={lastDay}
            min={dayBefore(view.changesFrom)}
            onChange={({ target }) => setLastDay(target.value)}
          />
        </label>
      </div>
    </ReasonDialog>
  );
}
