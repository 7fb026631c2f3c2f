/**
 * Every text of a form that people read, as a row with its translation: for a screen on which a form is translated, and for the sheet that goes
 * to a translator. Writing one back changes that text alone.
 */

import { EXTENSION } from '#core/form/extensions.ts';
import type { Coding, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { TerminologyResource } from '#core/form/terminology/resources.ts';
import type { Locale } from '#core/text.ts';
import { extensionOf } from './extension-list.ts';
import { isHelp } from './help-setting.ts';
import { constraintSetting } from './rule-settings.ts';
import { SETTINGS } from './setting-table.ts';
import { type Translations, translationsOf } from './translations-of.ts';
import { conceptsOf, type ValueSetConcept } from './value-set-texts.ts';

export const TEXT_KINDS = ['title', 'description', 'text', 'shortText', 'markdown', 'help', 'option', 'constraint', 'unit'] as const;
export type TextKind = (typeof TEXT_KINDS)[number];

export interface TextPath {
  /** Null: the form; `#id`: a value set that it contains. */
  readonly linkId: string | null;
  readonly kind: TextKind;
  /** Code of an option or unit, key of a constraint; else empty. */
  readonly part: string;
}

export interface TextRow {
  readonly path: TextPath;
  readonly source: string;
  /** Empty where there is none. */
  readonly translation: string;
}

/** In the order in which they are read. Texts that an expression computes have none. */
export function textsOf(questionnaire: Questionnaire, to: Locale = 'en'): readonly TextRow[] {
  const row = (path: TextPath, source: string | undefined, translations: Translations): readonly TextRow[] =>
    source === undefined || source === '' ? [] : [{ path, source, translation: translations[to] ?? '' }];
  const own = (kind: TextKind, part = ''): TextPath => ({ linkId: null, kind, part });
  return [
    ...row(own('title'), questionnaire.title, translationsOf(questionnaire._title)),
    ...row(own('description'), questionnaire.description, translationsOf(questionnaire._description)),
    ...constraintSetting.read(questionnaire).flatMap(({ key, human, translations }) => row(own('constraint', key), human, translations)),
    ...(questionnaire.item ?? []).flatMap((item) => itemTexts(item, row)),
    ...(questionnaire.contained ?? []).flatMap((set) => setTexts(set, row)),
  ];
}

export interface Completeness {
  readonly total: number;
  readonly translated: number;
  readonly missing: readonly TextPath[];
}

export function completenessOf(rows: readonly TextRow[]): Completeness {
  const missing = rows.filter(({ translation }) => translation === '').map(({ path }) => path);
  return { total: rows.length, translated: rows.length - missing.length, missing };
}

type Row = (path: TextPath, source: string | undefined, translations: Translations) => readonly TextRow[];

function itemTexts(item: QuestionnaireItem, row: Row): readonly TextRow[] {
  const { linkId } = item;
  const path = (kind: TextKind, part = ''): TextPath => ({ linkId, kind, part });
  const besides = TRANSLATED.map((kind) => ({ kind, written: SETTINGS[kind].read(item) }));
  const options = SETTINGS.options.read(item).filter(({ plain }) => !plain);
  const others = (item.item ?? []).filter((each) => each !== item.item?.find(isHelp));
  return [
    ...(SETTINGS.textExpression.read(item) === '' ? row(path('text'), item.text, translationsOf(item._text)) : []),
    ...besides.flatMap(({ kind, written }) => row(path(kind), written?.text, written?.translations ?? {})),
    ...unitsOf(item).flatMap((unit) => row(path('unit', partOf(unit)), unit.display, translationsOf(unit._display))),
    ...options.flatMap((option) => row(path('option', partOf(option)), option.display, option.translations)),
    ...SETTINGS.constraints.read(item).flatMap(({ key, human, translations }) => row(path('constraint', key), human, translations)),
    ...others.flatMap((each) => itemTexts(each, row)),
  ];
}

/** Settings that are a text with its translations. */
export const TRANSLATED = ['shortText', 'markdown', 'help'] as const satisfies readonly TextKind[];

/** What tells an option or unit from the others of its item. */
export const partOf = ({ code, display }: Pick<Coding, 'code' | 'display'>): string => code || (display ?? '');

const unitsOf = (item: QuestionnaireItem): readonly Coding[] => {
  const unit = extensionOf(item, EXTENSION.unit)?.valueCoding;
  return [...(unit ? [unit] : []), ...SETTINGS.unitOptions.read(item)];
};

const setTexts = (set: TerminologyResource, row: Row): readonly TextRow[] =>
  (set.resourceType === 'ValueSet' ? conceptsOf(set) : []).flatMap((concept: ValueSetConcept) =>
    row({ linkId: `#${set.id}`, kind: 'option', part: concept.code }, concept.display, concept.translations),
  );
