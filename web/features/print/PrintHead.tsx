'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { InstanceHeader, PersonView } from '#api/views.ts';
import { dateTime } from '#web/lib/time.ts';
import { useText } from '#web/lib/use-words.ts';
import { paths } from '#web/paths.ts';
import { InstanceCode } from './InstanceCode.tsx';
import styles from './print.module.css';

interface PrintHeadProps {
  readonly header: InstanceHeader;
  readonly printedBy: PersonView;
  readonly printedAt: string;
}

/** What the document is about, who printed it, and the way back to what it is now: paper does not change, an instance may. */
export function PrintHead({ header, printedBy, printedAt }: PrintHeadProps) {
  const t = useTranslations('instance.print');
  const status = useTranslations('common.status');
  const patientWords = useTranslations('task');
  const { text, name } = useText();
  const { patient } = header;
  const title = text(header.title);
  return (
    <header className={styles.head}>
      <div className={styles.headWords}>
        <p className={styles.hospital}>{name(header.from)}</p>
        <h1 className={styles.title}>{text(header.serviceName)}</h1>
        {title ? <p className={styles.subject}>{title}</p> : null}
        <dl className={styles.facts}>
          <Fact label={t('number')}>{header.number}</Fact>
          <Fact label={t('state')}>{status(header.status)}</Fact>
          {patient ? (
            <Fact label={t('patient')}>
              {[patient.name, text(patient.sex), patient.idTail && `${patientWords('idTail')} ${patient.idTail}`]
                .filter(Boolean)
                .join(' · ')}
            </Fact>
          ) : null}
          {header.applicant ? <Fact label={t('applicant')}>{name(header.applicant)}</Fact> : null}
          <Fact label={t('applied')}>{dateTime(header.createdAt)}</Fact>
          {header.sealedAt ? <Fact label={t('sealed')}>{dateTime(header.sealedAt)}</Fact> : null}
          <Fact label={t('printed')}>
            {name(printedBy)} · {dateTime(printedAt)}
          </Fact>
        </dl>
      </div>
      <InstanceCode path={paths.instance(header.id)} label={t('code')} />
    </header>
  );
}

const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);
