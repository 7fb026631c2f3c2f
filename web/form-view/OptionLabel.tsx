'use client';

import { type Choice, optionText } from '#core/form/options.ts';
import styles from './extras.module.css';
import { useForm } from './form-context.ts';
import { ItemMedia } from './ItemMedia.tsx';

/** The words of an option, with its picture below them. */
export function OptionLabel({ choice }: { readonly choice: Choice }) {
  const { locale } = useForm();
  const words = optionText(choice, locale);
  if (!choice.media) return words;
  return (
    <span className={styles.option}>
      {words}
      <ItemMedia media={choice.media} label={words} />
    </span>
  );
}
