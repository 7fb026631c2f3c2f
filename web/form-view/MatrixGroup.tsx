'use client';

import type { CSSProperties } from 'react';
import type { Matrix } from '#core/form/layout.ts';
import { elementIds, useForm } from './form-context.ts';
import { type GroupProps, Items } from './Group.tsx';
import { MatrixRow } from './MatrixRow.tsx';
import styles from './matrix.module.css';
import { keyOf } from './model.ts';
import { useOptionText } from './use-option-text.ts';

/**
 * Questions with the same options as lines under common heads. To a screen reader each line is a group of radio buttons or boxes with
 * their own words, so the heads are for eyes; where there is no room for heads, the style sheet shows the words instead.
 */
export function MatrixGroup({ item, row, level, layout }: GroupProps & { readonly layout: Matrix }) {
  const { id } = useForm();
  const textOf = useOptionText();
  const { questions, options, others, isTurned } = layout;
  // A type cannot name custom properties.
  const counts = { '--options': options.length, '--questions': questions.length } as CSSProperties;
  const width = Math.max(isTurned ? questions.length : options.length) > 6 ? 'many' : 'few';
  return (
    <>
      <Items items={others} row={row} level={level} />
      <div
        role="group"
        aria-labelledby={item.text ? elementIds(id, keyOf(row, item.linkId)).label : undefined}
        className={styles.matrix}
        data-turned={isTurned || undefined}
        data-columns={width}
        style={counts}
      >
        <div className={styles.head} aria-hidden>
          <span />
          {options.map((option) => (
            <span key={option.key}>{textOf(option)}</span>
          ))}
        </div>
        {questions.map((question) => (
          <MatrixRow key={question.linkId} item={question} row={row} />
        ))}
      </div>
    </>
  );
}
