'use client';

import { WarningFilled } from '@ant-design/icons';
import { useTranslations } from 'next-intl';
import type { PatientBanner as Patient } from '#api/views.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from './PatientBanner.module.css';

/** Who it is about, always in the same place and order: name, sex, age, end of the identity number, allergies. */
export function PatientBanner({ patient }: { readonly patient: Patient }) {
  const t = useTranslations('task');
  const { text } = useText();
  const hasAllergies = patient.allergies !== '' && !/^(无|none|no\b|not known)/i.test(patient.allergies);
  return (
    <section className={styles.banner} aria-label={t('patient')}>
      <strong className={styles.name}>{patient.name}</strong>
      <dl className={styles.facts}>
        <Fact label={t('sex')} value={text(patient.sex)} />
        <Fact label={t('age')} value={patient.age} />
        <Fact label={t('idTail')} value={patient.idTail} />
        <div className={hasAllergies ? styles.allergy : ''}>
          <dt>
            {hasAllergies ? <WarningFilled aria-hidden /> : null} {t('allergies')}
          </dt>
          <dd>{patient.allergies || t('noAllergies')}</dd>
        </div>
      </dl>
    </section>
  );
}

const Fact = ({ label, value }: { readonly label: string; readonly value: string }) =>
  value ? (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  ) : null;
