'use client';

import {
  ClockCircleOutlined,
  ExclamationCircleFilled,
  MinusCircleOutlined,
  PauseCircleFilled,
  PauseCircleOutlined,
  PrinterOutlined,
  SafetyCertificateFilled,
} from '@ant-design/icons';
import { Button } from 'antd';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { InstanceHeader as Header, InstanceView, WaitingView } from '#api/views.ts';
import { useMe } from '#web/features/shell/MeContext.tsx';
import { PatientBanner } from '#web/features/task/PatientBanner.tsx';
import { dateTime } from '#web/lib/time.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { Note } from '#web/ui/Note.tsx';
import { HolderChip, PersonChip } from '#web/ui/PersonChip.tsx';
import { PhaseBar } from '#web/ui/PhaseBar.tsx';
import { SlaBadge } from '#web/ui/SlaBadge.tsx';
import { StateTag } from '#web/ui/StateTag.tsx';
import { SuspendedTag } from '#web/ui/SuspendedTag.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import { UrgencyMark } from '#web/ui/UrgencyMark.tsx';
import { InstanceActions } from './InstanceActions.tsx';
import styles from './InstancePage.module.css';
import { SuspensionNote } from './SuspensionNote.tsx';

export function InstanceHeader({ instance }: { readonly instance: InstanceView }) {
  const t = useTranslations('instance');
  const { text, name } = useText();
  const { can } = useMe();
  const { header } = instance;
  return (
    <div className={styles.top}>
      <header className={styles.header}>
        <div className={styles.titleRow}>
          <div>
            <p className={styles.marks}>
              <StateTag status={header.status} />
              {header.suspended ? <SuspendedTag at={header.suspended.at} /> : null}
              <UrgencyMark urgency={header.urgency} />
              <span>{text(header.serviceName)}</span>
              <span>{header.number}</span>
            </p>
            <h1>{text(header.title) || text(header.serviceName)}</h1>
            <p className={styles.meta}>
              {name(header.from)} ·{' '}
              {header.applicant
                ? t('applied', { name: name(header.applicant), time: dateTime(header.createdAt) })
                : t('begunBySystem', { time: dateTime(header.createdAt) })}
            </p>
          </div>
          <div className={styles.actions}>
            {instance.myTasks.map(({ taskId, name: task }) => (
              <Link key={taskId} href={paths.task(header.id, taskId)}>
                <Button type="primary">{t('myTask', { task: text(task) })}</Button>
              </Link>
            ))}
            <InstanceActions instance={instance} />
            <Button href={paths.printed(header.id)} target="_blank" rel="noreferrer" icon={<PrinterOutlined aria-hidden />}>
              {t('print.open')}
            </Button>
            {can.audit ? (
              <Link href={paths.auditOf(header.id)}>
                <Button>{t('audit')}</Button>
              </Link>
            ) : null}
          </div>
        </div>
        <PhaseBar loop={header.loop} hasEnded={header.endedAt !== null} />
        {header.waitingFor.length + header.pausedClocks.length > 0 ? (
          <ul className={styles.waiting} aria-label={t('waiting')}>
            {header.waitingFor.map((waiting) => (
              <Waiting key={`${waiting.elementId}/${waiting.taskId}`} waiting={waiting} />
            ))}
            {header.pausedClocks.map((clock) => (
              <li key={clock.elementId}>
                <span className={styles.label}>
                  <PauseCircleOutlined aria-hidden /> {t('paused')}
                </span>
                <strong>{text(clock.name)}</strong>
              </li>
            ))}
          </ul>
        ) : null}
        <Confirmation header={header} />
      </header>
      <SuspensionNote suspended={header.suspended} />
      <ClosingNote header={header} />
      {instance.incidents.length > 0 ? (
        <Note tone="danger" icon={<ExclamationCircleFilled />} title={t('incidents')}>
          {instance.incidents.map(({ incidentId, elementName, message }) => (
            <p key={incidentId}>{t('incidentAt', { element: text(elementName), message })}</p>
          ))}
        </Note>
      ) : null}
      {header.patient ? <PatientBanner patient={header.patient} /> : null}
    </div>
  );
}

export function Waiting({ waiting }: { readonly waiting: WaitingView }) {
  const t = useTranslations('instance');
  const { text } = useText();
  return (
    <li>
      <span className={styles.label}>{t('waiting')}</span>
      <strong>{text(waiting.name)}</strong>
      {waiting.assignee ? (
        <PersonChip person={waiting.assignee} showsOrganisation />
      ) : (
        waiting.holders.map((holder) => <HolderChip key={holder.principal} holder={holder} />)
      )}
      <span className={styles.label}>
        <TimeText at={waiting.since} />
      </span>
      <SlaBadge due={waiting.due} overdue={waiting.overdue} hidesNone />
    </li>
  );
}

/** Ended is not closed: only the seal closes the loop, and the page says which of the two it is. */
function ClosingNote({ header }: { readonly header: Header }) {
  const t = useTranslations('instance');
  if (header.toldUntil !== null) {
    return (
      <Note tone="info" icon={<MinusCircleOutlined />} title={t('departed')}>
        {t('departedHint', { time: dateTime(header.toldUntil) })}
      </Note>
    );
  }
  if (header.status === 'stopped') {
    return (
      <Note tone="danger" icon={<PauseCircleFilled />} title={t('stopped')}>
        {t('stoppedHint')}
      </Note>
    );
  }
  if (header.status === 'ended') {
    return (
      <Note tone="info" icon={<ClockCircleOutlined />} title={t('ended')}>
        {t('endedHint')}
      </Note>
    );
  }
  if (header.status === 'closed' && header.sealedAt !== null) {
    return (
      <Note tone="success" icon={<SafetyCertificateFilled />} title={t('sealed')}>
        {t('sealedHint', { count: header.loop.length, time: dateTime(header.sealedAt) })}
      </Note>
    );
  }
  return null;
}

function Confirmation({ header }: { readonly header: Header }) {
  const t = useTranslations('instance');
  const { lastSeq, confirmedSeq } = header.confirmation;
  return (
    <p className={styles.confirmation}>
      {confirmedSeq >= lastSeq ? t('confirmed', { count: lastSeq }) : t('unconfirmed', { confirmed: confirmedSeq, last: lastSeq })}
    </p>
  );
}
