'use client';

import { Modal, Radio } from 'antd';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import type { Questionnaire } from '#core/form/questionnaire.ts';
import type { MigrationStep } from '#core/form-edit/migration-step.ts';
import { subjectOf } from '#core/form-edit/step-choice.ts';
import { stepProblems } from '#core/form-edit/step-problems.ts';
import styles from '../FormBuilder.module.css';
import { AnswersFields } from './AnswersFields.tsx';
import { ConvertFields } from './ConvertFields.tsx';
import { OptionFields } from './OptionFields.tsx';
import { RowsFields } from './RowsFields.tsx';
import type { StepFieldProps } from './step-fields.tsx';

export interface StepEditorProps {
  readonly before: Questionnaire;
  readonly after: Questionnaire;
  /** Null: a new one. */
  readonly step: MigrationStep | null;
  /** Steps that there are: what they decide on is not offered a second time. */
  readonly taken: readonly MigrationStep[];
  readonly onClose: () => void;
  readonly onDecide: (step: MigrationStep) => void;
}

/** One step, picked in the words of the two forms. What of it would do nothing, or lose answers, is said while it is picked. */
export function StepEditor({ before, after, step, taken, onClose, onDecide }: StepEditorProps) {
  const t = useTranslations('formBuilder.changes');
  const common = useTranslations('common');
  const [draft, setDraft] = useState<MigrationStep | null>(step);
  const [kind, setKind] = useState<'answers' | 'option'>('answers');
  const isTaken = draft !== null && step === null && taken.some((each) => subjectOf(each) === subjectOf(draft));
  const problems = useMemo(() => {
    if (draft === null) return [];
    const others = taken.filter((each) => subjectOf(each) !== subjectOf(draft) && each !== step);
    return stepProblems([...others, draft], before, after).filter((problem) => problem.step === draft);
  }, [draft, step, taken, before, after]);
  // What the conversion needs is proposed once the target is known.
  const said = problems.filter(({ code }) => code !== 'types-differ' || draft?.kind !== 'rename-item');
  const shared = { before, after, onChange: setDraft };
  return (
    <Modal
      open
      title={step === null ? t('addStep') : t('changeTitle')}
      onCancel={onClose}
      onOk={() => draft && onDecide(draft)}
      okText={t('decide')}
      cancelText={common('cancel')}
      okButtonProps={{ disabled: draft === null || isTaken }}
    >
      <div className={styles.settings}>
        {step === null ? (
          <Radio.Group
            aria-label={t('stepKind')}
            value={kind}
            onChange={({ target }) => {
              setKind(target.value);
              setDraft(null);
            }}
            options={(['answers', 'option'] as const).map((value) => ({ value, label: t(`kinds.${value}`) }))}
          />
        ) : null}
        <StepFields draft={draft} kind={kind} isNew={step === null} shared={shared} />
        {isTaken ? <span className={styles.doubtfulLine}>{t('isTaken')}</span> : null}
        <span role="status">
          {said.map(({ code }) => (
            <span key={code} className={styles.doubtfulLine}>
              {t(`problems.${code}`)}
            </span>
          ))}
        </span>
      </div>
    </Modal>
  );
}

interface StepFieldsProps {
  readonly draft: MigrationStep | null;
  readonly kind: 'answers' | 'option';
  readonly isNew: boolean;
  readonly shared: StepFieldProps;
}

function StepFields({ draft, kind, isNew, shared }: StepFieldsProps) {
  switch (draft?.kind) {
    case 'rename-item':
    case 'drop-item':
      return <AnswersFields {...shared} step={draft} isNew={isNew} />;
    case 'map-option':
      return <OptionFields {...shared} step={draft} isNew={isNew} />;
    case 'convert':
      return <ConvertFields {...shared} step={draft} />;
    case 'move-item':
      return <RowsFields {...shared} step={draft} />;
    default:
      return kind === 'answers' ? (
        <AnswersFields {...shared} step={null} isNew={isNew} />
      ) : (
        <OptionFields {...shared} step={null} isNew={isNew} />
      );
  }
}
