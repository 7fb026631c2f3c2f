'use client';

import {
  AlertOutlined,
  BellOutlined,
  CaretRightOutlined,
  CheckOutlined,
  ClockCircleOutlined,
  CommentOutlined,
  CopyOutlined,
  ExclamationOutlined,
  FlagOutlined,
  ForkOutlined,
  InboxOutlined,
  PauseOutlined,
  RollbackOutlined,
  SafetyCertificateOutlined,
  SendOutlined,
  StopOutlined,
  SwapOutlined,
  ToolOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { TimelineEntry, TimelineType } from '#api/views.ts';
import { FiredRules } from '#web/features/decision/FiredRules.tsx';
import { clock, day } from '#web/lib/time.ts';
import { useSpanWords, useText } from '#web/lib/use-words.ts';
import { EmptyState } from '#web/ui/EmptyState.tsx';
import { Tag } from '#web/ui/Tag.tsx';
import { durationsOf } from './durations.ts';
import styles from './Timeline.module.css';

const ICONS: Record<TimelineType, ReactNode> = {
  started: <SendOutlined />,
  phase: <FlagOutlined />,
  'task-created': <InboxOutlined />,
  'task-claimed': <UserOutlined />,
  'task-released': <UserOutlined />,
  'task-assigned': <UserOutlined />,
  'task-urged': <BellOutlined />,
  'task-reminded': <ClockCircleOutlined />,
  'task-overdue': <AlertOutlined />,
  'task-completed': <CheckOutlined />,
  'task-returned': <RollbackOutlined />,
  'task-canceled': <StopOutlined />,
  'timer-fired': <ClockCircleOutlined />,
  escalated: <AlertOutlined />,
  undoing: <RollbackOutlined />,
  'action-sent': <SendOutlined />,
  commented: <CommentOutlined />,
  copied: <CopyOutlined />,
  decision: <ForkOutlined />,
  incident: <ExclamationOutlined />,
  'incident-resolved': <CheckOutlined />,
  ended: <StopOutlined />,
  sealed: <SafetyCertificateOutlined />,
  suspended: <PauseOutlined />,
  resumed: <CaretRightOutlined />,
  modified: <ToolOutlined />,
  migrated: <SwapOutlined />,
};

/** Follow from what somebody did, but are nobody's act. */
const OF_ITSELF: ReadonlySet<TimelineType> = new Set([
  'phase',
  'task-created',
  'task-canceled',
  'timer-fired',
  'escalated',
  'undoing',
  'decision',
  'incident',
  'ended',
  'sealed',
]);

/** What happened, in words, day by day and newest first. */
export function Timeline({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  const t = useTranslations('instance');
  if (entries.length === 0) return <EmptyState title={t('noEvents')} />;
  const durations = durationsOf(entries);
  const days = new Map<string, TimelineEntry[]>();
  for (const entry of entries.toReversed()) days.set(day(entry.at), [...(days.get(day(entry.at)) ?? []), entry]);
  return (
    <div className={styles.timeline}>
      {[...days].map(([date, ofDay]) => (
        <section key={date}>
          <h2>{date}</h2>
          <ol>
            {ofDay.map((entry) => (
              <Entry key={`${entry.seq}.${entry.index}`} entry={entry} duration={durations.get(entry) ?? null} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function Entry({ entry, duration }: { readonly entry: TimelineEntry; readonly duration: number | null }) {
  const t = useTranslations('timeline');
  const instance = useTranslations('instance');
  const common = useTranslations('common');
  const decision = useTranslations('decision');
  const { text, name } = useText();
  const span = useSpanWords();
  const values = {
    actor: entry.actor ? name(entry.actor) : t('system'),
    element: text(entry.elementName) || t('thisStep'),
    outcome: text(entry.outcome),
    version: Number(entry.data.version ?? 0),
    to: text(entry.toName),
    phase: entry.phase ? common(`phase.${entry.phase}`) : '',
  };
  const words = entry.type === 'task-completed' && entry.outcome ? t('task-completed-with', values) : t(entry.type, values);
  return (
    <li data-type={entry.type}>
      <span className={styles.icon} aria-hidden>
        {ICONS[entry.type]}
      </span>
      <div className={styles.words}>
        <p>
          {words}
          {entry.actor && !OF_ITSELF.has(entry.type) ? <small>{name(entry.actor.organisation)}</small> : null}
          {duration !== null && duration >= 60_000 ? <small>{instance('duration', { span: span(duration) })}</small> : null}
        </p>
        {entry.reasonCode || entry.reason ? (
          <blockquote>{[text(entry.reasonCode), entry.reason].filter(Boolean).join(common('colon'))}</blockquote>
        ) : null}
        {entry.rules.length > 0 ? (
          <details className={styles.why}>
            <summary>{decision('why', { count: entry.rules.length })}</summary>
            <FiredRules rules={entry.rules} />
          </details>
        ) : null}
      </div>
      <span className={styles.side}>
        {entry.phase && entry.type !== 'phase' ? <Tag tone="neutral">{common(`phase.${entry.phase}`)}</Tag> : null}
        <time dateTime={entry.at}>{clock(entry.at)}</time>
      </span>
    </li>
  );
}
