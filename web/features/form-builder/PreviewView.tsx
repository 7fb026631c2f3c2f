'use client';

import { Button } from 'antd';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ExpressionEngine } from '#core/form/expression/engine.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { sampleResponse } from '#core/form-edit/sample-answer.ts';
import { day } from '#web/lib/time.ts';
import styles from './FormBuilder.module.css';
import { LivingForm } from './LivingForm.tsx';

const NO_ANSWERS: QuestionnaireResponse = { resourceType: 'QuestionnaireResponse', status: 'in-progress' };

/** The form on a desk and on a phone, side by side, to be filled in with made-up answers. Nothing of it is kept. */
export function PreviewView({ form, engine }: { readonly form: Questionnaire; readonly engine: ExpressionEngine }) {
  const t = useTranslations('formBuilder.preview');
  const [begin, setBegin] = useState({ response: NO_ANSWERS, round: 0 });
  const again = (response: QuestionnaireResponse) => setBegin(({ round }) => ({ response, round: round + 1 }));
  return (
    <>
      <div className={styles.buttons}>
        <Button onClick={() => again(sampleResponse(form, day(new Date().toISOString())))}>{t('fill')}</Button>
        <Button onClick={() => again(NO_ANSWERS)}>{t('clear')}</Button>
        <span className={styles.quiet}>{t('hint')}</span>
      </div>
      <div className={styles.previews}>
        <section aria-label={t('desk')}>
          <h2>{t('desk')}</h2>
          <LivingForm key={begin.round} form={form} engine={engine} response={begin.response} />
        </section>
        <section aria-label={t('phone')} className={styles.phone}>
          <h2>{t('phone')}</h2>
          <LivingForm key={begin.round} form={form} engine={engine} response={begin.response} />
        </section>
      </div>
    </>
  );
}
