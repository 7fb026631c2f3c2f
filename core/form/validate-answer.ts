/** What is wrong with a single answer. One function per kind of value; the table makes a new item type fail to compile until it has one. */
import type { LocalizedText } from '#core/text.ts';
import { settingsOf } from './extensions.ts';
import type { FormIssueCode } from './issue.ts';
import { choicesOf } from './options.ts';
import { isPattern, readWholePattern } from './pattern.ts';
import type { AnswerValue, Quantity, Questionnaire, QuestionnaireItem, QuestionType } from './questionnaire.ts';
import { fileIdOf, isReferenceText, isReferenceTo, resourceTypeIn } from './references.ts';
import type { Verdicts } from './terminology/external.ts';
import { externalValueSet } from './terminology/place.ts';
import { unitsOf } from './units.ts';
import { compareValues, decimalText, isSameAnswer, VALUES_OF, type ValueKey, valueKeyOf, valueKindOf } from './value.ts';

export interface Fault {
  readonly code: FormIssueCode;
  /** An error where it says nothing. */
  readonly severity?: 'warning';
  readonly data?: Readonly<Record<string, string | number>>;
  readonly text?: LocalizedText;
}

/** What the form has computed for the item, and who submits. */
export interface AnswerLimits {
  readonly signer?: string | undefined;
  readonly takesForeignFiles?: boolean | undefined;
  readonly minValue?: AnswerValue | undefined;
  readonly maxValue?: AnswerValue | undefined;
  /** By their units; without it quantities compare in the same unit only. */
  readonly compareQuantities?: ((left: Quantity, right: Quantity) => number | null) | undefined;
  /** Codes of UCUM; without it they are not looked at. */
  readonly knowsUnit?: ((code: string) => boolean) | undefined;
  /** What may be chosen, in place of the form's own options. */
  readonly options?: readonly AnswerValue[] | undefined;
  /** Keys of options that may not be chosen now. */
  readonly withdrawn?: ReadonlySet<string> | undefined;
  /** What terminology servers say of codes whose value set is not in the form; without it they are not asked. */
  readonly verdictOf?: Verdicts | undefined;
}

const UCUM = 'http://unitsofmeasure.org';

/** Faults that no draft may hold either: not unfinished, but foreign to the form. */
const STRUCTURAL: ReadonlySet<FormIssueCode> = new Set<FormIssueCode>([
  'unknown-item',
  'item-twice',
  'wrong-type',
  'answer-not-allowed',
  'nested-not-allowed',
  'other-form',
  'too-many',
  'too-long',
  'signature-foreign',
]);
export const isStructural = (code: FormIssueCode): boolean => STRUCTURAL.has(code);

/** Where the form names no limit. */
export const STRING_LENGTH_MAX = 1_000;
export const TEXT_LENGTH_MAX = 20_000;
const NUMBER_MAX = 1e15;
/** FHIR's integers have 32 bits (https://hl7.org/fhir/R4/datatypes.html#integer). */
const INTEGER_MAX = 2_147_483_647;
const INTEGER_MIN = -INTEGER_MAX - 1;

export const maxLengthOf = (item: QuestionnaireItem): number =>
  item.maxLength ?? (item.type === 'text' ? TEXT_LENGTH_MAX : STRING_LENGTH_MAX);

/** People count characters, not UTF-16 units. */
export const lengthOf = (text: string): number => [...text].length;

export function answerFaults(
  questionnaire: Questionnaire,
  item: QuestionnaireItem,
  answer: AnswerValue,
  limits: AnswerLimits = {},
): readonly Fault[] {
  if (item.type === 'group' || item.type === 'display') return [{ code: 'answer-not-allowed' }];
  const kind = valueKindOf(answer);
  const allowed: readonly ValueKey[] = VALUES_OF[item.type];
  if (kind === null || !allowed.includes(kind)) return [{ code: 'wrong-type', data: { expected: item.type } }];
  const faults = CHECKS[item.type]({ questionnaire, item, answer, limits });
  return faults.length > 0 ? faults : rangeFaults(item, answer, limits);
}

interface Checked {
  readonly questionnaire: Questionnaire;
  readonly item: QuestionnaireItem;
  readonly answer: AnswerValue;
  readonly limits: AnswerLimits;
}

type Check = (checked: Checked) => readonly Fault[];

const CHECKS = {
  boolean: () => [],
  integer: ({ item, answer: { valueInteger } }) =>
    firstOf(numberFaults(valueInteger, { isWhole: true }), () => writtenFaults(item, String(valueInteger))),
  // How many zeros stood behind the point nobody knows any more, so a pattern cannot be asked.
  decimal: ({ item, answer: { valueDecimal } }) =>
    firstOf(numberFaults(valueDecimal, { decimalPlaces: settingsOf(item).maxDecimalPlaces }), () =>
      lengthFaults(item, String(valueDecimal)),
    ),
  quantity: checkQuantity,
  date: checkDate,
  dateTime: ({ item, answer: { valueDateTime } }) =>
    isDateTime(valueDateTime) ? patternFaults(item, valueDateTime) : [{ code: 'date-time-invalid' }],
  time: ({ item, answer: { valueTime } }) => (isTime(valueTime) ? patternFaults(item, valueTime) : [{ code: 'time-invalid' }]),
  string: checkText,
  text: checkText,
  url: ({ item, answer }) => (isUrl(answer.valueUri) ? textFaults(item, answer.valueUri ?? '') : [{ code: 'url-invalid' }]),
  choice: checkChoice,
  'open-choice': ({ answer, ...rest }) =>
    answer.valueString === undefined ? checkChoice({ answer, ...rest }) : textFaults(rest.item, answer.valueString),
  attachment: checkAttachment,
  reference: checkReference,
} satisfies Record<QuestionType, Check>;

function numberFaults(value: unknown, limits: { isWhole?: boolean; decimalPlaces?: number }): readonly Fault[] {
  if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) >= NUMBER_MAX) return [{ code: 'number-invalid' }];
  if (limits.isWhole && !(Number.isInteger(value) && value >= INTEGER_MIN && value <= INTEGER_MAX)) return [{ code: 'number-invalid' }];
  const places = decimalText(value).split('.')[1]?.length ?? 0;
  const max = limits.decimalPlaces;
  return max !== undefined && places > max ? [{ code: 'too-many-decimals', data: { max } }] : [];
}

function checkQuantity({ questionnaire, item, answer, limits }: Checked): readonly Fault[] {
  const quantity = answer.valueQuantity ?? {};
  const { maxDecimalPlaces } = settingsOf(item);
  const faults = numberFaults(quantity.value, { decimalPlaces: maxDecimalPlaces });
  if (faults.length > 0) return faults;
  const units = unitsOf(questionnaire, item);
  const isKnown = units.some(({ system, code, display = code }) =>
    quantity.code === undefined
      ? quantity.unit === display || (quantity.unit !== undefined && quantity.unit === code)
      : quantity.code === code && (!system || !quantity.system || quantity.system === system),
  );
  // Of a unit that the form offers nobody who answers is to blame.
  if (units.length > 0) return isKnown ? [] : [{ code: 'unit-unknown' }];
  const { system, code } = quantity;
  return system === UCUM && code !== undefined && limits.knowsUnit?.(code) === false ? [{ code: 'unit-invalid', severity: 'warning' }] : [];
}

/** A pattern can ask for less than a day, or for no less than one. */
function checkDate({ item, answer: { valueDate } }: Checked): readonly Fault[] {
  return isDate(valueDate) ? patternFaults(item, valueDate) : [{ code: 'date-invalid' }];
}

const firstOf = (faults: readonly Fault[], others: () => readonly Fault[]): readonly Fault[] => (faults.length > 0 ? faults : others());

/** Lengths and `regex` are about what is written, of numbers as well (Questionnaire, invariant que-10). */
const writtenFaults = (item: QuestionnaireItem, text: string): readonly Fault[] =>
  firstOf(lengthFaults(item, text), () => patternFaults(item, text));

function lengthFaults(item: QuestionnaireItem, text: string): readonly Fault[] {
  const { maxLength: max = Number.POSITIVE_INFINITY } = item;
  const { minLength: min = 0 } = settingsOf(item);
  const count = lengthOf(text);
  if (count > max) return [{ code: 'too-long', data: { max, count } }];
  return count < min ? [{ code: 'too-short', data: { min, count } }] : [];
}

function patternFaults(item: QuestionnaireItem, text: string): readonly Fault[] {
  const { regex } = settingsOf(item);
  if (regex === undefined) return [];
  const pattern = readWholePattern(regex);
  if (isPattern(pattern)) return pattern.test(text) ? [] : [{ code: 'pattern' }];
  // Either is a finding of the form checker, not the fault of the person who answers.
  return pattern === 'unbounded' ? [{ code: 'pattern-unchecked', severity: 'warning' }] : [];
}

function checkText({ item, answer }: Checked): readonly Fault[] {
  return textFaults(item, answer.valueString ?? '');
}

function textFaults(item: QuestionnaireItem, text: string): readonly Fault[] {
  if (typeof text !== 'string') return [{ code: 'wrong-type', data: { expected: item.type } }];
  const { minLength } = settingsOf(item);
  const max = maxLengthOf(item);
  const length = lengthOf(text);
  if (length > max) return [{ code: 'too-long', data: { max, count: length } }];
  if (text.trim() === '') return [{ code: 'blank-text' }];
  if (minLength !== undefined && length < minLength) return [{ code: 'too-short', data: { min: minLength, count: length } }];
  return patternFaults(item, text);
}

function checkChoice({ questionnaire, item, answer, limits }: Checked): readonly Fault[] {
  if (limits.withdrawn?.has(valueKeyOf(answer))) return [{ code: 'option-unknown' }];
  const values = limits.options ?? choicesOf(questionnaire, item)?.map((choice) => choice.value);
  if (!values) return externalFaults({ questionnaire, item, answer, limits });
  // Where the form has no list at all, nobody can say that a code is not in it; the checker refuses such a form.
  if (!limits.options && !item.answerOption && item.answerValueSet === undefined)
    return [{ code: 'option-unchecked', severity: 'warning' }];
  const chosen = values.find((value) => isSameAnswer(value, answer));
  if (chosen) return limits.withdrawn?.has(valueKeyOf(chosen)) ? [{ code: 'option-unknown' }] : [];
  return item.answerConstraint === 'optionsOrType'
    ? typeFaults(values, { questionnaire, item, answer, limits })
    : [{ code: 'option-unknown' }];
}

/** Beside the options a value of their type is taken (R5, `optionsOrType`). */
function typeFaults(options: readonly AnswerValue[], { answer, ...rest }: Checked): readonly Fault[] {
  const kind = valueKindOf(answer);
  if (!options.some((option) => valueKindOf(option) === kind)) return [{ code: 'option-unknown' }];
  if (answer.valueInteger !== undefined) return numberFaults(answer.valueInteger, { isWhole: true });
  if (answer.valueDate !== undefined) return checkDate({ answer, ...rest });
  return answer.valueTime === undefined || isTime(answer.valueTime) ? [] : [{ code: 'time-invalid' }];
}

function externalFaults({ questionnaire, item, answer: { valueCoding }, limits: { verdictOf } }: Checked): readonly Fault[] {
  if (!valueCoding?.code) return [{ code: 'option-unknown' }];
  const canonical = externalValueSet(questionnaire, item);
  if (canonical === null || !verdictOf) return [];
  switch (verdictOf(canonical, valueCoding)) {
    case 'listed':
      return [];
    case 'unlisted':
      return [{ code: 'option-unknown' }];
    case 'unknown':
      return [{ code: 'option-unchecked', severity: 'warning' }];
  }
}

function checkAttachment({ item, answer, limits: { takesForeignFiles } }: Checked): readonly Fault[] {
  const { url, contentType, data, size = data === undefined ? undefined : bytesIn(data) } = answer.valueAttachment ?? {};
  const { maxSizeBytes, mimeTypes } = settingsOf(item);
  if (takesForeignFiles ? url === undefined && data === undefined : !fileIdOf(url)) return [{ code: 'file-missing' }];
  if (maxSizeBytes !== undefined && size !== undefined && size > maxSizeBytes)
    return [{ code: 'file-too-large', data: { max: maxSizeBytes } }];
  return isAllowedType(contentType, mimeTypes) ? [] : [{ code: 'file-type', data: { allowed: mimeTypes.join(', ') } }];
}

/** Of what base64 stands for. */
const bytesIn = (base64: string): number => Math.floor((base64.replace(/[=\s]/g, '').length * 3) / 4);

/** `image/*` allows every image. */
export function isAllowedType(contentType: string | undefined, mimeTypes: readonly string[]): boolean {
  if (mimeTypes.length === 0) return true;
  const given = bareType(contentType ?? '');
  return mimeTypes.map(bareType).some((type) => type === given || (type.endsWith('/*') && given.startsWith(type.slice(0, -1))));
}

/** Letters are written in either case, and parameters such as `charset` may follow (RFC 9110, 8.3.1). */
const bareType = (type: string): string => type.toLowerCase().split(';', 1).join('').trim();

function checkReference({ item, answer, limits: { signer, takesForeignFiles } }: Checked): readonly Fault[] {
  const { reference, identifier, type: stated } = answer.valueReference ?? {};
  const { referenceKind, referenceResources, isSignature } = settingsOf(item);
  // Elsewhere a resource may be known by an identifier alone.
  if (takesForeignFiles && !isSignature && reference === undefined && identifier?.value !== undefined) {
    const isFitting = stated === undefined || referenceResources.length === 0 || referenceResources.includes(stated);
    return isFitting ? [] : [{ code: 'reference-kind', data: { expected: referenceResources.join(', ') } }];
  }
  if (!reference || typeof reference !== 'string' || !isReferenceText(reference)) return [{ code: 'reference-invalid' }];
  if (isSignature && signer !== undefined && reference !== signer) return [{ code: 'signature-foreign' }];
  const kind = isSignature ? 'person' : referenceKind;
  const type = resourceTypeIn(reference);
  const isOther = referenceResources.length > 0 && type !== null && !referenceResources.includes(type);
  return isOther || (kind !== undefined && !isReferenceTo(kind, reference))
    ? [{ code: 'reference-kind', data: { expected: kind ?? referenceResources.join(', ') } }]
    : [];
}

function rangeFaults(item: QuestionnaireItem, answer: AnswerValue, limits: AnswerLimits): readonly Fault[] {
  const { minValue = settingsOf(item).minValue, maxValue = settingsOf(item).maxValue } = limits;
  const isBeyond = (limit: AnswerValue | undefined, sign: number): limit is AnswerValue => {
    // A limit without a unit is meant in whatever unit the answer has.
    const { valueQuantity } = answer;
    const value = valueQuantity && !limit?.valueQuantity ? { valueDecimal: valueQuantity.value } : answer;
    const order = limit ? compareValues(value, limit) : null;
    return order !== null && order * sign > 0;
  };
  const beyond = quantityFault(item, answer, limits);
  if (beyond) return [beyond];
  const isMoment = item.type === 'date' || item.type === 'dateTime' || item.type === 'time';
  if (isBeyond(minValue, -1)) return [{ code: isMoment ? 'too-early' : 'min-value', data: { min: limitText(minValue) } }];
  return isBeyond(maxValue, 1) ? [{ code: isMoment ? 'too-late' : 'max-value', data: { max: limitText(maxValue) } }] : [];
}

/** An amount that cannot be measured in the unit of the limit is not within it. */
function quantityFault(item: QuestionnaireItem, { valueQuantity }: AnswerValue, { compareQuantities }: AnswerLimits): Fault | null {
  const { minQuantity, maxQuantity } = settingsOf(item);
  if (!valueQuantity || !compareQuantities) return null;
  const order = (limit: Quantity): number => compareQuantities(valueQuantity, limit) ?? Number.NaN;
  if (minQuantity && !(order(minQuantity) >= 0)) return { code: 'min-value', data: { min: limitText({ valueQuantity: minQuantity }) } };
  return maxQuantity && !(order(maxQuantity) <= 0) ? { code: 'max-value', data: { max: limitText({ valueQuantity: maxQuantity }) } } : null;
}

function limitText(limit: AnswerValue): string {
  const number = limit.valueInteger ?? limit.valueDecimal ?? limit.valueQuantity?.value;
  if (number !== undefined) return [decimalText(number), limit.valueQuantity?.unit].filter(Boolean).join(' ');
  return limit.valueDate ?? limit.valueDateTime ?? limit.valueTime ?? '';
}

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d{1,9})?(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?$/;

/** A year, a month or a day that exists. */
export function isDate(value: unknown): value is string {
  const match = typeof value === 'string' ? DATE.exec(value) : null;
  if (!match) return false;
  const [, year, month = '01', day = '01'] = match;
  // FHIR's calendar begins with the year 1 (https://hl7.org/fhir/R4/datatypes.html#date).
  if (year === '0000') return false;
  const at = new Date(`${year}-${month}-${day}T00:00:00Z`);
  // Dates that do not exist either fail to parse or roll over into the next month.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(`${year}-${month}-${day}`);
}

/** FHIR asks for a zone once there is a time. */
export function isDateTime(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const match = DATE_TIME.exec(value);
  return match ? isDate(match[1]) && isTime(match[2]) : isDate(value);
}

export const isTime = (value: unknown): value is string => typeof value === 'string' && TIME.test(value);

function isUrl(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  // Schemes like `javascript:` must never become a link on somebody else's page.
  return URL.canParse(value) && /^(?:https?|ftp|mailto|tel|urn):/i.test(value);
}
