/** Every setting of an item as a row: how it is read as a plain value, and how it is written. */
import { EXTENSION } from '#core/form/extensions.ts';
import type { Coding } from '#core/form/questionnaire.ts';
import { isReferenceKind } from '#core/form/references.ts';
import { accessSetting } from './access-setting.ts';
import { extensionOf, withExtension } from './extension-list.ts';
import {
  allocatedIdSetting,
  extractedResourceSetting,
  extractedValueSetting,
  observationCategorySetting,
  observationSetting,
} from './extraction-settings.ts';
import { readHelp, writeHelp } from './help-setting.ts';
import type { ItemChanges, PlainSettingName } from './item-changes.ts';
import { limitExpressionSetting, limitSetting } from './limit-setting.ts';
import {
  choiceColumnSetting,
  conceptSetting,
  greyedOutSetting,
  markdownSetting,
  mediaSetting,
  shortTextSetting,
  widthSetting,
} from './look-settings.ts';
import { withList, withMember } from './members.ts';
import { optionSetting } from './option-setting.ts';
import { linkIdPrefixSetting, subQuestionnaireSetting, terminologyServerSetting } from './part-settings.ts';
import { constraintSetting, variableSetting } from './rule-settings.ts';
import {
  codeExtension,
  expressionExtension,
  flagExtension,
  flagMember,
  listExtension,
  numberExtension,
  quantityExtension,
  type Setting,
  textExtension,
  textMember,
} from './setting.ts';
import { toggleSetting } from './toggle-setting.ts';
import { translationsOf, withTranslatedMember } from './translations-of.ts';

const isOrientation = (value: unknown): value is 'horizontal' | 'vertical' => value === 'horizontal' || value === 'vertical';
const isFolding = (value: unknown): value is 'default-open' | 'default-closed' => value === 'default-open' || value === 'default-closed';

const textExpression = expressionExtension(EXTENSION.textExpression);

export const SETTINGS: { readonly [Name in PlainSettingName]: Setting<ItemChanges[Name]> } = {
  text: textMember('text'),
  translations: {
    read: ({ _text }) => translationsOf(_text),
    write: (item, value) => withTranslatedMember(item, 'text', value),
  },
  prefix: textMember('prefix'),
  help: { read: readHelp, write: (item, value) => writeHelp(item, value, (wanted) => wanted) },
  required: flagMember('required'),
  repeats: flagMember('repeats'),
  readOnly: flagMember('readOnly'),
  hidden: flagExtension(EXTENSION.hidden),
  initial: {
    read: ({ initial = [] }) => initial,
    write: (item, value) => withList(item, 'initial', value),
  },
  minLength: numberExtension(EXTENSION.minLength),
  maxLength: {
    read: ({ maxLength }) => maxLength ?? null,
    write: (item, value) => withMember(item, 'maxLength', value ?? undefined),
  },
  regex: textExtension(EXTENSION.regex),
  entryFormat: textExtension(EXTENSION.entryFormat),
  minValue: limitSetting(EXTENSION.minValue),
  maxValue: limitSetting(EXTENSION.maxValue),
  minValueExpression: limitExpressionSetting(EXTENSION.minValue),
  maxValueExpression: limitExpressionSetting(EXTENSION.maxValue),
  minQuantity: quantityExtension(EXTENSION.minQuantity),
  maxQuantity: quantityExtension(EXTENSION.maxQuantity),
  decimals: numberExtension(EXTENSION.maxDecimalPlaces),
  minOccurs: numberExtension(EXTENSION.minOccurs),
  maxOccurs: numberExtension(EXTENSION.maxOccurs),
  unit: {
    read: (item): Coding | null => extensionOf(item, EXTENSION.unit)?.valueCoding ?? null,
    write: (item, value) => {
      const before = extensionOf(item, EXTENSION.unit) ?? { url: EXTENSION.unit };
      return withExtension(item, EXTENSION.unit, value ? withMember(before, 'valueCoding', value) : null);
    },
  },
  unitOptions: listExtension<Coding>(EXTENSION.unitOption, 'valueCoding'),
  unitValueSet: textExtension(EXTENSION.unitValueSet, 'valueCanonical'),
  itemControl: conceptSetting(EXTENSION.itemControl, 'http://hl7.org/fhir/questionnaire-item-control'),
  choiceOrientation: codeExtension(EXTENSION.choiceOrientation, isOrientation),
  sliderStep: numberExtension(EXTENSION.sliderStepValue),
  collapsible: codeExtension(EXTENSION.collapsible, isFolding),
  width: widthSetting,
  shortText: shortTextSetting,
  markdown: markdownSetting,
  media: mediaSetting,
  displayCategory: conceptSetting(EXTENSION.displayCategory, 'http://hl7.org/fhir/questionnaire-display-category'),
  supportLink: textExtension(EXTENSION.supportLink, 'valueUri'),
  options: optionSetting,
  answerValueSet: {
    ...textMember('answerValueSet'),
    // FHIR allows one source of options (que-4).
    write: (item, value) => textMember('answerValueSet').write(value === '' ? item : withMember(item, 'answerOption', undefined), value),
  },
  optionToggles: toggleSetting,
  scoresShown: flagExtension(EXTENSION.scoresShown),
  choiceColumns: choiceColumnSetting,
  terminologyServers: terminologyServerSetting,
  referenceKind: codeExtension(EXTENSION.referenceKind, isReferenceKind),
  signature: flagExtension(EXTENSION.signature),
  mimeTypes: listExtension<string>(EXTENSION.mimeType, 'valueCode'),
  maxSizeMegabytes: numberExtension(EXTENSION.maxSize, 'valueDecimal'),
  fact: textExtension(EXTENSION.fact),
  codes: {
    read: ({ code = [] }) => code,
    write: (item, value) => withList(item, 'code', value),
  },
  definition: textMember('definition'),
  observation: observationSetting,
  observationCategories: observationCategorySetting,
  extractedResources: extractedResourceSetting,
  extractedValues: extractedValueSetting,
  allocatedIds: allocatedIdSetting,
  subQuestionnaire: subQuestionnaireSetting,
  linkIdPrefix: linkIdPrefixSetting,
  access: accessSetting,
  enableWhen: {
    read: ({ enableWhen = [] }) => enableWhen,
    write: (item, value) => withList(item, 'enableWhen', value),
  },
  enableBehavior: {
    read: ({ enableBehavior }) => enableBehavior ?? null,
    write: (item, value) => withMember(item, 'enableBehavior', value ?? undefined),
  },
  enableWhenExpression: expressionExtension(EXTENSION.enableWhenExpression),
  greyedOut: greyedOutSetting,
  calculatedExpression: expressionExtension(EXTENSION.calculatedExpression),
  initialExpression: expressionExtension(EXTENSION.initialExpression),
  answerExpression: expressionExtension(EXTENSION.answerExpression),
  textExpression: {
    read: ({ _text = {} }) => textExpression.read(_text),
    write: (item, value) => {
      const extended = textExpression.write(item._text ?? {}, value);
      return withMember(item, '_text', Object.keys(extended).length > 0 ? extended : undefined);
    },
  },
  variables: variableSetting,
  constraints: constraintSetting,
};
