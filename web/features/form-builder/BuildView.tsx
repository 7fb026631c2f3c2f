'use client';

import { ArrowDownOutlined, ArrowLeftOutlined, ArrowRightOutlined, ArrowUpOutlined, CopyOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Segmented, Tooltip } from 'antd';
import { useTranslations } from 'next-intl';
import { type ReactNode, useMemo, useState } from 'react';
import type { Finding } from '#core/bpmn/finding.ts';
import type { ExpressionEngine } from '#core/form/expression/engine.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { findItem } from '#core/form-edit/tree.ts';
import { AddMenu } from './AddMenu.tsx';
import { Canvas } from './Canvas.tsx';
import { BuilderDrag } from './drag/BuilderDrag.tsx';
import styles from './FormBuilder.module.css';
import { FormSettings } from './FormSettings.tsx';
import { Inspector } from './Inspector.tsx';
import { ItemTree } from './ItemTree.tsx';
import { ProblemList } from './ProblemList.tsx';
import { type Step, stepOf } from './places.ts';
import type { EditionWork } from './use-edition.ts';
import { useItemActs } from './use-item-acts.ts';

export interface BuildViewProps {
  readonly work: EditionWork;
  readonly engine: ExpressionEngine;
  readonly findings: readonly Finding[];
}

const NO_ANSWERS: QuestionnaireResponse = { resourceType: 'QuestionnaireResponse', status: 'in-progress' };

/** What of the three is in sight where there is room for one. */
const PARTS = ['items', 'form', 'settings'] as const;
type Part = (typeof PARTS)[number];

/** Items at the left, the living form in the middle, the settings of what is chosen at the right. */
export function BuildView({ work, engine, findings }: BuildViewProps) {
  const t = useTranslations('formBuilder');
  const [wanted, setSelected] = useState<string | null>(null);
  // It may have gone with an undo, an import or somebody else's text.
  const selected = wanted !== null && findItem(work.form, wanted) ? wanted : null;
  const [part, setPart] = useState<Part>('items');
  const [said, announce] = useState('');
  const acts = useItemActs(work, { selected, onSelect: setSelected, announce });
  const problems = useMemo(() => byItem(findings), [findings]);
  const choose = (linkId: string | null) => {
    setSelected(linkId);
    if (linkId !== null) setPart('settings');
  };
  return (
    <BuilderDrag form={work.form} acts={acts} announce={announce}>
      <div className={styles.buildBar}>
        <AddMenu acts={acts} isDisabled={work.isLocked} />
        <Toolbar work={work} selected={selected} onStep={acts.step} onDuplicate={acts.duplicate} onRemove={acts.remove} />
        <div className={styles.partSwitch}>
          <Segmented<Part>
            block
            aria-label={t('parts.label')}
            value={part}
            onChange={setPart}
            options={PARTS.map((each) => ({ value: each, label: t(`parts.${each}`) }))}
          />
        </div>
      </div>
      <div className={styles.build} data-part={part}>
        <section className={styles.items} aria-label={t('parts.items')}>
          <Button type="text" block className={styles.formRow} aria-pressed={selected === null} onClick={() => setSelected(null)}>
            {t('wholeForm')}
          </Button>
          {work.form.item?.length ? (
            <ItemTree work={work} acts={acts} selected={selected} onSelect={setSelected} problems={problems} />
          ) : (
            <p className={styles.quiet}>{t('emptyHint')}</p>
          )}
          <ProblemList findings={findings} form={work.form} onShow={choose} />
        </section>
        <section className={styles.middle} aria-label={t('parts.form')}>
          <Canvas
            form={work.form}
            engine={engine}
            response={NO_ANSWERS}
            selected={selected}
            onSelect={setSelected}
            acts={acts}
            isLocked={work.isLocked}
          />
        </section>
        <section className={styles.side} aria-label={t('parts.settings')}>
          {selected === null ? (
            <FormSettings work={work} findings={problems.get('questionnaire') ?? []} />
          ) : (
            <Inspector key={selected} work={work} linkId={selected} findings={problems.get(selected) ?? []} onRenamed={setSelected} />
          )}
        </section>
      </div>
      <span className="bh-visually-hidden" aria-live="polite">
        {said}
      </span>
    </BuilderDrag>
  );
}

function byItem(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const finding of findings) found.set(finding.elementId, [...(found.get(finding.elementId) ?? []), finding]);
  return found;
}

interface ToolbarProps {
  readonly work: EditionWork;
  readonly selected: string | null;
  readonly onStep: (linkId: string, step: Step) => void;
  readonly onDuplicate: (linkId: string) => void;
  readonly onRemove: (linkId: string) => void;
}

const STEPS: readonly (readonly [Step, ReactNode])[] = [
  ['up', <ArrowUpOutlined key="up" aria-hidden />],
  ['down', <ArrowDownOutlined key="down" aria-hidden />],
  ['out', <ArrowLeftOutlined key="out" aria-hidden />],
  ['in', <ArrowRightOutlined key="in" aria-hidden />],
];

/** What the keys do, for pointers and thumbs. */
function Toolbar({ work: { form, isLocked }, selected, onStep, onDuplicate, onRemove }: ToolbarProps) {
  const t = useTranslations('formBuilder.toolbar');
  const isIdle = isLocked || selected === null;
  const button = (label: string, icon: ReactNode, isDisabled: boolean, run: (linkId: string) => void) => (
    <Tooltip key={label} title={label}>
      <Button
        size="small"
        type="text"
        icon={icon}
        aria-label={label}
        disabled={isDisabled}
        onClick={() => selected !== null && run(selected)}
      />
    </Tooltip>
  );
  return (
    <span className={styles.tools}>
      {STEPS.map(([step, icon]) =>
        button(t(step), icon, isIdle || stepOf(form, selected, step) === null, (linkId) => onStep(linkId, step)),
      )}
      {button(t('duplicate'), <CopyOutlined aria-hidden />, isIdle, onDuplicate)}
      {button(t('remove'), <DeleteOutlined aria-hidden />, isIdle, onRemove)}
    </span>
  );
}
