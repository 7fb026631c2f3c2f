'use client';

import { Input, Modal, Select } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { OPERATORS } from '#core/quality/validation.ts';
import { namesOf, type Rule } from './figures.ts';
import { Problems } from './Problems.tsx';
import styles from './QualitySet.module.css';
import type { Draft } from './use-draft.ts';

export interface RuleDialogProps {
  readonly draft: Draft;
  /** Null: a new one. */
  readonly begins: Rule | null;
  readonly onClose: () => void;
}

const EMPTY: Rule = {
  code: '',
  left: { expression: '', missing: 'skip-if-any-missing' },
  operator: '<=',
  right: { expression: '', missing: 'skip-if-any-missing' },
  severity: 'warning',
  instruction: { 'zh-CN': '', en: '' },
};

const STRATEGIES = ['never-skip', 'skip-if-all-missing', 'skip-if-any-missing'] as const;

/** One limit of plausibility. What is wrong is told here, and what was written stays. */
export function RuleDialog({ draft, begins, onClose }: RuleDialogProps) {
  const t = useTranslations('qualitySet.rules');
  const all = useTranslations('qualitySet');
  const words = useTranslations('qualitySet.indicators');
  const id = useId();
  const [rule, setRule] = useState<Rule>(begins ?? EMPTY);
  const { rules } = draft.contents;
  const save = (): void =>
    draft.save(
      { ...draft.contents, rules: begins ? rules.map((each) => (each.code === begins.code ? rule : each)) : [...rules, rule] },
      onClose,
    );
  return (
    <Modal
      open
      width={720}
      title={t(begins ? 'editTitle' : 'addTitle')}
      okText={all('save')}
      cancelText={all('cancel')}
      confirmLoading={draft.isSaving}
      onCancel={onClose}
      onOk={save}
    >
      <div className={styles.fields}>
        <label htmlFor={`${id}-code`}>
          {t('code')}
          <Input
            id={`${id}-code`}
            value={rule.code}
            disabled={begins !== null}
            maxLength={60}
            onChange={({ target }) => setRule({ ...rule, code: target.value.trim() })}
          />
        </label>
        <p className={styles.second}>{t('names', { names: namesOf(draft.contents).join(', ') })}</p>
        <Side name="left" rule={rule} onChange={(left) => setRule({ ...rule, left })} />
        <label htmlFor={`${id}-operator`}>
          {t('operator')}
          <Select
            id={`${id}-operator`}
            value={rule.operator}
            onChange={(operator) => setRule({ ...rule, operator })}
            options={OPERATORS.map((value) => ({ value, label: t(`operators.${value}`) }))}
          />
        </label>
        <Side name="right" rule={rule} onChange={(right) => setRule({ ...rule, right })} />
        <label htmlFor={`${id}-severity`}>
          {t('severity')}
          <Select
            id={`${id}-severity`}
            value={rule.severity}
            onChange={(severity) => setRule({ ...rule, severity })}
            options={(['error', 'warning'] as const).map((value) => ({ value, label: t(`severities.${value}`) }))}
          />
        </label>
        <fieldset>
          <legend>{t('instruction')}</legend>
          {(['zh-CN', 'en'] as const).map((language) => (
            <label key={language} htmlFor={`${id}-${language}`}>
              {words(language === 'en' ? 'en' : 'zh')}
              <Input
                id={`${id}-${language}`}
                value={rule.instruction[language]}
                maxLength={300}
                onChange={({ target }) => setRule({ ...rule, instruction: { ...rule.instruction, [language]: target.value } })}
              />
            </label>
          ))}
        </fieldset>
        <Problems problems={draft.problems} />
      </div>
    </Modal>
  );
}

interface SideProps {
  readonly name: 'left' | 'right';
  readonly rule: Rule;
  readonly onChange: (side: Rule['left']) => void;
}

function Side({ name, rule, onChange }: SideProps) {
  const t = useTranslations('qualitySet.rules');
  const id = useId();
  const side = rule[name];
  return (
    <div className={styles.pair}>
      <label htmlFor={`${id}-expression`}>
        {t(name)}
        <Input
          id={`${id}-expression`}
          className={styles.code ?? ''}
          value={side.expression}
          maxLength={500}
          onChange={({ target }) => onChange({ ...side, expression: target.value })}
        />
      </label>
      <label htmlFor={`${id}-missing`}>
        {t(name === 'left' ? 'missingLeft' : 'missingRight')}
        <Select
          id={`${id}-missing`}
          value={side.missing}
          onChange={(missing) => onChange({ ...side, missing })}
          options={STRATEGIES.map((value) => ({ value, label: t(`strategies.${value}`) }))}
        />
      </label>
    </div>
  );
}
