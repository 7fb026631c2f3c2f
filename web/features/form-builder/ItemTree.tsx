'use client';

import { useDraggable } from '@dnd-kit/core';
import { Tree } from 'antd';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { Finding } from '#core/bpmn/finding.ts';
import { labelOf } from '#core/form/localize.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import { isHelp } from '#core/form-edit/help-setting.ts';
import { linkIdsIn } from '#core/form-edit/tree.ts';
import { useText } from '#web/lib/use-words.ts';
import type { Dragged } from './drag/dragged.ts';
import { useDropArea } from './drag/drop-area.ts';
import { targetInTree } from './drag/drop-target.ts';
import styles from './FormBuilder.module.css';
import { ItemIcon } from './ItemIcon.tsx';
import { onItemKey } from './item-keys.ts';
import type { EditionWork } from './use-edition.ts';
import type { ItemActs } from './use-item-acts.ts';

export interface ItemTreeProps {
  readonly work: EditionWork;
  readonly acts: ItemActs;
  readonly selected: string | null;
  readonly onSelect: (linkId: string) => void;
  readonly problems: ReadonlyMap<string, readonly Finding[]>;
}

interface Node {
  readonly key: string;
  readonly title: React.ReactNode;
  readonly children: Node[];
}

/** Every item of the form, to be chosen and moved, by pointer and by keyboard. */
export function ItemTree({ work, acts, selected, onSelect, problems }: ItemTreeProps) {
  const t = useTranslations('formBuilder');
  const { locale } = useText();
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const focused = useRef<string | null>(null);
  const { form, isLocked } = work;
  const linkIds = useMemo(() => linkIdsIn(form.item ?? []), [form]);
  const nodes = useMemo(() => {
    const nodesOf = (items: readonly QuestionnaireItem[] = []): Node[] =>
      items
        .filter((item) => !isHelp(item))
        .map((item) => ({
          key: item.linkId,
          title: (
            <Row item={item} label={labelOf(item, locale) || item.linkId} findings={problems.get(item.linkId) ?? []} isLocked={isLocked} />
          ),
          children: nodesOf(item.item),
        }));
    return nodesOf(form.item);
  }, [form, locale, problems, isLocked]);
  const open = useMemo(() => linkIds.filter((linkId) => !folded.has(linkId)), [linkIds, folded]);

  const setArea = useDropArea('tree', form, (boxes, area, point) => targetInTree(boxes, new Set(open), area, point));
  const onKeyDown = (event: KeyboardEvent) => {
    // The one that the arrows are at; a pointer leaves it at none.
    const linkId = focused.current ?? selected;
    if (!isLocked && linkId !== null) onItemKey(event, linkId, acts);
  };

  return (
    <div ref={setArea} className={styles.tree} onKeyDownCapture={onKeyDown}>
      <Tree
        aria-label={t('tree')}
        blockNode
        treeData={nodes}
        selectedKeys={selected === null ? [] : [selected]}
        expandedKeys={open}
        onExpand={(keys) => setFolded(new Set(linkIds.filter((linkId) => !keys.includes(linkId))))}
        onSelect={(_, { node }) => onSelect(String(node.key))}
        onActiveChange={(key) => {
          focused.current = key === null || key === undefined ? null : String(key);
        }}
      />
    </div>
  );
}

interface RowProps {
  readonly item: QuestionnaireItem;
  readonly label: string;
  readonly findings: readonly Finding[];
  readonly isLocked: boolean;
}

function Row({ item, label, findings, isLocked }: RowProps) {
  const t = useTranslations('formBuilder');
  const isFaulty = findings.some(({ severity }) => severity === 'error');
  const { linkId, type } = item;
  const data: Dragged = { kind: 'item', linkId, type, name: label };
  const { setNodeRef, listeners } = useDraggable({ id: `tree ${linkId}`, data, disabled: isLocked });
  return (
    <span
      ref={setNodeRef}
      {...listeners}
      className={styles.treeRow}
      data-link-id={linkId}
      data-hidden={item.extension?.some(({ url }) => url.endsWith('questionnaire-hidden')) || undefined}
    >
      <ItemIcon type={item.type} />
      <span className={styles.treeLabel}>{label}</span>
      {item.required ? (
        <span className={styles.mark} title={t('settings.required')}>
          *
        </span>
      ) : null}
      {item.enableWhen || item.extension?.some(({ url }) => url.endsWith('enableWhenExpression')) ? (
        <span className={styles.treeTag}>{t('conditional')}</span>
      ) : null}
      {findings.length > 0 ? (
        <span className={isFaulty ? styles.faulty : styles.doubtful} title={t('problemCount', { count: findings.length })}>
          {findings.length}
        </span>
      ) : null}
    </span>
  );
}
