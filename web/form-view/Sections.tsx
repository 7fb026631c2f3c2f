'use client';

import { settingsOf } from '#core/form/extensions.ts';
import { allItems } from '#core/form/items.ts';
import { isFooter, isHeader } from '#core/form/pages.ts';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import styles from './FormView.module.css';
import { useEnabledAmong } from './form-context.ts';
import { Item } from './Item.tsx';
import { ROOT_ROW } from './model.ts';
import { Section } from './Section.tsx';

/** About what a window shows at first: what comes after is drawn while the form can be filled in already. */
const ITEMS_AT_ONCE = 30;

/** The top of a form or page: each group a section of its own, what stands between them in sections without a title. */
export function Sections({ items }: { readonly items: readonly QuestionnaireItem[] }) {
  let before = 0;
  return runsOf(inOrder(items)).map((run) => {
    if (!run.group) return <Untitled key={run.items[0]?.linkId} items={run.items} />;
    const isAtOnce = before < ITEMS_AT_ONCE;
    before += allItems([run.group]).length;
    return <Section key={run.group.linkId} item={run.group} isAtOnce={isAtOnce} />;
  });
}

function Untitled({ items }: { readonly items: readonly QuestionnaireItem[] }) {
  const enabled = useEnabledAmong(items, ROOT_ROW);
  const isEmpty = items.every((item) => settingsOf(item).hidden || !(enabled.includes(item) || settingsOf(item).isProtected));
  if (isEmpty) return null;
  return (
    <div className={`${styles.section} ${styles.untitled}`} data-kind={kindOf(items)}>
      <div className={styles.fields}>
        {items.map((item) => (
          <Item key={item.linkId} item={item} row={ROOT_ROW} level={3} />
        ))}
      </div>
    </div>
  );
}

/** A header stands first and a footer last, wherever the form has them. */
const inOrder = (items: readonly QuestionnaireItem[]): readonly QuestionnaireItem[] => [
  ...items.filter(isHeader),
  ...items.filter((item) => !isHeader(item) && !isFooter(item)),
  ...items.filter(isFooter),
];

const kindOf = (items: readonly QuestionnaireItem[]) => (items.every(isHeader) ? 'header' : items.every(isFooter) ? 'footer' : undefined);

type Run =
  | { readonly group: QuestionnaireItem; readonly items: readonly [] }
  | { readonly group: null; readonly items: QuestionnaireItem[] };

function runsOf(items: readonly QuestionnaireItem[]): readonly Run[] {
  const runs: Run[] = [];
  for (const item of items) {
    const last = runs.at(-1);
    if (item.type === 'group') runs.push({ group: item, items: [] });
    else if (last?.group === null && kindOf(last.items) === kindOf([item])) last.items.push(item);
    else runs.push({ group: null, items: [item] });
  }
  return runs;
}
