/** Each setting of an item with values, on an item of a type that may have it: for tests that hold lists of settings together. */
import type { ItemType } from '#core/form/questionnaire.ts';
import type { ItemChanges } from './item-changes.ts';
import { anOption } from './option-setting.ts';

export const SETTING_SAMPLES: readonly (readonly [ItemType, Partial<ItemChanges>])[] = [
  ['string', { text: '姓名', translations: { en: 'Name' }, prefix: '1.' }],
  ['string', { help: { text: '照身份证填写', translations: { en: 'As on the identity card' } } }],
  ['string', { required: true, repeats: true, readOnly: true, hidden: true }],
  ['string', { minLength: 2, maxLength: 20, regex: '[A-Z]+', entryFormat: 'ABC' }],
  [
    'integer',
    { minValue: { valueInteger: 1 }, maxValue: { valueInteger: 5 }, initial: [{ valueInteger: 3 }], sliderStep: 1, itemControl: 'slider' },
  ],
  ['decimal', { decimals: 1, unit: { code: 'Cel', display: '℃' } }],
  ['date', { minValueExpression: 'today() - 18 years', maxValueExpression: 'today()' }],
  [
    'quantity',
    {
      unitOptions: [
        { code: 'kg', display: 'kg' },
        { code: 'g', display: 'g' },
      ],
    },
  ],
  ['group', { repeats: true, minOccurs: 1, maxOccurs: 4, itemControl: 'gtable', collapsible: 'default-closed' }],
  ['choice', { options: [anOption('a', '甲', { score: 1, translations: { en: 'A' } }), anOption('n', '无', { exclusive: true })] }],
  ['choice', { choiceOrientation: 'horizontal', answerValueSet: '#departments', answerExpression: '%x' }],
  ['reference', { referenceKind: 'room', signature: true, fact: 'room' }],
  ['attachment', { mimeTypes: ['image/*', 'application/pdf'], maxSizeMegabytes: 5 }],
  [
    'boolean',
    { enableWhen: [{ question: 'a', operator: 'exists', answerBoolean: true }], enableBehavior: 'any', enableWhenExpression: '1 = 1' },
  ],
  ['boolean', { calculatedExpression: 'true', initialExpression: 'false', textExpression: "'x'" }],
  [
    'group',
    {
      variables: [
        { name: 'a', expression: '1' },
        { name: 'b', expression: '%a + 1' },
      ],
    },
  ],
  ['group', { constraints: [{ key: 'k', expression: 'true', human: '须为真', translations: { en: 'Must hold' }, severity: 'warning' }] }],
  [
    'string',
    {
      access: [
        { mode: 'masked', elements: [], roles: ['executor'], exceptRoles: [] },
        { mode: 'required', elements: ['correct'], roles: [], exceptRoles: ['manager'] },
      ],
    },
  ],
  [
    'quantity',
    {
      minQuantity: { value: 2, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
      maxQuantity: { value: 200, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
    },
  ],
  [
    'choice',
    {
      options: [anOption('a', '甲', { prefix: 'A.', score: 2 }), anOption('b', '乙')],
      optionToggles: [{ options: [{ valueCoding: { code: 'b', display: '乙' } }], expression: 'true' }],
      scoresShown: true,
      choiceColumns: ['code'],
      terminologyServers: ['https://terminology.example.org/fhir'],
    },
  ],
  [
    'decimal',
    {
      codes: [{ system: 'http://loinc.org', code: '8310-5', display: 'Body temperature' }],
      observation: 'component',
      observationCategories: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }],
    },
  ],
  ['group', { observation: 'independent' }],
  ['string', { observation: 'none' }],
  [
    'group',
    {
      definition: 'http://hl7.org/fhir/StructureDefinition/Patient#Patient.contact',
      extractedResources: ['http://hl7.org/fhir/StructureDefinition/Patient'],
      extractedValues: [
        { definition: 'http://hl7.org/fhir/StructureDefinition/Patient#Patient.active', kind: 'expression', value: 'true' },
        { definition: 'http://hl7.org/fhir/StructureDefinition/Patient#Patient.gender', kind: 'fixed', value: 'female' },
      ],
      allocatedIds: ['patient'],
    },
  ],
  ['display', { subQuestionnaire: 'https://example.org/forms/vitals|1', linkIdPrefix: 'left.', displayCategory: 'legal' }],
  [
    'string',
    {
      width: 30,
      shortText: { text: '短', translations: { en: 'Short' } },
      markdown: { text: '**请**如实填写', translations: { en: '**Please** be truthful' } },
      media: [{ title: '图示', contentType: 'image/png', data: 'iVBORw0KGgo=', url: '' }],
      supportLink: 'https://example.org/help',
      greyedOut: true,
    },
  ],
  ['quantity', { unitValueSet: 'https://example.org/ValueSet/units' }],
];
