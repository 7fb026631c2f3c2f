'use client';

import { Input, Select } from 'antd';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { OPERATORS } from '#core/quality/validation.ts';
import lists from '#web/ui/ListKeeping.module.css';
import { namesOf, type Rule } from './figures.ts';
import { CodeField, PartDialog, TextPair, withPart } from './PartDialog.tsx';
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

/** One limit of plausibility. */
export function RuleDialog({ draft, begins, onClose }: RuleDialogProps) {
  const t = useTranslations('qualitySet.rules');
  const id = useId();
  const [rule, setRule] = useState<Rule>(begins ?? EMPTY);
  return (
    <PartDialog
      title={t(begins ? 'editTitle' : 'addTitle')}
      draft={draft}
      contents={() => ({ ...draft.contents, rules: withPart(draft.contents.rules, begins, rule) })}
      onClose={onClose}
    >
      <CodeField label={t('code')} code={rule.code} isNew={begins === null} onChange={(code) => setRule({ ...rule, code })} />
      <p className={lists.second}>{t('names', { names: namesOf(draft.contents).join(', ') })}</p>
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
      <TextPair legend={t('instruction')} value={rule.instruction} onChange={(instruction) => setRule({ ...rule, instruction })} />
    </PartDialog>
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
    <div className={lists.pair}>
      <label htmlFor={`${id}-expression`}>
        {t(name)}
        <Input
          id={`${id}-expression`}
          className={lists.code ?? ''}
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
