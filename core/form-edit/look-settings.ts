/** How an item looks: what stands in its texts and extensions beside its words. */
import { EXTENSION, settingsOf } from '#core/form/extensions.ts';
import type { Coding, Extension } from '#core/form/questionnaire.ts';
import { entrySetting, partOf, withPart } from './entry-list.ts';
import { extensionOf, withExtension } from './extension-list.ts';
import { withMember } from './members.ts';
import type { ExtensionSetting, Setting } from './setting.ts';
import { type Translations, translationsOf, withTranslatedMember } from './translations-of.ts';

/** A text with its translations. Without words it is none. */
export interface TextForEdit {
  readonly text: string;
  readonly translations: Translations;
}

/** The code of the first coding of a concept; others that stand there stay. */
export const conceptSetting = (url: string, system: string): ExtensionSetting<string> => ({
  read: (holder) => extensionOf(holder, url)?.valueCodeableConcept?.coding?.[0]?.code ?? '',
  write: (holder, code) => {
    const before = extensionOf(holder, url) ?? { url };
    const coding: Coding = { system, code };
    const others = before.valueCodeableConcept?.coding?.slice(1) ?? [];
    return withExtension(holder, url, code === '' ? null : withMember(before, 'valueCodeableConcept', { coding: [coding, ...others] }));
  },
});

export const shortTextSetting: ExtensionSetting<TextForEdit | null> = {
  read: (holder) => {
    const short = extensionOf(holder, EXTENSION.shortText);
    return short?.valueString ? { text: short.valueString, translations: translationsOf(short._valueString) } : null;
  },
  write: (holder, value) => {
    const before = extensionOf(holder, EXTENSION.shortText) ?? { url: EXTENSION.shortText };
    return withExtension(holder, EXTENSION.shortText, value && value.text !== '' ? translated(before, 'valueString', value) : null);
  },
};

/** The text with its look, in Markdown; the plain text stands for whoever cannot draw that. */
export const markdownSetting: Setting<TextForEdit | null> = {
  read: ({ _text = {} }) => {
    const markdown = extensionOf(_text, EXTENSION.renderingMarkdown);
    const text = markdown?.valueMarkdown ?? markdown?.valueString;
    return text ? { text, translations: translationsOf(markdown?._valueMarkdown ?? markdown?._valueString) } : null;
  },
  write: (item, value) => {
    const before = extensionOf(item._text ?? {}, EXTENSION.renderingMarkdown) ?? { url: EXTENSION.renderingMarkdown };
    const name = before.valueString === undefined ? 'valueMarkdown' : 'valueString';
    const extended = withExtension(
      item._text ?? {},
      EXTENSION.renderingMarkdown,
      value && value.text !== '' ? translated(before, name, value) : null,
    );
    return withMember(item, '_text', Object.keys(extended).length > 0 ? extended : undefined);
  },
};

const translated = (before: Extension, name: 'valueString' | 'valueMarkdown', { text, translations }: TextForEdit): Extension =>
  withTranslatedMember(withMember(before, name, text), name, translations);

/** What of a coded option is offered beside its words. */
export const choiceColumnSetting = entrySetting<string>(EXTENSION.choiceColumn, {
  read: (source) => partOf(source, 'path')?.valueString ?? null,
  write: (source, path) => withPart(source ?? { url: EXTENSION.choiceColumn }, 'path', (part) => withMember(part, 'valueString', path)),
  nameOf: (path) => path,
});

/** Of a column, in percent; a width in another unit is not ours to write. */
export const widthSetting: ExtensionSetting<number | null> = {
  read: (holder) => {
    const width = extensionOf(holder, EXTENSION.width)?.valueQuantity;
    return (width?.code ?? width?.unit) === '%' ? (width?.value ?? null) : null;
  },
  write: (holder, value) => {
    const before = extensionOf(holder, EXTENSION.width) ?? { url: EXTENSION.width };
    const percent = { ...before.valueQuantity, value, unit: '%', system: 'http://unitsofmeasure.org', code: '%' };
    return withExtension(holder, EXTENSION.width, value === null ? null : withMember(before, 'valueQuantity', percent));
  },
};

export interface MediaForEdit {
  readonly title: string;
  readonly contentType: string;
  /** Base64; empty where it lies at `url`. */
  readonly data: string;
  readonly url: string;
}

export const mediaSetting = entrySetting<MediaForEdit>(EXTENSION.itemMedia, {
  read: ({ valueAttachment }) => {
    const { title = '', contentType = '', data = '', url = '' } = valueAttachment ?? {};
    return valueAttachment ? { title, contentType, data, url } : null;
  },
  write: (source, media) => {
    const attachment = Object.entries(media).reduce(
      (written, [name, value]) => withMember(written, name, value === '' ? undefined : value),
      source?.valueAttachment ?? {},
    );
    return withMember(source ?? { url: EXTENSION.itemMedia }, 'valueAttachment', attachment);
  },
  nameOf: ({ data, url }) => url || data,
});

/** While it is not enabled it is greyed out instead of hidden. R5 has a member for it, R4 an extension. */
export const greyedOutSetting: Setting<boolean> = {
  read: (item) => settingsOf(item).isProtected,
  write: (item, isGreyedOut) => {
    const before = extensionOf(item, EXTENSION.disabledDisplay) ?? { url: EXTENSION.disabledDisplay };
    return withExtension(
      withMember(item, 'disabledDisplay', undefined),
      EXTENSION.disabledDisplay,
      isGreyedOut ? withMember(before, 'valueCode', 'protected') : null,
    );
  },
};
