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
  const { allergies } = patient;
  const hasAllergies = allergies !== null && allergies !== '' && !NO_ALLERGIES.test(allergies);
  const months = /^(\d+)m$/.exec(patient.age)?.[1];
  const age = months ? t('ageMonths', { months }) : patient.age ? t('ageYears', { years: patient.age }) : '';
  return (
    <section className={styles.banner} aria-label={t('patient')}>
      <strong className={styles.name}>{patient.name}</strong>
      <dl className={styles.facts}>
        <Fact label={t('sex')} value={text(patient.sex)} />
        <Fact label={t('age')} value={age} />
        <Fact label={t('idTail')} value={patient.idTail} />
        <div className={hasAllergies ? styles.allergy : ''}>
          <dt>
            {hasAllergies ? <WarningFilled aria-hidden /> : null} {t('allergies')}
          </dt>
          <dd>{allergies === null ? t('allergiesNotShown') : allergies || t('noAllergies')}</dd>
        </div>
      </dl>
    </section>
  );
}

/** Said in so many words, an allergy that is not there must not alarm. */
const NO_ALLERGIES = /^(无|没有|否认|no\b|none|nil|not known)/i;

const Fact = ({ label, value }: { readonly label: string; readonly value: string }) =>
  value ? (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  ) : null;
