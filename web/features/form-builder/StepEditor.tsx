'use client';

import { Input, Modal, Radio, Select } from 'antd';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useMemo, useState } from 'react';
import { allItems } from '#core/form/items.ts';
import { labelOf } from '#core/form/localize.ts';
import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { ConvertStep, MigrationStep } from '#core/form-edit/migration-step.ts';
import { optionsForEdit } from '#core/form-edit/option-setting.ts';
import { subjectOf } from '#core/form-edit/step-choice.ts';
import { stepProblems } from '#core/form-edit/step-problems.ts';
import { findItem } from '#core/form-edit/tree.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from './FormBuilder.module.css';

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

interface Shared {
  readonly before: Questionnaire;
  readonly after: Questionnaire;
  readonly onChange: (step: MigrationStep | null) => void;
}

interface StepFieldsProps {
  readonly draft: MigrationStep | null;
  readonly kind: 'answers' | 'option';
  readonly isNew: boolean;
  readonly shared: Shared;
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

type Answers = Extract<MigrationStep, { readonly kind: 'rename-item' | 'drop-item' }>;

/** Where the answers to a question go: to another one, or nowhere. */
function AnswersFields({ before, after, step, isNew, onChange }: Shared & { readonly step: Answers | null; readonly isNew: boolean }) {
  const t = useTranslations('formBuilder.changes');
  const itemsOf = useItemOptions();
  const source = step?.kind === 'rename-item' ? step.from : (step?.linkId ?? null);
  const [fate, setFate] = useState<'move' | 'drop'>(step?.kind === 'drop-item' ? 'drop' : 'move');
  const decide = (linkId: string, next: 'move' | 'drop', to?: string, note?: string): MigrationStep | null => {
    if (next === 'drop') return { kind: 'drop-item', linkId, ...(note ? { note } : {}) };
    return to === undefined ? null : { kind: 'rename-item', from: linkId, to };
  };
  const [picked, setPicked] = useState(source);
  const asked = source ?? picked;
  const goneFirst = itemsOf(before, (item) => item.type !== 'display').sort(
    (a, b) => Number(findItem(after, a.value) !== null) - Number(findItem(after, b.value) !== null),
  );
  const newFirst = itemsOf(after, (item) => item.type !== 'display').sort(
    (a, b) => Number(findItem(before, a.value) !== null) - Number(findItem(before, b.value) !== null),
  );
  return (
    <>
      <Picked label={t('answersOf')}>
        {(id) => (
          <Select
            id={id}
            className={styles.full}
            disabled={!isNew}
            showSearch={{ optionFilterProp: 'label' }}
            value={asked ?? undefined}
            onChange={(linkId: string) => {
              setPicked(linkId);
              onChange(decide(linkId, fate, step?.kind === 'rename-item' ? step.to : undefined));
            }}
            options={goneFirst}
          />
        )}
      </Picked>
      <Radio.Group
        aria-label={t('fate')}
        value={fate}
        disabled={asked === null}
        onChange={({ target }) => {
          setFate(target.value);
          if (asked !== null) onChange(decide(asked, target.value));
        }}
        options={[
          { value: 'move', label: t('fates.move') },
          { value: 'drop', label: t('fates.drop') },
        ]}
      />
      {fate === 'move' ? (
        <Picked label={t('target')}>
          {(id) => (
            <Select
              id={id}
              className={styles.full}
              disabled={asked === null}
              showSearch={{ optionFilterProp: 'label' }}
              value={step?.kind === 'rename-item' ? step.to : undefined}
              onChange={(to: string) => asked !== null && onChange(decide(asked, 'move', to))}
              options={newFirst}
            />
          )}
        </Picked>
      ) : (
        <NoteField
          value={step?.kind === 'drop-item' ? (step.note ?? '') : ''}
          onChange={(note) => asked !== null && onChange(decide(asked, 'drop', undefined, note))}
        />
      )}
    </>
  );
}

type OptionStep = Extract<MigrationStep, { readonly kind: 'map-option' }>;

/** The code of an option that answers are given up with. */
const GIVEN_UP = '';

/** What takes the place of an option that is gone. */
function OptionFields({ before, after, step, isNew, onChange }: Shared & { readonly step: OptionStep | null; readonly isNew: boolean }) {
  const t = useTranslations('formBuilder.changes');
  const itemsOf = useItemOptions();
  const codesOf = useCodeOptions();
  const [picked, setPicked] = useState<string | null>(step?.linkId ?? null);
  const linkId = step?.linkId ?? picked;
  const isChoice = (item: QuestionnaireItem): boolean => item.type === 'choice' || item.type === 'open-choice';
  const sources = linkId === null ? [] : codesOf(before, linkId);
  return (
    <>
      <Picked label={t('question')}>
        {(id) => (
          <Select
            id={id}
            className={styles.full}
            disabled={!isNew}
            showSearch={{ optionFilterProp: 'label' }}
            value={linkId ?? undefined}
            onChange={(chosen: string) => {
              setPicked(chosen);
              onChange(null);
            }}
            options={itemsOf(after, (item) => isChoice(item) && findItem(before, item.linkId) !== null)}
          />
        )}
      </Picked>
      <Picked label={t('optionBefore')}>
        {(id) => (
          <Select
            id={id}
            className={styles.full}
            disabled={!isNew || linkId === null}
            showSearch={{ optionFilterProp: 'label' }}
            value={step?.from}
            onChange={(from: string) => linkId !== null && onChange({ kind: 'map-option', linkId, from, to: null })}
            options={
              step && !sources.some(({ value }) => value === step.from) ? [...sources, { value: step.from, label: step.from }] : sources
            }
          />
        )}
      </Picked>
      {step ? (
        <Picked label={t('optionAfter')}>
          {(id) => (
            <Select
              id={id}
              className={styles.full}
              showSearch={{ optionFilterProp: 'label' }}
              value={step.to ?? GIVEN_UP}
              onChange={(to: string) =>
                onChange({ kind: 'map-option', linkId: step.linkId, from: step.from, to: to === GIVEN_UP ? null : to })
              }
              options={[{ value: GIVEN_UP, label: t('fates.drop') }, ...codesOf(after, step.linkId)]}
            />
          )}
        </Picked>
      ) : null}
      {step?.to === null ? (
        <NoteField
          value={step.note ?? ''}
          onChange={(note) =>
            onChange({ kind: 'map-option', linkId: step.linkId, from: step.from, to: null, ...(note === '' ? {} : { note }) })
          }
        />
      ) : null}
    </>
  );
}

/** How answers of the old type become answers of the new one. */
function ConvertFields({ before, after, step, onChange }: Shared & { readonly step: ConvertStep }) {
  const t = useTranslations('formBuilder.changes');
  const types = useTranslations('formBuilder.types');
  const codesOf = useCodeOptions();
  const { codes } = step;
  const listed = codesOf(step.to === 'boolean' ? before : after, step.linkId);
  return (
    <>
      <p>{t('convertTypes', { from: types(step.from), to: types(step.to) })}</p>
      {codes
        ? (['true', 'false'] as const).map((truth) => (
            <Picked key={truth} label={t(`truths.${truth}`)}>
              {(id) => (
                <Select
                  id={id}
                  className={styles.full}
                  value={codes[truth] ?? GIVEN_UP}
                  onChange={(code: string) => onChange({ ...step, codes: { ...codes, [truth]: code === GIVEN_UP ? null : code } })}
                  options={[{ value: GIVEN_UP, label: t('fates.drop') }, ...listed]}
                />
              )}
            </Picked>
          ))
        : null}
      {step.keep ? (
        <Radio.Group
          aria-label={t('keep')}
          value={step.keep}
          onChange={({ target }) => onChange({ ...step, keep: target.value })}
          options={(['first', 'last'] as const).map((value) => ({ value, label: t(`keeps.${value}`) }))}
        />
      ) : null}
    </>
  );
}

type RowsStep = Extract<MigrationStep, { readonly kind: 'move-item' }>;

function RowsFields({ step, onChange }: Shared & { readonly step: RowsStep }) {
  const t = useTranslations('formBuilder.changes');
  return (
    <Radio.Group
      aria-label={t('rowsLabel')}
      value={step.rows}
      onChange={({ target }) => onChange({ ...step, rows: target.value })}
      options={(['first', 'all'] as const).map((value) => ({ value, label: t(`rows.${value}`) }))}
    />
  );
}

const NOTE_MAX = 500;

function NoteField({ value, onChange }: { readonly value: string; readonly onChange: (note: string) => void }) {
  const t = useTranslations('formBuilder.changes');
  return (
    <Picked label={t('noteLabel')}>
      {(id) => (
        <Input.TextArea
          id={id}
          autoSize={{ minRows: 2, maxRows: 4 }}
          maxLength={NOTE_MAX}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Picked>
  );
}

function Picked({ label, children }: { readonly label: string; readonly children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className={styles.setting}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

interface Option {
  readonly value: string;
  readonly label: string;
}

function useItemOptions(): (form: Questionnaire, isOffered: (item: QuestionnaireItem) => boolean) => Option[] {
  const { locale } = useText();
  return (form, isOffered) =>
    allItems(form.item ?? [])
      .filter(isOffered)
      .map((item) => ({ value: item.linkId, label: `${labelOf(item, locale) || item.linkId} · ${item.linkId}` }));
}

function useCodeOptions(): (form: Questionnaire, linkId: string) => Option[] {
  const { locale } = useText();
  return (form, linkId) => {
    const found = findItem(form, linkId);
    return (found ? optionsForEdit(form, found.item) : []).map(({ code, display, translations }) => ({
      value: code || display,
      label: (locale === 'en' ? translations.en : undefined) || display || code,
    }));
  };
}
