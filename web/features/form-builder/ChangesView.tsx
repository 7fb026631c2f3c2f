'use client';

import { useMutation } from '@tanstack/react-query';
import { App, Button, Checkbox } from 'antd';
import { useTranslations } from 'next-intl';
import { useDeferredValue, useMemo } from 'react';
import type { StepsTriedView } from '#api/views/forms.ts';
import { labelOf } from '#core/form/localize.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { MigrationStep } from '#core/form-edit/migration-step.ts';
import { proposeSteps } from '#core/form-edit/propose-steps.ts';
import { findItem } from '#core/form-edit/tree.ts';
import { useMe } from '#web/features/shell/MeContext.tsx';
import { type ApiError, send } from '#web/lib/api.ts';
import { reads } from '#web/lib/reads.ts';
import { useErrorWords, useText } from '#web/lib/use-words.ts';
import { Panel } from '#web/ui/Panel.tsx';
import { TwoColumns } from '#web/ui/TwoColumns.tsx';
import styles from './FormBuilder.module.css';
import { FormDiffList } from './FormDiffList.tsx';
import { comparedWithBase, isAmong } from './proposed-steps.ts';
import type { EditionWork } from './use-edition.ts';

/** What differs from the text that is asked today, and how drafts that people have open are carried over. */
export function ChangesView({ work }: { readonly work: EditionWork }) {
  const t = useTranslations('formBuilder.changes');
  const settled = useDeferredValue(work.form);
  const compared = useMemo(() => comparedWithBase(work.edition, settled), [work.edition, settled]);
  if (!compared) return <Panel title={t('title')}>{t('isNew')}</Panel>;
  return (
    <TwoColumns
      side={
        <Panel title={t('steps')}>
          <Steps work={work} proposed={proposeSteps(compared.diff)} before={compared.before} />
        </Panel>
      }
    >
      <Panel title={t('title')}>
        <FormDiffList {...compared} />
      </Panel>
    </TwoColumns>
  );
}

interface StepsProps {
  readonly work: EditionWork;
  readonly proposed: readonly MigrationStep[];
  readonly before: Questionnaire;
}

/** Proposed from the difference; a step that is taken away is not done, and the trial says what that costs. */
function Steps({ work, proposed, before }: StepsProps) {
  const t = useTranslations('formBuilder.changes');
  const { locale } = useText();
  const words = useErrorWords();
  const { message } = App.useApp();
  const { can } = useMe();
  const { serviceKey, formKey } = work.edition;
  const isChosen = (step: MigrationStep) => !isAmong(work.declined, step);
  const trial = useMutation<StepsTriedView, ApiError>({
    mutationFn: async () => {
      await work.flush();
      return send('POST', `${reads.edition(serviceKey, formKey).path}/try-steps`, { steps: proposed.filter(isChosen) });
    },
    onError: (error) => message.error(words(error)),
  });
  const wordsOfTrial = ({ drafts, whole, isFew }: StepsTriedView): string =>
    drafts === 0 ? t('noDrafts') : isFew ? t(whole === drafts ? 'fewWhole' : 'fewLost') : t('tried', { drafts, whole });
  const nameOf = (linkId: string | null): string => {
    const found = linkId === null ? null : (findItem(work.form, linkId) ?? findItem(before, linkId));
    return found ? labelOf(found.item, locale) || found.item.linkId : (linkId ?? t('form'));
  };
  const wordsOf = (step: MigrationStep): string => {
    switch (step.kind) {
      case 'rename-item':
        return t('rename', { from: nameOf(step.from), to: nameOf(step.to) });
      case 'drop-item':
        return t('drop', { item: nameOf(step.linkId) });
      case 'convert':
        return t('convert', { item: nameOf(step.linkId) });
      case 'map-option':
        return step.to === null
          ? t('dropOption', { item: nameOf(step.linkId), from: step.from })
          : t('mapOption', { item: nameOf(step.linkId), from: step.from, to: step.to });
      case 'move-item':
        return t('move', { item: nameOf(step.linkId), to: nameOf(step.to) });
    }
  };
  return (
    <div className={styles.settings}>
      <p className={styles.quiet}>{proposed.length === 0 ? t('noSteps') : t('stepsHint')}</p>
      <ul className={styles.list}>
        {proposed.map((step) => (
          <li key={JSON.stringify(step)}>
            <Checkbox
              checked={isChosen(step)}
              disabled={work.isLocked}
              onChange={({ target }) => work.decline(proposed.filter((each) => (each === step ? !target.checked : !isChosen(each))))}
            >
              {wordsOf(step)}
            </Checkbox>
          </li>
        ))}
      </ul>
      {can.publishForms ? (
        <Button loading={trial.isPending} onClick={() => trial.mutate()}>
          {t('try')}
        </Button>
      ) : null}
      {trial.data ? (
        <div role="status">
          <p>{wordsOfTrial(trial.data)}</p>
          <ul className={styles.list}>
            {trial.data.lost.map(({ linkId, reason, drafts }) => (
              <li key={`${linkId}/${reason}`}>{t('lost', { item: nameOf(linkId), drafts })}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}
