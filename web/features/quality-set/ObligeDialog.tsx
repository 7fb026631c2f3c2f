'use client';

import { App, Input, Modal } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { ObligationsView, ObligedView } from '#api/views/obligations.ts';
import { ApiError } from '#web/lib/api.ts';
import { isKeyOf, useText } from '#web/lib/use-words.ts';
import lists from '#web/ui/ListKeeping.module.css';
import { DutyDays, sentDays, useDutyDays } from './DutyDays.tsx';
import styles from './QualitySet.module.css';
import { setPath, useChange } from './use-change.ts';

/** Whom it is about: those chosen, all that the search finds, or whoever is listed in the dialog. */
export interface Obliging {
  readonly hospitals:
    | { readonly list: readonly string[] }
    | { readonly found: { readonly q: string; readonly province: string; readonly tier: string; readonly state?: string } }
    | null;
  readonly count: number;
}

export interface ObligeDialogProps {
  readonly view: ObligationsView;
  readonly obliging: Obliging;
  readonly onClose: (isDone: boolean) => void;
}

/** Obliges several at once; who could not be is named with the reason before the dialog goes. */
export function ObligeDialog({ view, obliging, onClose }: ObligeDialogProps) {
  const t = useTranslations('qualitySet.duties');
  const all = useTranslations('qualitySet');
  const { message } = App.useApp();
  const id = useId();
  const [days, setDays] = useDutyDays(view);
  const [lines, setLines] = useState('');
  const listed = lines.split('\n').flatMap((line) => line.trim() || []);
  const hospitals = obliging.hospitals ?? { list: listed };
  const isNobody = obliging.hospitals === null && listed.length === 0;
  const change = useChange<ObligedView>(({ obliged, refused }) => {
    if (obliged > 0) message.success(t('obliged', { count: obliged }));
    if (refused.length === 0) onClose(true);
  });
  const refused = change.data?.refused ?? [];
  if (refused.length > 0) return <RefusedDialog refused={refused} onClose={() => onClose(true)} />;
  return (
    <Modal
      open
      title={obliging.hospitals === null ? t('obligeListed') : t('obligeTitle', { count: obliging.count })}
      okText={t('oblige')}
      cancelText={all('cancel')}
      okButtonProps={{ disabled: days.from === '' || isNobody }}
      confirmLoading={change.isPending}
      onCancel={() => onClose(false)}
      onOk={() =>
        change.mutate({
          method: 'POST',
          path: `${setPath(view.set.code)}/obligations`,
          body: { ...sentDays(days), hospitals },
        })
      }
    >
      <p className={lists.hint}>{t('obligeLead', { from: view.changesFrom })}</p>
      {obliging.hospitals === null ? (
        <div className={lists.fields}>
          <label htmlFor={`${id}-lines`}>
            {t('lines')}
            <Input.TextArea
              id={`${id}-lines`}
              value={lines}
              autoSize={{ minRows: 4, maxRows: 12 }}
              onChange={({ target }) => setLines(target.value)}
            />
          </label>
          <Unknown error={change.error} />
        </div>
      ) : null}
      <DutyDays view={view} days={days} onChange={setDays} />
    </Modal>
  );
}

/** Lines that are no hospital, each to be mended where it stands. */
function Unknown({ error }: { readonly error: unknown }) {
  const t = useTranslations('qualitySet.duties');
  const unknown = error instanceof ApiError ? error.view.data?.unknown : undefined;
  if (!Array.isArray(unknown)) return null;
  return (
    <div className={styles.problems} role="alert">
      {t('unknown')}
      <ul>
        {unknown.map((line) => (
          <li key={String(line)}>{String(line)}</li>
        ))}
      </ul>
    </div>
  );
}

function RefusedDialog({ refused, onClose }: { readonly refused: ObligedView['refused']; readonly onClose: () => void }) {
  const t = useTranslations('qualitySet.duties');
  const refusal = useTranslations('refusal');
  const { name } = useText();
  return (
    <Modal
      open
      title={t('refusedTitle', { count: refused.length })}
      okText={t('close')}
      cancelButtonProps={{ style: { display: 'none' } }}
      onOk={onClose}
      onCancel={onClose}
    >
      <ul>
        {refused.map(({ organisation, code }) => (
          <li key={organisation.id}>
            {name(organisation)}
            <span className={lists.second}>{isKeyOf(code, refusal) ? refusal(code) : code}</span>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
