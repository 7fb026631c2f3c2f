/**
 * The kinds of fields that requirements name (text, long text, score, signature, table …) as items. Words are `中文 | English`. What the library
 * and the palette insert is made here, so that a phone number asks for the same everywhere.
 */
import type { ItemType, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { ReferenceKind } from '#core/form/references.ts';
import type { ItemChanges } from '../item-changes.ts';
import { writeItem } from '../item-settings.ts';
import { anOption, type OptionForEdit } from '../option-setting.ts';

export type FieldSettings = Partial<Omit<ItemChanges, 'type' | 'text' | 'translations'>>;

export function field(linkId: string, type: ItemType, words: string, settings: FieldSettings = {}): QuestionnaireItem {
  const [text = '', english = ''] = words.split(' | ');
  return writeItem({ linkId, type }, { text, translations: { en: english }, ...settings });
}

/** Link ids of what stands in a group begin with the group's: `group('patient', …)` with `text('name', …)` has `patient.name`. */
export function group(linkId: string, words: string, items: readonly QuestionnaireItem[], settings: FieldSettings = {}): QuestionnaireItem {
  return { ...field(linkId, 'group', words, settings), item: items.map((item) => below(linkId, item)) };
}

const below = (parent: string, item: QuestionnaireItem): QuestionnaireItem => ({
  ...item,
  linkId: `${parent}.${item.linkId}`,
  ...(item.item ? { item: item.item.map((each) => below(parent, each)) } : {}),
});

/** A table: a repeating group whose items are its columns. */
export const table = (
  linkId: string,
  words: string,
  columns: readonly QuestionnaireItem[],
  settings: FieldSettings = {},
): QuestionnaireItem => group(linkId, words, columns, { repeats: true, itemControl: 'gtable', ...settings });

type Kind = (linkId: string, words: string, settings?: FieldSettings) => QuestionnaireItem;

export const text: Kind = (linkId, words, settings) => field(linkId, 'string', words, { maxLength: 200, ...settings });
export const long: Kind = (linkId, words, settings) => field(linkId, 'text', words, { maxLength: 4000, ...settings });
export const integer: Kind = (linkId, words, settings) => field(linkId, 'integer', words, settings);
export const decimal: Kind = (linkId, words, settings) => field(linkId, 'decimal', words, settings);
export const truth: Kind = (linkId, words, settings) => field(linkId, 'boolean', words, settings);
export const date: Kind = (linkId, words, settings) => field(linkId, 'date', words, settings);
export const dateTime: Kind = (linkId, words, settings) => field(linkId, 'dateTime', words, settings);
export const code: Kind = (linkId, words, settings) => text(linkId, words, { maxLength: 40, ...settings });

export const reference = (linkId: string, words: string, kind: ReferenceKind, settings?: FieldSettings): QuestionnaireItem =>
  field(linkId, 'reference', words, { referenceKind: kind, ...settings });

export const signature: Kind = (linkId, words, settings) => reference(linkId, words, 'person', { signature: true, ...settings });

/** Options are `code: '中文 | English'`; `system` is the last part of the address of their code system. */
export function choice(
  linkId: string,
  words: string,
  { system, options }: { readonly system: string; readonly options: Readonly<Record<string, string>> },
  settings?: FieldSettings,
): QuestionnaireItem {
  const list = Object.entries(options).map(([name, display]) => optionOf(system, name, display));
  const isShort = list.length <= 4;
  return field(linkId, 'choice', words, {
    options: list,
    itemControl: settings?.repeats ? 'check-box' : isShort ? 'radio-button' : 'drop-down',
    ...(isShort && !settings?.repeats ? { choiceOrientation: 'horizontal' } : {}),
    ...settings,
  });
}

function optionOf(system: string, name: string, words: string): OptionForEdit {
  const [display = '', english = ''] = words.split(' | ');
  return anOption(name, display, { system: systemOf(system), translations: { en: english } });
}

const systemOf = (name: string): string => `https://bihuan.dev/fhir/CodeSystem/${name}`;

const GRADES = ['1 很差 | 1 very poor', '2 较差 | 2 poor', '3 一般 | 3 fair', '4 较好 | 4 good', '5 很好 | 5 very good'];

/** One to five, each counting as much. */
export const score: Kind = (linkId, words, settings) =>
  field(linkId, 'choice', words, {
    options: GRADES.map((grade, index) => ({ ...optionOf('score', String(index + 1), grade), score: index + 1 })),
    itemControl: 'radio-button',
    choiceOrientation: 'horizontal',
    ...settings,
  });

/** Nought to ten: how likely somebody recommends it. */
export const recommendation: Kind = (linkId, words, settings) =>
  integer(linkId, words, {
    minValue: { valueInteger: 0 },
    maxValue: { valueInteger: 10 },
    itemControl: 'slider',
    sliderStep: 1,
    ...settings,
  });

export const phone: Kind = (linkId, words, settings) =>
  text(linkId, words, { maxLength: 20, regex: String.raw`(1\d{10}|0\d{2,3}-?\d{7,8})`, entryFormat: '13800000000', ...settings });

/** GB 11643: seventeen digits and what ISO 7064, MOD 11-2 makes of them. */
export const identityNumber: Kind = (linkId, words, settings) =>
  text(linkId, words, {
    maxLength: 18,
    regex: String.raw`\d{17}[\dXx]`,
    constraints: [
      {
        key: 'identity-check',
        expression: `'10X98765432'.substring((${WEIGHTED}) mod 11, 1) = answer.value.substring(17, 1).upper()`,
        human: '身份证号校验码不正确',
        translations: { en: 'The check digit of the identity number is wrong' },
        severity: 'error',
      },
    ],
    ...settings,
  });

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const WEIGHTED = WEIGHTS.map((weight, at) => `answer.value.substring(${at}, 1).toInteger() * ${weight}`).join(' + ');

export const money: Kind = (linkId, words, settings) =>
  decimal(linkId, words, {
    decimals: 2,
    minValue: { valueDecimal: 0 },
    unit: { code: 'CNY', system: 'urn:iso:std:iso:4217', display: '元' },
    ...settings,
  });

export const address: Kind = (linkId, words, settings) => text(linkId, words, { maxLength: 300, ...settings });

const DOCUMENTS = ['application/pdf', 'image/jpeg', 'image/png'];

export const files: Kind = (linkId, words, settings) =>
  field(linkId, 'attachment', words, { repeats: true, mimeTypes: DOCUMENTS, maxSizeMegabytes: 25, ...settings });

export const videos: Kind = (linkId, words, settings) => files(linkId, words, { mimeTypes: ['video/mp4'], ...settings });

/** Images stay in their archive: what is asked for is how to find them there. */
export const studies: Kind = (linkId, words, settings) =>
  table(
    linkId,
    words,
    [
      text('accession', '检查号 | Accession number', { maxLength: 64 }),
      date('date', '检查日期 | Date'),
      field('link', 'url', '影像链接 | Link'),
    ],
    settings,
  );

export const place: Kind = (linkId, words, settings) =>
  group(
    linkId,
    words,
    [
      decimal('latitude', '纬度 | Latitude', { minValue: { valueDecimal: -90 }, maxValue: { valueDecimal: 90 }, decimals: 6 }),
      decimal('longitude', '经度 | Longitude', { minValue: { valueDecimal: -180 }, maxValue: { valueDecimal: 180 }, decimals: 6 }),
    ],
    settings,
  );
