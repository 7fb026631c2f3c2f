/** What an inspector edits of an item, as plain values. Blank ('' · null · false · []) means: not set. Names are FHIR's where FHIR has one. */
import type { AccessRule } from '#core/form/access/rules.ts';
import type { AnswerValue, Coding, EnableWhen, ItemType } from '#core/form/questionnaire.ts';
import type { ReferenceKind } from '#core/form/references.ts';
import type { HelpForEdit } from './help-setting.ts';
import type { OptionForEdit } from './option-setting.ts';
import type { ConstraintForEdit, VariableForEdit } from './rule-settings.ts';
import type { Translations } from './translations-of.ts';

export interface ItemChanges {
  /** What the new type has no use for is dropped; `typeChangeLoss` says it before. */
  readonly type: ItemType;
  readonly text: string;
  /** Of the text. */
  readonly translations: Translations;
  readonly prefix: string;
  readonly help: HelpForEdit | null;
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
  /** Decimal places. */
  readonly decimals: number | null;
  readonly minOccurs: number | null;
  readonly maxOccurs: number | null;
  readonly unit: Coding | null;
  readonly unitOptions: readonly Coding[];
  /** Code of `questionnaire-itemControl`. */
  readonly itemControl: string;
  readonly choiceOrientation: 'horizontal' | 'vertical' | null;
  readonly sliderStep: number | null;
  readonly collapsible: 'default-open' | 'default-closed' | null;
  readonly options: readonly OptionForEdit[];
  readonly answerValueSet: string;
  readonly referenceKind: ReferenceKind | null;
  readonly signature: boolean;
  readonly mimeTypes: readonly string[];
  readonly maxSizeMegabytes: number | null;
  readonly fact: string;
  readonly access: readonly AccessRule[];
  readonly enableWhen: readonly EnableWhen[];
  readonly enableBehavior: 'all' | 'any' | null;
  readonly enableWhenExpression: string;
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
