/** One field for each setting. A new setting does not compile until it has one. */
import type { ReactNode } from 'react';
import { REFERENCE_KINDS } from '#core/form/references.ts';
import type { ItemChanges, SettingName } from '#core/form-edit/item-changes.ts';
import { AccessField } from './AccessField.tsx';
import { CalculationField } from './CalculationField.tsx';
import { ConditionsField } from './ConditionsField.tsx';
import { ControlField } from './ControlField.tsx';
import { expressionField } from './expressions.tsx';
import { OptionsField } from './OptionsField.tsx';
import { flagField, numberField, selectField, textField } from './plain.tsx';
import { ConstraintsField, VariablesField } from './rules.tsx';
import type { SettingProps } from './setting-field.ts';
import { TypeField } from './TypeField.tsx';
import { HelpField, TranslationsField } from './texts.tsx';
import { MimeTypesField, UnitField, UnitOptionsField } from './units.tsx';
import { InitialField, limitField } from './value.tsx';

export const SETTING_FIELDS: { readonly [Name in SettingName]: (props: SettingProps<ItemChanges[Name]>) => ReactNode } = {
  type: TypeField,
  text: textField('text', { isLong: true }),
  translations: TranslationsField,
  prefix: textField('prefix'),
  help: HelpField,
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
  decimals: numberField('decimals'),
  minOccurs: numberField('minOccurs'),
  maxOccurs: numberField('maxOccurs'),
  unit: UnitField,
  unitOptions: UnitOptionsField,
  itemControl: ControlField,
  choiceOrientation: selectField('choiceOrientation', ['horizontal', 'vertical']),
  sliderStep: numberField('sliderStep', { min: 1 }),
  collapsible: selectField('collapsible', ['default-open', 'default-closed']),
  options: OptionsField,
  answerValueSet: textField('answerValueSet'),
  referenceKind: selectField('referenceKind', REFERENCE_KINDS),
  signature: flagField('signature'),
  mimeTypes: MimeTypesField,
  maxSizeMegabytes: numberField('maxSizeMegabytes', { precision: 1 }),
  fact: textField('fact'),
  access: AccessField,
  enableWhen: ConditionsField,
  enableBehavior: selectField('enableBehavior', ['all', 'any']),
  enableWhenExpression: expressionField('enableWhenExpression'),
  calculatedExpression: CalculationField,
  initialExpression: expressionField('initialExpression'),
  answerExpression: expressionField('answerExpression'),
  textExpression: expressionField('textExpression'),
  variables: VariablesField,
  constraints: ConstraintsField,
};
