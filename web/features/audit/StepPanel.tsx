'use client';

import { CheckCircleFilled, ClockCircleOutlined } from '@ant-design/icons';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { AuditStep } from '#api/views/audit.ts';
import { useText } from '#web/lib/use-words.ts';
import { Panel } from '#web/ui/Panel.tsx';
import { TimeText } from '#web/ui/TimeText.tsx';
import styles from './Audit.module.css';
import { useCommandWords } from './use-command-words.ts';

export interface StepPanelProps {
  readonly steps: readonly AuditStep[];
  readonly step: AuditStep;
  readonly onGo: (seq: number) => void;
}

/** All steps to choose from, and what exactly the chosen one wrote. */
export function StepPanel({ steps, step, onGo }: StepPanelProps) {
  const t = useTranslations('audit');
  const { text, name } = useText();
  const commandWords = useCommandWords();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const current = list.current?.querySelector('[aria-current]');
    if (!(current instanceof HTMLElement) || !list.current) return;
    // Only the list scrolls, never the page under the reader.
    const top = current.offsetTop - list.current.offsetTop;
    if (top < list.current.scrollTop || top > list.current.scrollTop + list.current.clientHeight - 44) list.current.scrollTop = top - 120;
  });
  return (
    <>
      <Panel title={t('steps')}>
        <ol ref={list} className={styles.steps}>
          {steps.map((each) => (
            <li key={each.seq}>
              <button type="button" aria-current={each.seq === step.seq ? 'step' : undefined} onClick={() => onGo(each.seq)}>
                <span>{each.seq}</span>
                <span>
                  {commandWords(each.commandType)}
                  <small>
                    {' '}
                    {text(each.events.find(({ elementName }) => elementName !== null)?.elementName)} {each.actor ? name(each.actor) : ''}
                  </small>
                </span>
                {each.confirmed ? (
                  <CheckCircleFilled className={styles.confirmedMark} aria-label={t('stepConfirmed')} title={t('stepConfirmed')} />
                ) : (
                  <ClockCircleOutlined className={styles.openMark} aria-label={t('stepUnconfirmed')} title={t('stepUnconfirmed')} />
                )}
              </button>
            </li>
          ))}
        </ol>
      </Panel>
      <Panel title={t('events')}>
        <dl className={styles.facts}>
          <dt>{t('command')}</dt>
          <dd>
            {commandWords(step.commandType)} · <TimeText at={step.at} as="full" />
          </dd>
          <dt>{t('hash')}</dt>
          <dd className={styles.hash}>{step.hash}</dd>
        </dl>
        <ol className={styles.events}>
          {step.events.map(({ index, type, elementName, elementId }) => (
            <li key={index}>
              <code>{type}</code>
              <span>{text(elementName) || elementId}</span>
            </li>
          ))}
        </ol>
      </Panel>
    </>
  );
}
