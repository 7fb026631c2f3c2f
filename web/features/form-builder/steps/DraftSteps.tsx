'use client';

import { PlusOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { App, Button, Checkbox } from 'antd';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import type { StepsTriedView } from '#api/views/forms.ts';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { MigrationStep } from '#core/form-edit/migration-step.ts';
import { type Decided, type DecidedStep, doneSteps, subjectOf, withDone, withOwn, withoutOwn } from '#core/form-edit/step-choice.ts';
import { stepProblems } from '#core/form-edit/step-problems.ts';
import { useMe } from '#web/features/shell/MeContext.tsx';
import { type ApiError, send } from '#web/lib/api.ts';
import { reads } from '#web/lib/reads.ts';
import { useErrorWords } from '#web/lib/use-words.ts';
import styles from '../FormBuilder.module.css';
import type { EditionWork } from '../use-edition.ts';
import { StepEditor } from './StepEditor.tsx';
import { useStepWords } from './use-step-words.ts';

export interface DraftStepsProps {
  readonly work: EditionWork;
  readonly decided: Decided;
  readonly before: Questionnaire;
}

/** Proposed from the difference; each is taken away, changed, or joined by one's own, and the trial says what that costs. */
export function DraftSteps({ work, decided, before }: DraftStepsProps) {
  const t = useTranslations('formBuilder.changes');
  const { form, choice, isLocked } = work;
  const [edited, setEdited] = useState<MigrationStep | 'new' | null>(null);
  const steps = doneSteps(decided);
  const problems = useMemo(() => stepProblems(doneSteps(decided), before, form), [decided, before, form]);
  const words = useStepWords(before, form);
  const tagOf = ({ step, proposal }: DecidedStep): string | null =>
    proposal === null ? t('ownStep') : step === proposal ? null : t('changedStep');
  return (
    <div className={styles.settings}>
      <p className={styles.quiet}>{decided.steps.length === 0 ? t('noSteps') : t('stepsHint')}</p>
      <ul className={styles.list} aria-label={t('steps')}>
        {decided.steps.map((each) => {
          const { step, proposal, isDone } = each;
          const tag = tagOf(each);
          return (
            <li key={subjectOf(step)}>
              <span className={styles.stepLine}>
                {proposal === null ? (
                  <span>{words.step(step)}</span>
                ) : (
                  <Checkbox
                    checked={isDone}
                    disabled={isLocked}
                    onChange={({ target }) => work.choose(withDone(choice, proposal, target.checked))}
                  >
                    {words.step(step)}
                  </Checkbox>
                )}
                {tag ? <span className={styles.treeTag}>{tag}</span> : null}
              </span>
              {'note' in step && step.note ? <span className={styles.quiet}>{t('noteSaid', { note: step.note })}</span> : null}
              {problems
                .filter((problem) => problem.step === step)
                .map(({ code }) => (
                  <span key={code} className={styles.doubtfulLine}>
                    {t(`problems.${code}`)}
                  </span>
                ))}
              {isLocked || !isDone ? null : (
                <span className={styles.buttons}>
                  <Button size="small" aria-label={t('changeStep', { step: words.step(step) })} onClick={() => setEdited(step)}>
                    {t('change')}
                  </Button>
                  {tag ? (
                    <Button size="small" onClick={() => work.choose(withoutOwn(choice, step))}>
                      {proposal === null ? t('removeStep') : t('asProposed')}
                    </Button>
                  ) : null}
                </span>
              )}
            </li>
          );
        })}
      </ul>
      <span className={styles.buttons}>
        <Button icon={<PlusOutlined aria-hidden />} disabled={isLocked} onClick={() => setEdited('new')}>
          {t('addStep')}
        </Button>
      </span>
      <Trial work={work} steps={steps} nameOf={words.name} />
      {edited === null ? null : (
        <StepEditor
          before={before}
          after={form}
          step={edited === 'new' ? null : edited}
          taken={decided.steps.map(({ step }) => step)}
          onClose={() => setEdited(null)}
          onDecide={(step) => {
            work.choose(withOwn(choice, step, edited === 'new' ? null : edited));
            setEdited(null);
          }}
        />
      )}
    </div>
  );
}

interface TrialProps {
  readonly work: EditionWork;
  readonly steps: readonly MigrationStep[];
  readonly nameOf: (linkId: string | null) => string;
}

/** On the drafts that there are. Whoever may publish sees counts, never answers. */
function Trial({ work, steps, nameOf }: TrialProps) {
  const t = useTranslations('formBuilder.changes');
  const words = useErrorWords();
  const { message } = App.useApp();
  const { can } = useMe();
  const { serviceKey, formKey } = work.edition;
  const trial = useMutation<StepsTriedView, ApiError>({
    mutationFn: async () => {
      await work.flush();
      return send('POST', `${reads.edition(serviceKey, formKey).path}/try-steps`, { steps });
    },
    onError: (error) => void message.error(words(error)),
  });
  const wordsOfTrial = ({ drafts, whole, isFew }: StepsTriedView): string =>
    drafts === 0 ? t('noDrafts') : isFew ? t(whole === drafts ? 'fewWhole' : 'fewLost') : t('tried', { drafts, whole });
  if (!can.publishForms) return null;
  return (
    <>
      <span className={styles.buttons}>
        <Button loading={trial.isPending} onClick={() => trial.mutate()}>
          {t('try')}
        </Button>
      </span>
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
    </>
  );
}
