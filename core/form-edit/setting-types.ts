/**
 * Which settings an item of a type may have: the inspector shows these, an edit refuses others, and a change of type drops them.
 * Source: the invariants que-3 to que-13 of https://hl7.org/fhir/R4/questionnaire.html and the contexts of the extensions.
 */
import { FACT_TYPES } from '#core/form/facts.ts';
import { ITEM_TYPES, type ItemType } from '#core/form/questionnaire.ts';
import type { PlainSettingName, SettingName } from './item-changes.ts';

type Types = readonly ItemType[];

const ALL: Types = ITEM_TYPES;
const BUT_DISPLAY: Types = ITEM_TYPES.filter((type) => type !== 'display');
const QUESTIONS: Types = BUT_DISPLAY.filter((type) => type !== 'group');
const TEXTS: Types = ['string', 'text', 'url', 'open-choice'];
const NUMBERS: Types = ['integer', 'decimal', 'quantity'];
const ORDERED: Types = [...NUMBERS, 'date', 'dateTime', 'time'];
const CHOICES: Types = ['choice', 'open-choice'];
const COMPUTED_LIMIT: Types = ['integer', 'decimal', 'date', 'dateTime'];

export const SETTING_TYPES = {
  type: ALL,
  text: ALL,
  translations: ALL,
  prefix: ALL,
  help: BUT_DISPLAY,
  required: BUT_DISPLAY,
  repeats: BUT_DISPLAY,
  readOnly: BUT_DISPLAY,
  hidden: ALL,
  initial: QUESTIONS,
  minLength: TEXTS,
  maxLength: TEXTS,
  regex: TEXTS,
  entryFormat: QUESTIONS,
  minValue: ORDERED,
  maxValue: ORDERED,
  minValueExpression: COMPUTED_LIMIT,
  maxValueExpression: COMPUTED_LIMIT,
  minQuantity: ['quantity'],
  maxQuantity: ['quantity'],
  decimals: ['decimal', 'quantity'],
  minOccurs: BUT_DISPLAY,
  maxOccurs: BUT_DISPLAY,
  unit: NUMBERS,
  unitOptions: ['quantity'],
  unitValueSet: ['quantity'],
  itemControl: ALL,
  choiceOrientation: [...CHOICES, 'boolean'],
  sliderStep: NUMBERS,
  collapsible: ['group'],
  width: BUT_DISPLAY,
  shortText: BUT_DISPLAY,
  markdown: ALL,
  media: ALL,
  displayCategory: ['display'],
  supportLink: ALL,
  options: CHOICES,
  answerValueSet: CHOICES,
  optionToggles: CHOICES,
  scoresShown: CHOICES,
  choiceColumns: CHOICES,
  terminologyServers: CHOICES,
  referenceKind: ['reference'],
  signature: ['reference'],
  mimeTypes: ['attachment'],
  maxSizeMegabytes: ['attachment'],
  fact: FACT_TYPES,
  codes: BUT_DISPLAY,
  definition: BUT_DISPLAY,
  observation: BUT_DISPLAY,
  observationCategories: BUT_DISPLAY,
  extractedResources: BUT_DISPLAY,
  extractedValues: BUT_DISPLAY,
  allocatedIds: BUT_DISPLAY,
  subQuestionnaire: ['group', 'display'],
  linkIdPrefix: ['group', 'display'],
  access: ALL,
  enableWhen: ALL,
  enableBehavior: ALL,
  enableWhenExpression: ALL,
  greyedOut: ALL,
  calculatedExpression: QUESTIONS,
  initialExpression: QUESTIONS,
  answerExpression: CHOICES,
  textExpression: ALL,
  variables: BUT_DISPLAY,
  constraints: BUT_DISPLAY,
} as const satisfies Record<SettingName, Types>;

export const fitsType = (setting: SettingName, type: ItemType): boolean => (SETTING_TYPES[setting] as Types).includes(type);

export const SETTING_NAMES = Object.keys(SETTING_TYPES) as readonly SettingName[];

/** All but the type, whose change has effects on others. */
export const PLAIN_SETTINGS = SETTING_NAMES.filter((name): name is PlainSettingName => name !== 'type');

export const settingsOfType = (type: ItemType): readonly SettingName[] => SETTING_NAMES.filter((name) => fitsType(name, type));

/** Controls of FHIR's list that mean something for a type. */
const CONTROL_TYPES: Readonly<Record<string, Types>> = {
  'radio-button': [...CHOICES, 'boolean'],
  'check-box': [...CHOICES, 'boolean'],
  'drop-down': [...CHOICES, 'reference', 'boolean'],
  autocomplete: [...CHOICES, 'reference'],
  slider: NUMBERS,
  spinner: ['integer', 'decimal'],
  'text-box': ['string', 'text', 'integer', 'decimal', 'url'],
  list: CHOICES,
  'qr-code': ['string', 'integer'],
  help: ['display'],
  flyover: ['display'],
  inline: ['display'],
  prompt: ['display'],
  unit: ['display'],
  lower: ['display'],
  upper: ['display'],
  legal: ['display'],
  security: ['display'],
  media: ['display'],
  gtable: ['group'],
  table: ['group'],
  htable: ['group'],
  atable: ['group'],
  grid: ['group'],
  'tab-container': ['group'],
  page: ['group'],
  header: ['group'],
  footer: ['group'],
  collapsible: ['group'],
};

/** One that we do not know may mean anything. */
export const controlFits = (control: string, type: ItemType): boolean => CONTROL_TYPES[control]?.includes(type) ?? true;

export const controlsOf = (type: ItemType): readonly string[] =>
  Object.entries(CONTROL_TYPES).flatMap(([control, types]) => (types.includes(type) ? [control] : []));
