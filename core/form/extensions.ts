/** The extensions that carry behaviour, read once into plain settings. Everything else in `extension` is left as it came. */
import type { AnswerValue, Attachment, Coding, Extension, Quantity, QuestionnaireItem } from './questionnaire.ts';
import { isReferenceKind, kindOfResource, type ReferenceKind } from './references.ts';

const FHIR = 'http://hl7.org/fhir/StructureDefinition/';
const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/';
const OURS = 'https://bihuan.dev/fhir/StructureDefinition/';

export const EXTENSION = {
  minValue: `${FHIR}minValue`,
  maxValue: `${FHIR}maxValue`,
  minQuantity: `${SDC}sdc-questionnaire-minQuantity`,
  maxQuantity: `${SDC}sdc-questionnaire-maxQuantity`,
  minLength: `${FHIR}minLength`,
  regex: `${FHIR}regex`,
  minOccurs: `${FHIR}questionnaire-minOccurs`,
  maxOccurs: `${FHIR}questionnaire-maxOccurs`,
  maxDecimalPlaces: `${FHIR}maxDecimalPlaces`,
  entryFormat: `${FHIR}entryFormat`,
  hidden: `${FHIR}questionnaire-hidden`,
  itemControl: `${FHIR}questionnaire-itemControl`,
  choiceOrientation: `${FHIR}questionnaire-choiceOrientation`,
  sliderStepValue: `${FHIR}questionnaire-sliderStepValue`,
  unit: `${FHIR}questionnaire-unit`,
  unitOption: `${FHIR}questionnaire-unitOption`,
  unitValueSet: `${FHIR}questionnaire-unitValueSet`,
  collapsible: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-collapsible',
  optionExclusive: `${FHIR}questionnaire-optionExclusive`,
  maxSize: `${FHIR}maxSize`,
  mimeType: `${FHIR}mimeType`,
  translation: `${FHIR}translation`,
  variable: `${FHIR}variable`,
  enableWhenExpression: `${SDC}sdc-questionnaire-enableWhenExpression`,
  calculatedExpression: `${SDC}sdc-questionnaire-calculatedExpression`,
  initialExpression: `${SDC}sdc-questionnaire-initialExpression`,
  answerExpression: `${SDC}sdc-questionnaire-answerExpression`,
  answerOptionsToggleExpression: `${SDC}sdc-questionnaire-answerOptionsToggleExpression`,
  subQuestionnaire: `${SDC}sdc-questionnaire-subQuestionnaire`,
  assembledFrom: `${SDC}sdc-questionnaire-assembledFrom`,
  observationExtract: `${SDC}sdc-questionnaire-observationExtract`,
  observationCategory: `${SDC}sdc-questionnaire-observation-extract-category`,
  definitionExtract: `${SDC}sdc-questionnaire-definitionExtract`,
  definitionExtractValue: `${SDC}sdc-questionnaire-definitionExtractValue`,
  itemExtractionContext: `${SDC}sdc-questionnaire-itemExtractionContext`,
  extractAllocateId: `${SDC}sdc-questionnaire-extractAllocateId`,
  preferredTerminologyServer: `${SDC}sdc-questionnaire-preferredTerminologyServer`,
  launchContext: `${SDC}sdc-questionnaire-launchContext`,
  textExpression: `${FHIR}cqf-expression`,
  calculatedValue: `${FHIR}cqf-calculatedValue`,
  constraint: `${FHIR}questionnaire-constraint`,
  targetConstraint: `${FHIR}targetConstraint`,
  ordinalValue: `${FHIR}ordinalValue`,
  itemWeight: `${FHIR}itemWeight`,
  displayCategory: `${FHIR}questionnaire-displayCategory`,
  supportLink: `${FHIR}questionnaire-supportLink`,
  optionPrefix: `${FHIR}questionnaire-optionPrefix`,
  shortText: `${SDC}sdc-questionnaire-shortText`,
  choiceColumn: `${SDC}sdc-questionnaire-choiceColumn`,
  width: `${SDC}sdc-questionnaire-width`,
  itemMedia: `${SDC}sdc-questionnaire-itemMedia`,
  itemAnswerMedia: `${SDC}sdc-questionnaire-itemAnswerMedia`,
  /** R5's `disabledDisplay`, as R4 carries it. */
  disabledDisplay: 'http://hl7.org/fhir/5.0/StructureDefinition/extension-Questionnaire.item.disabledDisplay',
  renderingXhtml: `${FHIR}rendering-xhtml`,
  renderingMarkdown: `${FHIR}rendering-markdown`,
  renderingStyle: `${FHIR}rendering-style`,
  /** Ours: the answer becomes a fact of the process under this name. */
  fact: `${OURS}fact`,
  referenceResource: `${FHIR}questionnaire-referenceResource`,
  /** Ours: what a reference may point at. */
  referenceKind: `${OURS}reference-kind`,
  /** Ours: the reference is the signature of whoever submits. */
  signature: `${OURS}signature`,
  /** Ours, on an answer: a person gave it in place of the value that the form computes. */
  overridden: `${OURS}overridden`,
  /** Ours, on an answer: no terminology server could tell whether its value set holds it. */
  unchecked: `${OURS}unchecked`,
  /** Ours: who may not see, not change or must give the answer, at which steps (`access/rules.ts`). */
  access: `${OURS}access`,
  /** Ours, on a question or on the form, for all of its questions: options are offered with what they count. */
  scoresShown: `${OURS}scores-shown`,
  /** Ours, on an answer and on its item: a placeholder stands for what this reader may not see whole. */
  masked: `${OURS}masked`,
} as const;

export const SUPPORTED_EXTENSIONS: ReadonlySet<string> = new Set(Object.values(EXTENSION));

/** What an option, a concept or an answer counts: FHIR names it in several ways, the older two for concepts (STU3). */
export const SCORE_EXTENSIONS: readonly string[] = [
  EXTENSION.ordinalValue,
  EXTENSION.itemWeight,
  `${FHIR}valueset-ordinalValue`,
  `${FHIR}codesystem-ordinalValue`,
];

export interface ItemSettings {
  readonly minValue?: AnswerValue;
  readonly maxValue?: AnswerValue;
  /** Limits with a unit, for answers in any unit that measures the same. */
  readonly minQuantity?: Quantity;
  readonly maxQuantity?: Quantity;
  readonly minLength?: number;
  readonly regex?: string;
  readonly minOccurs?: number;
  readonly maxOccurs?: number;
  readonly maxDecimalPlaces?: number;
  readonly entryFormat?: string;
  readonly hidden: boolean;
  /** Code of `questionnaire-itemControl`: `radio-button`, `drop-down`, `gtable`, `help` … */
  readonly control?: string;
  readonly orientation?: 'horizontal' | 'vertical';
  readonly sliderStep?: number;
  /** A group that can be folded away, and how it begins. */
  readonly collapsible?: 'default-open' | 'default-closed';
  /** Fixed unit of a number; with `unitOptions` the first choice. */
  readonly unit?: Coding;
  readonly unitOptions: readonly Coding[];
  /** As `answerValueSet` names one; what it lists is in `units.ts`. */
  readonly unitValueSet?: string;
  /** FHIR gives megabytes. */
  readonly maxSizeBytes?: number;
  readonly mimeTypes: readonly string[];
  /** Of a display: `instructions`, `security`, `help` or `legal`. */
  readonly displayCategory?: string;
  /** Where more can be read: an address of the web. */
  readonly supportLink?: string;
  readonly media: readonly Media[];
  /** What of a coded option is offered beside its words: paths like `code`. */
  readonly choiceColumns: readonly string[];
  /** Options are offered with their scores. */
  readonly showsScores: boolean;
  /** Of a column, as style sheets say it: `30%`, `12em`. */
  readonly width?: string;
  /** While it is not enabled it is greyed out instead of hidden. */
  readonly isProtected: boolean;
  readonly fact?: string;
  readonly referenceKind?: ReferenceKind;
  /** Types of resources that may be referred to; any where there are none. */
  readonly referenceResources: readonly string[];
  readonly isSignature: boolean;
  /** Set for a reader who may not see the answers whole (`access/questionnaire-for.ts`). */
  readonly isMasked: boolean;
}

/** A picture, sound or film that belongs to an item; `data` is base64. */
export interface Media extends Attachment {
  readonly data?: string;
}

/** Questionnaires are immutable, so what was read once stays true. */
const known = new WeakMap<QuestionnaireItem, ItemSettings>();

export function settingsOf(item: QuestionnaireItem): ItemSettings {
  const found = known.get(item);
  if (found) return found;
  const settings = readSettings(item);
  known.set(item, settings);
  return settings;
}

function readSettings(item: QuestionnaireItem): ItemSettings {
  const one = (url: string): Extension | undefined => item.extension?.find((extension) => extension.url === url);
  const all = (url: string): readonly Extension[] => item.extension?.filter((extension) => extension.url === url) ?? [];
  const maxSize = one(EXTENSION.maxSize)?.valueDecimal;
  const resources = all(EXTENSION.referenceResource).flatMap((extension) => extension.valueCode ?? []);
  const kind = one(EXTENSION.referenceKind);
  const kindText = kind?.valueCode ?? kind?.valueString;
  const collapsible = one(EXTENSION.collapsible)?.valueCode;
  const orientation = one(EXTENSION.choiceOrientation)?.valueCode;
  return {
    minValue: one(EXTENSION.minValue),
    maxValue: one(EXTENSION.maxValue),
    minQuantity: one(EXTENSION.minQuantity)?.valueQuantity ?? measured(one(EXTENSION.minValue)),
    maxQuantity: one(EXTENSION.maxQuantity)?.valueQuantity ?? measured(one(EXTENSION.maxValue)),
    minLength: one(EXTENSION.minLength)?.valueInteger,
    regex: one(EXTENSION.regex)?.valueString,
    minOccurs: one(EXTENSION.minOccurs)?.valueInteger,
    maxOccurs: one(EXTENSION.maxOccurs)?.valueInteger,
    maxDecimalPlaces: one(EXTENSION.maxDecimalPlaces)?.valueInteger,
    entryFormat: one(EXTENSION.entryFormat)?.valueString,
    hidden: one(EXTENSION.hidden)?.valueBoolean === true,
    control: one(EXTENSION.itemControl)?.valueCodeableConcept?.coding?.[0]?.code,
    orientation: orientation === 'horizontal' || orientation === 'vertical' ? orientation : undefined,
    collapsible: collapsible === 'default-open' || collapsible === 'default-closed' ? collapsible : undefined,
    sliderStep: one(EXTENSION.sliderStepValue)?.valueInteger,
    unit: one(EXTENSION.unit)?.valueCoding,
    unitOptions: all(EXTENSION.unitOption).flatMap((extension) => extension.valueCoding ?? []),
    unitValueSet: one(EXTENSION.unitValueSet)?.valueCanonical ?? one(EXTENSION.unitValueSet)?.valueUri,
    maxSizeBytes: maxSize === undefined ? undefined : Math.floor(maxSize * 1024 * 1024),
    mimeTypes: all(EXTENSION.mimeType).flatMap((extension) => extension.valueCode ?? []),
    displayCategory: one(EXTENSION.displayCategory)?.valueCodeableConcept?.coding?.[0]?.code,
    supportLink: webAddress(one(EXTENSION.supportLink)?.valueUri),
    media: all(EXTENSION.itemMedia).flatMap((extension) => extension.valueAttachment ?? []),
    choiceColumns: all(EXTENSION.choiceColumn).flatMap((column) => column.extension?.find(({ url }) => url === 'path')?.valueString ?? []),
    showsScores: one(EXTENSION.scoresShown)?.valueBoolean === true,
    width: widthText(one(EXTENSION.width)?.valueQuantity),
    isProtected: (item.disabledDisplay ?? one(EXTENSION.disabledDisplay)?.valueCode) === 'protected',
    fact: one(EXTENSION.fact)?.valueString,
    // The standard's own extension says it as well, where it names one type that we have.
    referenceKind: isReferenceKind(kindText) ? kindText : resources.length === 1 ? kindOfResource(resources[0]) : undefined,
    referenceResources: resources,
    isSignature: one(EXTENSION.signature)?.valueBoolean === true,
    isMasked: one(EXTENSION.masked)?.valueBoolean === true,
  };
}

/** Without a code nothing but the same words for a unit can be compared. */
const measured = (limit: Extension | undefined): Quantity | undefined =>
  limit?.valueQuantity?.code === undefined ? undefined : limit.valueQuantity;

/** Schemes like `javascript:` must never become a link. */
const webAddress = (address: string | undefined): string | undefined =>
  address !== undefined && /^https?:/i.test(address) && URL.canParse(address) ? address : undefined;

function widthText(width: Quantity | undefined): string | undefined {
  // Without a unit it is in pixels.
  const unit = width?.code ?? width?.unit ?? 'px';
  return width?.value !== undefined && width.value > 0 && (unit === '%' || unit === 'em' || unit === 'px')
    ? `${width.value}${unit}`
    : undefined;
}
