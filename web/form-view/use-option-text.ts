'use client';

import { useTranslations } from 'next-intl';
import { type Choice, optionText } from '#core/form/options.ts';
import { useForm } from './form-context.ts';

/** The words of a choice as they are offered, with what it counts where the form shows that. */
export function useOptionText(): (choice: Choice) => string {
  const t = useTranslations('form');
  const { locale } = useForm();
  return (choice) => {
    const option = optionText(choice, locale);
    return choice.score === undefined ? option : t('withScore', { option, score: choice.score });
  };
}
