'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useDeferredValue, useMemo } from 'react';
import { offsetDateTimeOf } from '#core/calendar/zone.ts';
import { loadEngine } from '#core/form/expression/load.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import { expressionValueOf } from '#core/form-edit/expression-help.ts';
import { sampleResponse } from '#core/form-edit/sample-answer.ts';
import { TIME_ZONE } from '#web/lib/preferences.ts';
import { day } from '#web/lib/time.ts';
import styles from '../FormBuilder.module.css';

export interface LiveValueProps {
  readonly form: Questionnaire;
  readonly linkId: string;
  readonly expression: string;
}

/** What an expression comes to on made-up answers, or what is wrong with it. */
export function LiveValue({ form, linkId, expression }: LiveValueProps) {
  const t = useTranslations('formBuilder.expression');
  const { data: engine } = useQuery({ queryKey: ['form-engine'], queryFn: loadEngine, staleTime: Number.POSITIVE_INFINITY });
  const settled = useDeferredValue(form);
  const value = useMemo(() => {
    if (!engine) return null;
    const now = new Date();
    const context = { engine, now: offsetDateTimeOf(now.getTime(), TIME_ZONE) };
    return expressionValueOf(settled, sampleResponse(settled, day(now.toISOString())), linkId === '' ? null : linkId, expression, context);
  }, [engine, settled, linkId, expression]);
  if (value === null) return null;
  if (value.kind === 'fault')
    return <span className={styles.faultyLine}>{t(`faults.${value.fault.code}`, { message: value.fault.message })}</span>;
  const words = value.results.flatMap(({ values }) => values).join(', ');
  return words === '' ? t('empty') : t('now', { value: words });
}
