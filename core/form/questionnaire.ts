/**
 * The part of FHIR R4 `Questionnaire` that we read (https://hl7.org/fhir/R4/questionnaire.html). Elements that are not named here
 * stay in the JSON untouched; `parse.ts` makes these types from unknown input.
 */
import type { TerminologyResource } from './terminology/resources.ts';

export const ITEM_TYPES = [
  'group',
  'display',
  'boolean',
  'decimal',
  'integer',
  'date',
  'dateTime',
  'time',
  'string',
  'text',
  'url',
  'choice',
  'open-choice',
  'attachment',
  'reference',
  'quantity',
] as const;
export type ItemType = (typeof ITEM_TYPES)[number];
/** Items that carry answers. */
export type QuestionType = Exclude<ItemType, 'group' | 'display'>;

export interface Questionnaire {
  readonly resourceType: 'Questionnaire';
  readonly id?: string;
  readonly url?: string;
  readonly version?: string;
  readonly name?: string;
  readonly title?: string;
  readonly _title?: Extended;
  readonly status: 'draft' | 'active' | 'retired' | 'unknown';
  readonly description?: string;
  readonly _description?: Extended;
  /** Language of the texts; `zh-CN` when absent. Others stand in `translation` extensions. */
  readonly language?: string;
  readonly contained?: readonly TerminologyResource[];
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly item?: readonly QuestionnaireItem[];
}

export interface QuestionnaireItem {
  readonly linkId: string;
  readonly type: ItemType;
  readonly text?: string;
  readonly _text?: Extended;
  readonly prefix?: string;
  readonly required?: boolean;
  readonly repeats?: boolean;
  readonly readOnly?: boolean;
  readonly maxLength?: number;
  readonly enableWhen?: readonly EnableWhen[];
  readonly enableBehavior?: 'all' | 'any';
  /** Of R5; in R4 it is an extension. */
  readonly disabledDisplay?: 'hidden' | 'protected';
  /** Of R5, where R4 has no word for it: values of the options' type are taken beside them. */
  readonly answerConstraint?: 'optionsOrType';
  readonly answerOption?: readonly AnswerOption[];
  readonly answerValueSet?: string;
  readonly _answerValueSet?: Extended;
  readonly initial?: readonly AnswerValue[];
  readonly code?: readonly Coding[];
  readonly definition?: string;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
  readonly item?: readonly QuestionnaireItem[];
}

export const ENABLE_OPERATORS = ['exists', '=', '!=', '>', '<', '>=', '<='] as const;

export interface EnableWhen {
  readonly question: string;
  readonly operator: (typeof ENABLE_OPERATORS)[number];
  readonly answerBoolean?: boolean;
  readonly answerDecimal?: number;
  readonly answerInteger?: number;
  readonly answerDate?: string;
  readonly answerDateTime?: string;
  readonly answerTime?: string;
  readonly answerString?: string;
  readonly answerCoding?: Coding;
  readonly answerQuantity?: Quantity;
  readonly answerReference?: Reference;
  readonly modifierExtension?: readonly Extension[];
}

export interface AnswerOption extends AnswerValue {
  readonly _valueString?: Extended;
  readonly initialSelected?: boolean;
  readonly extension?: readonly Extension[];
  readonly modifierExtension?: readonly Extension[];
}

/** `value[x]` of an answer, an option or an initial value: exactly one is present. */
export interface AnswerValue {
  readonly valueBoolean?: boolean;
  readonly valueDecimal?: number;
  readonly valueInteger?: number;
  readonly valueDate?: string;
  readonly valueDateTime?: string;
  readonly valueTime?: string;
  readonly valueString?: string;
  readonly valueUri?: string;
  readonly valueCoding?: Coding;
  readonly valueAttachment?: Attachment;
  readonly valueReference?: Reference;
  readonly valueQuantity?: Quantity;
}

export interface Coding {
  readonly system?: string;
  readonly code?: string;
  readonly display?: string;
  readonly _display?: Extended;
  readonly extension?: readonly Extension[];
}

/** A file kept by us has the url `file:<id>`. */
export interface Attachment {
  readonly url?: string;
  readonly title?: string;
  readonly contentType?: string;
  /** Bytes. */
  readonly size?: number;
  /** The file itself, base64; only in responses that are kept elsewhere. */
  readonly data?: string;
}

/** A person is `Practitioner/<id>`; see `references.ts` for the other kinds. */
export interface Reference {
  readonly reference?: string;
  /** What it is known by elsewhere. */
  readonly identifier?: { readonly system?: string; readonly value?: string };
  readonly display?: string;
  /** In other languages, for a reader: what is stored has none. */
  readonly _display?: Extended;
  readonly type?: string;
}

export interface Quantity {
  readonly value?: number;
  readonly unit?: string;
  readonly system?: string;
  readonly code?: string;
}

export interface Extended {
  readonly extension?: readonly Extension[];
}

export interface Extension {
  readonly url: string;
  readonly extension?: readonly Extension[];
  readonly valueBoolean?: boolean;
  readonly valueInteger?: number;
  readonly valueDecimal?: number;
  readonly valueString?: string;
  readonly valueMarkdown?: string;
  readonly valueCode?: string;
  readonly valueUri?: string;
  readonly valueUrl?: string;
  readonly valueCanonical?: string;
  readonly valueDate?: string;
  readonly valueDateTime?: string;
  readonly valueTime?: string;
  readonly valueCoding?: Coding;
  readonly valueCodeableConcept?: { readonly coding?: readonly Coding[]; readonly text?: string };
  readonly valueQuantity?: Quantity;
  readonly valueAttachment?: Attachment & { readonly data?: string };
  readonly valueExpression?: Expression;
  readonly _valueString?: Extended;
  readonly _valueMarkdown?: Extended;
  readonly _valueInteger?: Extended;
  readonly _valueDecimal?: Extended;
  readonly _valueDate?: Extended;
  readonly _valueDateTime?: Extended;
  readonly _valueTime?: Extended;
}

/** https://hl7.org/fhir/R4/metadatatypes.html#Expression */
export interface Expression {
  readonly name?: string;
  readonly language?: string;
  readonly expression?: string;
}
