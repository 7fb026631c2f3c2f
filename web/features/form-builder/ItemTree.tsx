'use client';

import { Tree, type TreeProps } from 'antd';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { Finding } from '#core/bpmn/finding.ts';
import { labelOf } from '#core/form/localize.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import { isHelp } from '#core/form-edit/help-setting.ts';
import { useText } from '#web/lib/use-words.ts';
import styles from './FormBuilder.module.css';
import { ItemIcon } from './ItemIcon.tsx';
import { itemPlaces, type Step, stepOf } from './places.ts';
import type { EditionWork } from './use-edition.ts';
import type { ItemActs } from './use-item-acts.ts';

export interface ItemTreeProps {
  readonly work: EditionWork;
  readonly acts: ItemActs;
  readonly selected: string | null;
  readonly onSelect: (linkId: string) => void;
  readonly problems: ReadonlyMap<string, readonly Finding[]>;
}

/** With Alt held, as in editors of text: arrows move the item, in and out of groups. */
const STEPS: Readonly<Record<string, Step>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'out', ArrowRight: 'in' };

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
  const places = useMemo(() => itemPlaces(form), [form]);
  const nodes = useMemo(() => {
    const nodesOf = (items: readonly QuestionnaireItem[] = []): Node[] =>
      items
        .filter((item) => !isHelp(item))
        .map((item) => ({
          key: item.linkId,
          title: <Row item={item} label={labelOf(item, locale) || item.linkId} findings={problems.get(item.linkId) ?? []} />,
          children: nodesOf(item.item),
        }));
    return nodesOf(form.item);
  }, [form, locale, problems]);
  const open = useMemo(() => [...places.keys()].filter((linkId) => !folded.has(linkId)), [places, folded]);

  const drop: TreeProps['onDrop'] = ({ dragNode, node, dropToGap, dropPosition }) => {
    const moved = String(dragNode.key);
    const target = places.get(String(node.key));
    const own = places.get(moved);
    if (!target || !own) return;
    if (!dropToGap) {
      acts.move(moved, { parent: String(node.key), index: 0 });
      return;
    }
    const isBefore = dropPosition < Number(node.pos.split('-').at(-1));
    const at = target.index + (isBefore ? 0 : 1);
    // Where it is taken away before, those after it move up.
    const isTakenBefore = own.parent === target.parent && own.index < at;
    acts.move(moved, { parent: target.parent, index: isTakenBefore ? at - 1 : at });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // The one that the arrows are at; a pointer leaves it at none.
    const linkId = focused.current ?? selected;
    if (isLocked || linkId === null) return;
    const step = event.altKey ? STEPS[event.key] : undefined;
    if (step) {
      const place = stepOf(form, linkId, step);
      if (place) acts.move(linkId, place);
    } else if (event.key === 'Delete') acts.remove(linkId);
    else if (event.key === 'd' && (event.ctrlKey || event.metaKey)) acts.duplicate(linkId);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className={styles.tree} onKeyDownCapture={onKeyDown}>
      <Tree
        aria-label={t('tree')}
        blockNode
        draggable={isLocked ? false : { icon: false }}
        treeData={nodes}
        selectedKeys={selected === null ? [] : [selected]}
        expandedKeys={open}
        onExpand={(keys) => setFolded(new Set([...places.keys()].filter((linkId) => !keys.includes(linkId))))}
        onSelect={(_, { node }) => onSelect(String(node.key))}
        onActiveChange={(key) => {
          focused.current = key === null || key === undefined ? null : String(key);
        }}
        onDrop={drop}
      />
    </div>
  );
}

function Row({
  item,
  label,
  findings,
}: {
  readonly item: QuestionnaireItem;
  readonly label: string;
  readonly findings: readonly Finding[];
}) {
  const t = useTranslations('formBuilder');
  const isFaulty = findings.some(({ severity }) => severity === 'error');
  return (
    <span className={styles.treeRow} data-hidden={item.extension?.some(({ url }) => url.endsWith('questionnaire-hidden')) || undefined}>
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
