'use client';

import { DownOutlined } from '@ant-design/icons';
import { Button, Dropdown, Input, Tooltip } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { TaskView } from '#api/views.ts';
import type { Outcome } from '#core/bpmn/graph.ts';
import { REASON_LENGTH_MAX } from '#core/process/lengths.ts';
import type { Disabled } from '#core/process/task-descriptor.ts';
import { useIsPhone } from '#web/lib/use-media.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from './TaskPage.module.css';
import { useDisabledWords } from './use-disabled-words.ts';

export interface OutcomeBarProps {
  readonly task: TaskView;
  readonly isSending: boolean;
  readonly isClaiming: boolean;
  readonly onClaim: () => void;
  readonly onChoose: (outcome: Outcome, note: string) => void;
  readonly onReturn: () => void;
}

interface Offered {
  readonly outcome: Outcome;
  readonly disabled: Disabled | null;
}

/** What fits beside each other under one thumb; the rest stands behind "more". */
const PHONE_BUTTONS_MAX = 3;

/** The outcomes that the engine offers, always within reach. What is not allowed says why. */
export function OutcomeBar({ task, isSending, isClaiming, onClaim, onChoose, onReturn }: OutcomeBarProps) {
  const t = useTranslations('task');
  const isPhone = useIsPhone();
  const disabledWords = useDisabledWords();
  const [note, setNote] = useState('');
  const offered = task.actions.flatMap((action): readonly Offered[] => (action.kind === 'outcome' ? [action] : []));
  if (offered.length === 0) return null;

  // Under the thumb stands what can be done now: first claiming, then deciding.
  const claimsHere = isPhone && task.actions.some((action) => action.kind === 'claim' && action.disabled === null);
  const roomFor = claimsHere ? 0 : isPhone && offered.length > PHONE_BUTTONS_MAX ? PHONE_BUTTONS_MAX - 1 : offered.length;
  const shown = offered.slice(0, roomFor);
  const hidden = offered.slice(roomFor);
  const returning = task.actions.find((action) => action.kind === 'return');
  const why = offered.every(({ disabled }) => disabled !== null) ? (offered[0]?.disabled ?? null) : null;
  const takesNote = offered.some(({ outcome, disabled }) => disabled === null && outcome.reason.kind === 'optional');

  return (
    <section className={styles.bar} aria-label={t('actions')}>
      {why ? <p className={styles.why}>{disabledWords(why, task)}</p> : null}
      {takesNote ? (
        <Input
          value={note}
          onChange={({ target }) => setNote(target.value)}
          placeholder={t('note')}
          aria-label={t('note')}
          maxLength={REASON_LENGTH_MAX}
          variant={isPhone ? 'filled' : 'outlined'}
        />
      ) : null}
      <div className={styles.buttons}>
        {claimsHere ? (
          <Button type="primary" loading={isClaiming} onClick={onClaim}>
            {t('claimAndWork')}
          </Button>
        ) : null}
        {shown.map(({ outcome, disabled }) => (
          <OutcomeButton
            key={outcome.code}
            outcome={outcome}
            why={disabled ? disabledWords(disabled, task) : null}
            isSending={isSending}
            onClick={() => onChoose(outcome, note)}
          />
        ))}
        {returning?.disabled === null ? (
          <Button disabled={isSending} onClick={onReturn}>
            {t('return.button')}
          </Button>
        ) : null}
        {hidden.length > 0 ? <MoreOutcomes offered={hidden} isSending={isSending} onChoose={(outcome) => onChoose(outcome, note)} /> : null}
      </div>
    </section>
  );
}

interface OutcomeButtonProps {
  readonly outcome: Outcome;
  readonly why: string | null;
  readonly isSending: boolean;
  readonly onClick: () => void;
}

function OutcomeButton({ outcome, why, isSending, onClick }: OutcomeButtonProps) {
  const { text } = useText();
  const button = (
    <Button
      type={outcome.tone === 'primary' ? 'primary' : 'default'}
      danger={outcome.tone === 'danger'}
      disabled={why !== null || isSending}
      loading={isSending && outcome.tone === 'primary'}
      onClick={onClick}
    >
      {text(outcome.name)}
    </Button>
  );
  return why ? (
    <Tooltip title={why}>
      {/* A disabled button tells no pointer events; the span does, and the tooltip explains. */}
      <span>{button}</span>
    </Tooltip>
  ) : (
    button
  );
}

function MoreOutcomes({
  offered,
  isSending,
  onChoose,
}: {
  readonly offered: readonly Offered[];
  readonly isSending: boolean;
  readonly onChoose: (outcome: Outcome) => void;
}) {
  const t = useTranslations('task');
  const common = useTranslations('common');
  const { text } = useText();
  return (
    <Dropdown
      trigger={['click']}
      placement="topRight"
      menu={{
        onClick: ({ key }) => {
          const chosen = offered.find(({ outcome }) => outcome.code === key);
          if (chosen) onChoose(chosen.outcome);
        },
        items: offered.map(({ outcome, disabled }) => ({
          key: outcome.code,
          label: text(outcome.name),
          danger: outcome.tone === 'danger',
          disabled: disabled !== null || isSending,
        })),
      }}
    >
      <Button aria-label={t('moreOutcomes')}>
        {common('more')} <DownOutlined aria-hidden />
      </Button>
    </Dropdown>
  );
}
