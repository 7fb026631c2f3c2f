'use client';

import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import styles from './FormView.module.css';
import { useForm } from './form-context.ts';
import { Item } from './Item.tsx';
import { ROOT_ROW } from './model.ts';
import { Section } from './Section.tsx';

/** The top of a form: each group a section of its own, what stands between them in sections without a title. */
export function Sections() {
  const { questionnaire } = useForm();
  return runsOf(questionnaire.item ?? []).map((run) =>
    run.group ? (
      <Section key={run.group.linkId} item={run.group} />
    ) : (
      <div key={run.items[0]?.linkId} className={`${styles.section} ${styles.untitled}`}>
        <div className={styles.fields}>
          {run.items.map((item) => (
            <Item key={item.linkId} item={item} row={ROOT_ROW} level={3} />
          ))}
        </div>
      </div>
    ),
  );
}

type Run =
  | { readonly group: QuestionnaireItem; readonly items: readonly [] }
  | { readonly group: null; readonly items: QuestionnaireItem[] };

function runsOf(items: readonly QuestionnaireItem[]): readonly Run[] {
  const runs: Run[] = [];
  for (const item of items) {
    const last = runs.at(-1);
    if (item.type === 'group') runs.push({ group: item, items: [] });
    else if (last?.group === null) last.items.push(item);
    else runs.push({ group: null, items: [item] });
  }
  return runs;
}
