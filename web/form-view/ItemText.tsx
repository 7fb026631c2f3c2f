'use client';

import { lazy, Suspense } from 'react';
import type { QuestionnaireItem } from '#core/form/questionnaire.ts';
import { richTextOf, type TextMark, textMarksOf } from '#core/form/rich-text.ts';
import { useForm, useLabel } from './form-context.ts';
import { keyOf, type RowId } from './model.ts';
import styles from './rich-text.module.css';

/** Large, and few forms need it. */
const RichTextView = lazy(async () => ({ default: (await import('./RichTextView.tsx')).RichTextView }));

interface ItemTextProps {
  readonly item: QuestionnaireItem;
  readonly row: RowId;
  /** May there be paragraphs, lists and tables? Not in a label or heading. */
  readonly isBlock?: boolean;
}

/** The words of an item with their look, or as they are computed. */
export function ItemText({ item, row, isBlock = false }: ItemTextProps) {
  const { store, locale } = useForm();
  const text = useLabel(item, row);
  const rich = store.textOf(keyOf(row, item.linkId)) === undefined ? richTextOf(item, locale) : null;
  const { marks } = textMarksOf(item);
  const words = rich ? (
    <Suspense fallback={text}>
      <RichTextView {...rich} isBlock={isBlock} />
    </Suspense>
  ) : (
    text
  );
  return marks.length > 0 ? <span className={marks.map((mark) => MARK_CLASSES[mark]).join(' ')}>{words}</span> : words;
}

const MARK_CLASSES = {
  bold: styles.bold,
  italic: styles.italic,
  underlined: styles.underlined,
} as const satisfies Record<TextMark, string | undefined>;
