/** Translations of one text, as they stand in `translation` extensions (https://hl7.org/fhir/R4/extension-translation.html). */
import { EXTENSION } from '#core/form/extensions.ts';
import type { Extended, Extension } from '#core/form/questionnaire.ts';
import type { Locale } from '#core/text.ts';
import { withList, withMember } from './members.ts';

/** Languages that the text is not written in itself. */
export type Translations = Readonly<Partial<Record<Locale, string>>>;

const LOCALES: readonly Locale[] = ['zh-CN', 'en'];

export function translationsOf(extended: Extended | undefined): Translations {
  const found: Partial<Record<Locale, string>> = {};
  for (const extension of extended?.extension ?? []) {
    const locale = localeOf(extension);
    const text = locale && contentOf(extension);
    if (locale && text && found[locale] === undefined) found[locale] = text;
  }
  return found;
}

/** Languages that are not ours, and everything else that stands on the text, stay. `undefined` where nothing is left. */
export function withTranslations(extended: Extended | undefined, translations: Translations): Extended | undefined {
  let list = extended?.extension ?? [];
  for (const locale of LOCALES) {
    const text = translations[locale] ?? '';
    const at = list.findIndex((extension) => localeOf(extension) === locale);
    const present = list[at];
    if (!present) list = text === '' ? list : [...list, translation(locale, text)];
    else if (text === '') list = list.toSpliced(at, 1);
    else if (contentOf(present) !== text) list = list.with(at, withContent(present, text));
  }
  if (list === extended?.extension) return extended;
  const written = withList(extended ?? {}, 'extension', list);
  return Object.keys(written).length > 0 ? written : undefined;
}

/** The translations of a primitive stand beside it, under its name with an underscore. */
export function withTranslatedMember<T extends object>(holder: T, name: string, translations: Translations): T {
  const extended = Reflect.get(holder, `_${name}`) as Extended | undefined;
  return withMember(holder, `_${name}`, withTranslations(extended, translations));
}

const partOf = ({ extension = [] }: Extension, url: string): Extension | undefined => extension.find((part) => part.url === url);

/** `en` stands for `en-GB` too, as where it is read (`localize.ts`). */
function localeOf(extension: Extension): Locale | null {
  if (extension.url !== EXTENSION.translation) return null;
  const language = partOf(extension, 'lang')?.valueCode?.slice(0, 2).toLowerCase();
  return LOCALES.find((locale) => locale.slice(0, 2) === language) ?? null;
}

const contentOf = (extension: Extension): string | undefined =>
  partOf(extension, 'content')?.valueString ?? partOf(extension, 'content')?.valueMarkdown;

function withContent(present: Extension, text: string): Extension {
  const parts = present.extension ?? [];
  const at = parts.findIndex(({ url }) => url === 'content');
  const content = parts[at];
  if (!content) return withList(present, 'extension', [...parts, { url: 'content', valueString: text }]);
  return withList(present, 'extension', parts.with(at, withMember(content, content.valueMarkdown ? 'valueMarkdown' : 'valueString', text)));
}

const translation = (locale: Locale, text: string): Extension => ({
  url: EXTENSION.translation,
  extension: [
    { url: 'lang', valueCode: locale },
    { url: 'content', valueString: text },
  ],
});
