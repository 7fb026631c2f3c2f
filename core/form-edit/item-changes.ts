/** What an inspector edits of an item, as plain values. Blank ('' · null · false · []) means: not set. Names are FHIR's where FHIR has one. */
import type { AccessRule } from '#core/form/access/rules.ts';
import type { AnswerValue, Coding, EnableWhen, ItemType, Quantity } from '#core/form/questionnaire.ts';
import type { ReferenceKind } from '#core/form/references.ts';
import type { ExtractedValueForEdit, ObservationWay } from './extraction-settings.ts';
import type { MediaForEdit, TextForEdit } from './look-settings.ts';
import type { OptionForEdit } from './option-setting.ts';
import type { ConstraintForEdit, VariableForEdit } from './rule-settings.ts';
import type { OptionToggleForEdit } from './toggle-setting.ts';
import type { Translations } from './translations-of.ts';

export interface ItemChanges {
  /** What the new type has no use for is dropped; `typeChangeLoss` says it before. */
  readonly type: ItemType;
  readonly text: string;
  /** Of the text. */
  readonly translations: Translations;
  readonly prefix: string;
  readonly help: TextForEdit | null;
  readonly required: boolean;
  readonly repeats: boolean;
  readonly readOnly: boolean;
  readonly hidden: boolean;
  readonly initial: readonly AnswerValue[];
  readonly minLength: number | null;
  readonly maxLength: number | null;
  readonly regex: string;
  readonly entryFormat: string;
  readonly minValue: AnswerValue | null;
  readonly maxValue: AnswerValue | null;
  /** FHIRPath in place of a fixed limit. */
  readonly minValueExpression: string;
  readonly maxValueExpression: string;
  /** With a unit: for answers in any unit that measures the same. */
  readonly minQuantity: Quantity | null;
  readonly maxQuantity: Quantity | null;
  /** Decimal places. */
  readonly decimals: number | null;
  readonly minOccurs: number | null;
  readonly maxOccurs: number | null;
  readonly unit: Coding | null;
  readonly unitOptions: readonly Coding[];
  /** Canonical of a value set whose codes are units (UCUM). */
  readonly unitValueSet: string;
  /** Code of `questionnaire-itemControl`. */
  readonly itemControl: string;
  readonly choiceOrientation: 'horizontal' | 'vertical' | null;
  readonly sliderStep: number | null;
  readonly collapsible: 'default-open' | 'default-closed' | null;
  /** Of a column, in percent. */
  readonly width: number | null;
  /** Where there is little room. */
  readonly shortText: TextForEdit | null;
  /** The text with its look. */
  readonly markdown: TextForEdit | null;
  readonly media: readonly MediaForEdit[];
  /** Code of `questionnaire-displayCategory`. */
  readonly displayCategory: string;
  /** Where more can be read: an address of the web. */
  readonly supportLink: string;
  readonly options: readonly OptionForEdit[];
  readonly answerValueSet: string;
  readonly optionToggles: readonly OptionToggleForEdit[];
  /** Options are offered with what they count. */
  readonly scoresShown: boolean;
  /** Paths of an option's coding, such as `code`, that are offered beside its words. */
  readonly choiceColumns: readonly string[];
  /** Addresses where value sets are asked for first. */
  readonly terminologyServers: readonly string[];
  readonly referenceKind: ReferenceKind | null;
  readonly signature: boolean;
  readonly mimeTypes: readonly string[];
  readonly maxSizeMegabytes: number | null;
  readonly fact: string;
  /** What the question is called in code systems. */
  readonly codes: readonly Coding[];
  /** The element that the answer fills: `<profile>#<path>`. */
  readonly definition: string;
  readonly observation: ObservationWay | null;
  readonly observationCategories: readonly Coding[];
  readonly extractedResources: readonly string[];
  readonly extractedValues: readonly ExtractedValueForEdit[];
  readonly allocatedIds: readonly string[];
  readonly subQuestionnaire: string;
  readonly linkIdPrefix: string;
  readonly access: readonly AccessRule[];
  readonly enableWhen: readonly EnableWhen[];
  readonly enableBehavior: 'all' | 'any' | null;
  readonly enableWhenExpression: string;
  /** While it is not enabled it is greyed out instead of hidden. */
  readonly greyedOut: boolean;
  readonly calculatedExpression: string;
  readonly initialExpression: string;
  /** What may be chosen. */
  readonly answerExpression: string;
  /** What takes the place of the text. */
  readonly textExpression: string;
  readonly variables: readonly VariableForEdit[];
  readonly constraints: readonly ConstraintForEdit[];
}

export type SettingName = keyof ItemChanges;
export type PlainSettingName = Exclude<SettingName, 'type'>;

/** Would the value leave nothing of the setting? */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  return typeof value === 'object' && Object.values(value).every((each) => each === undefined);
}
