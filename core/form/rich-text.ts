/**
 * Texts with a look: `rendering-xhtml`, `rendering-markdown` and the little of `rendering-style` that says something. Here they are only
 * found; whoever draws them must take out everything that is not text and plain marks.
 */
import type { Locale } from '#core/text.ts';
import { EXTENSION } from './extensions.ts';
import { translationOf } from './localize.ts';
import type { QuestionnaireItem } from './questionnaire.ts';

export interface RichText {
  readonly kind: 'xhtml' | 'markdown';
  readonly source: string;
}

/** Null where the plain text is to be shown: there is no other, or none in the language in which the plain text can be read. */
export function richTextOf(item: QuestionnaireItem, locale: Locale): RichText | null {
  const extensions = item._text?.extension;
  if (!extensions) return null;
  const isTranslated = translationOf(item._text, locale) !== null;
  for (const { url, valueString, valueMarkdown, _valueString, _valueMarkdown } of extensions) {
    const kind = KINDS[url];
    if (kind === undefined) continue;
    const translated = translationOf(_valueString ?? _valueMarkdown, locale);
    const source = translated ?? (isTranslated ? undefined : (valueString ?? valueMarkdown));
    if (source) return { kind, source };
  }
  return null;
}

const KINDS: Readonly<Record<string, RichText['kind']>> = {
  [EXTENSION.renderingXhtml]: 'xhtml',
  [EXTENSION.renderingMarkdown]: 'markdown',
};

export type TextMark = 'bold' | 'italic' | 'underlined';

/** Colours, sizes and places are left out: they would fight with the theme, contrast and the width of a phone. */
const MARKS: Readonly<Record<string, TextMark>> = {
  'font-weight:bold': 'bold',
  'font-weight:600': 'bold',
  'font-weight:700': 'bold',
  'font-style:italic': 'italic',
  'text-decoration:underline': 'underlined',
};

export function textMarksOf(item: QuestionnaireItem): { readonly marks: readonly TextMark[]; readonly ignored: readonly string[] } {
  const style = [...(item._text?.extension ?? []), ...(item.extension ?? [])].find(
    ({ url }) => url === EXTENSION.renderingStyle,
  )?.valueString;
  const declarations = (style ?? '').split(';').map((each) => each.toLowerCase().replace(/\s+/g, ' ').replace(/ ?: ?/, ':').trim());
  const known = declarations.filter(Boolean);
  return {
    marks: [...new Set(known.flatMap((each) => MARKS[each] ?? []))],
    ignored: [...new Set(known.filter((each) => !(each in MARKS)).map((each) => each.split(':')[0] ?? ''))],
  };
}
