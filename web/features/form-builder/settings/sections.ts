import type { SettingName } from '#core/form-edit/item-changes.ts';

/** What is asked about together. What is seldom needed begins folded, unless it says something already. */
export const SECTIONS = [
  { key: 'basics', settings: ['text', 'translations', 'help', 'type', 'required', 'repeats', 'readOnly', 'hidden'] },
  { key: 'choices', settings: ['options', 'scoresShown'] },
  { key: 'condition', settings: ['enableWhen', 'enableBehavior', 'enableWhenExpression', 'greyedOut', 'access'] },
  {
    key: 'sources',
    settings: ['optionToggles', 'answerExpression', 'answerValueSet', 'terminologyServers', 'choiceColumns'],
  },
  { key: 'value', settings: ['initial', 'initialExpression', 'calculatedExpression', 'variables'] },
  {
    key: 'limits',
    settings: [
      'minValue',
      'minValueExpression',
      'maxValue',
      'maxValueExpression',
      'minQuantity',
      'maxQuantity',
      'decimals',
      'minLength',
      'maxLength',
      'regex',
      'minOccurs',
      'maxOccurs',
      'mimeTypes',
      'maxSizeMegabytes',
      'constraints',
    ],
  },
  {
    key: 'look',
    settings: [
      'unit',
      'unitOptions',
      'unitValueSet',
      'itemControl',
      'choiceOrientation',
      'collapsible',
      'sliderStep',
      'entryFormat',
      'prefix',
      'shortText',
      'width',
      'markdown',
      'media',
      'displayCategory',
      'supportLink',
      'textExpression',
    ],
  },
  { key: 'data', settings: ['fact', 'referenceKind', 'signature', 'subQuestionnaire', 'linkIdPrefix'] },
  {
    key: 'records',
    settings: ['codes', 'observation', 'observationCategories', 'definition', 'extractedResources', 'extractedValues', 'allocatedIds'],
  },
] as const satisfies readonly { readonly key: string; readonly settings: readonly SettingName[] }[];

export const OPEN_AT_FIRST: readonly string[] = ['basics', 'choices'];
