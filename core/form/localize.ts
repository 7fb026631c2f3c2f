/** Texts of a form in the reader's language, through the standard `translation` extension. */
import type { Locale } from '#core/text.ts';
import { EXTENSION } from './extensions.ts';
import type { Extended, Questionnaire, QuestionnaireItem } from './questionnaire.ts';

/** The translation for the locale, or null where there is none. */
export function translationOf(extended: Extended | undefined, locale: Locale): string | null {
  for (const translation of extended?.extension ?? []) {
    if (translation.url !== EXTENSION.translation) continue;
    const part = (url: string) => translation.extension?.find((extension) => extension.url === url);
    const language = part('lang')?.valueCode ?? '';
    const content = part('content');
    const translated = content?.valueString ?? content?.valueMarkdown;
    if (translated && language.slice(0, 2).toLowerCase() === locale.slice(0, 2)) return translated;
  }
  return null;
}

/** A text in English beside the one that stands there. */
export const inEnglish = (content: string): Extended => ({
  extension: [
    {
      url: EXTENSION.translation,
      extension: [
        { url: 'lang', valueCode: 'en' },
        { url: 'content', valueString: content },
      ],
    },
  ],
});

/** The translation for the locale, else the text itself. `en` is met by `en-GB` and the other way round. */
export const localized = (text: string | undefined, extended: Extended | undefined, locale: Locale): string =>
  translationOf(extended, locale) ?? text ?? '';

export const titleOf = (questionnaire: Questionnaire, locale: Locale): string =>
  localized(questionnaire.title, questionnaire._title, locale);

export const labelOf = (item: QuestionnaireItem, locale: Locale): string => localized(item.text, item._text, locale);

/** The label where there is little room: heads of columns, tabs, contents. */
export function shortLabelOf(item: QuestionnaireItem, locale: Locale): string {
  const short = item.extension?.find(({ url }) => url === EXTENSION.shortText);
  if (!short?.valueString) return labelOf(item, locale);
  const translated = translationOf(short._valueString, locale);
  // A short text in another language than the label's is worse than a long label.
  return translated ?? (translationOf(item._text, locale) === null ? short.valueString : labelOf(item, locale));
}
