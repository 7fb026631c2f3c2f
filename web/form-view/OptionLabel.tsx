'use client';

import type { Choice } from '#core/form/options.ts';
import styles from './extras.module.css';
import { ItemMedia } from './ItemMedia.tsx';

/** The words of an option, with its picture below them. */
export function OptionLabel({ choice, words }: { readonly choice: Choice; readonly words: string }) {
  if (!choice.media) return words;
  return (
    <span className={styles.option}>
      {words}
      <ItemMedia media={choice.media} label={words} />
    </span>
  );
}
