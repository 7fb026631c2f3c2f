/** One field for each setting. A new setting does not compile until it has one. */
import type { ReactNode } from 'react';
import { REFERENCE_KINDS } from '#core/form/references.ts';
import { OBSERVATION_WAYS } from '#core/form-edit/extraction-settings.ts';
import type { ItemChanges, SettingName } from '#core/form-edit/item-changes.ts';
import { AccessField } from './AccessField.tsx';
import { CalculationField } from './CalculationField.tsx';
import { ConditionsField } from './ConditionsField.tsx';
import { ControlField } from './ControlField.tsx';
import { expressionField } from './expressions.tsx';
import { MediaField } from './MediaField.tsx';
import { OptionsField } from './OptionsField.tsx';
import { PartField } from './PartField.tsx';
import { codeField, flagField, numberField, selectField, textField } from './plain.tsx';
import { CodesField, ExtractedValuesField, ObservationCategoriesField } from './records.tsx';
import { ConstraintsField, VariablesField } from './rules.tsx';
import type { SettingProps } from './setting-field.ts';
import { TogglesField } from './TogglesField.tsx';
import { TypeField } from './TypeField.tsx';
import { TranslationsField, translatedField } from './texts.tsx';
import { MIME_TYPES, PROFILES, quantityField, tagsField, UnitField, UnitOptionsField } from './units.tsx';
import { InitialField, limitField } from './value.tsx';

export const SETTING_FIELDS: { readonly [Name in SettingName]: (props: SettingProps<ItemChanges[Name]>) => ReactNode } = {
  type: TypeField,
  text: textField('text', { isLong: true }),
  translations: TranslationsField,
  prefix: textField('prefix'),
  help: translatedField('help'),
  required: flagField('required'),
  repeats: flagField('repeats'),
  readOnly: flagField('readOnly'),
  hidden: flagField('hidden'),
  initial: InitialField,
  minLength: numberField('minLength'),
  maxLength: numberField('maxLength'),
  regex: textField('regex'),
  entryFormat: textField('entryFormat'),
  minValue: limitField('minValue'),
  maxValue: limitField('maxValue'),
  minValueExpression: expressionField('minValueExpression'),
  maxValueExpression: expressionField('maxValueExpression'),
  minQuantity: quantityField('minQuantity'),
  maxQuantity: quantityField('maxQuantity'),
  decimals: numberField('decimals'),
  minOccurs: numberField('minOccurs'),
  maxOccurs: numberField('maxOccurs'),
  unit: UnitField,
  unitOptions: UnitOptionsField,
  unitValueSet: textField('unitValueSet'),
  itemControl: ControlField,
  choiceOrientation: selectField('choiceOrientation', ['horizontal', 'vertical']),
  sliderStep: numberField('sliderStep', { min: 1 }),
  collapsible: selectField('collapsible', ['default-open', 'default-closed']),
  width: numberField('width', { min: 1 }),
  shortText: translatedField('shortText'),
  markdown: translatedField('markdown'),
  media: MediaField,
  displayCategory: codeField('displayCategory', ['instructions', 'security', 'help', 'legal']),
  supportLink: textField('supportLink'),
  options: OptionsField,
  answerValueSet: textField('answerValueSet'),
  optionToggles: TogglesField,
  scoresShown: flagField('scoresShown'),
  choiceColumns: tagsField('choiceColumns', ['code', 'display']),
  terminologyServers: tagsField('terminologyServers'),
  referenceKind: selectField('referenceKind', REFERENCE_KINDS),
  signature: flagField('signature'),
  mimeTypes: tagsField('mimeTypes', MIME_TYPES),
  maxSizeMegabytes: numberField('maxSizeMegabytes', { precision: 1 }),
  fact: textField('fact'),
  codes: CodesField,
  definition: textField('definition'),
  observation: selectField('observation', OBSERVATION_WAYS),
  observationCategories: ObservationCategoriesField,
  extractedResources: tagsField('extractedResources', PROFILES),
  extractedValues: ExtractedValuesField,
  allocatedIds: tagsField('allocatedIds'),
  subQuestionnaire: PartField,
  linkIdPrefix: textField('linkIdPrefix'),
  access: AccessField,
  enableWhen: ConditionsField,
  enableBehavior: selectField('enableBehavior', ['all', 'any']),
  enableWhenExpression: expressionField('enableWhenExpression'),
  greyedOut: flagField('greyedOut'),
  calculatedExpression: CalculationField,
  initialExpression: expressionField('initialExpression'),
  answerExpression: expressionField('answerExpression'),
  textExpression: expressionField('textExpression'),
  variables: VariablesField,
  constraints: ConstraintsField,
};
