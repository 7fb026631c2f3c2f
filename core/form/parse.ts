/**
 * Unknown input becomes a form or a response here, once, or a list of what is wrong and where. Elements of a questionnaire that we do not
 * know pass through untouched; a response is strict, because what nobody reads nobody should send.
 */
import { z } from 'zod';
import { DEPTH_MAX, type Parsed, parseWith } from './parse-with.ts';
import { ENABLE_OPERATORS, ITEM_TYPES, type Questionnaire } from './questionnaire.ts';
import type { QuestionnaireResponse } from './response.ts';
import { list, type Nested, number, shortText, text, whole } from './schemas.ts';
import { terminologySchema } from './terminology/parse.ts';

export { type Parsed, problemText } from './parse-with.ts';

export const parseQuestionnaire = (input: unknown): Parsed<Questionnaire> => parseWith<Questionnaire>(questionnaireSchema, input);

/** Below a question a response goes twice as deep as its form: into the answer as well. */
export const parseResponse = (input: unknown): Parsed<QuestionnaireResponse> =>
  parseWith<QuestionnaireResponse>(responseSchema, input, 2 * DEPTH_MAX);

/** What is said of a value beside it. */
const extended: z.ZodOptional<z.ZodType> = z.lazy(() => z.looseObject({ extension: extensions })).optional();

const extension = z.looseObject({
  url: shortText,
  get extension(): Nested {
    return list(extension).optional();
  },
  valueBoolean: z.boolean().optional(),
  valueInteger: whole.optional(),
  valueDecimal: number.optional(),
  valueString: text.optional(),
  valueCode: shortText.optional(),
  valueMarkdown: text.optional(),
  valueUri: shortText.optional(),
  valueExpression: z
    .looseObject({ name: z.string().optional(), language: z.string().optional(), expression: z.string().optional() })
    .optional(),
  _valueString: extended,
  _valueMarkdown: extended,
  _valueInteger: extended,
  _valueDecimal: extended,
  _valueDate: extended,
  _valueDateTime: extended,
  _valueTime: extended,
});
const extensions = list(extension).optional();

const coding = z.looseObject({
  system: shortText.optional(),
  code: shortText.optional(),
  display: text.optional(),
  _display: extended,
  extension: extensions,
});
const attachment = z.looseObject({
  url: shortText.optional(),
  title: shortText.optional(),
  contentType: shortText.optional(),
  size: whole.nonnegative().optional(),
  data: z.string().refine(isBase64, 'must be base64').optional(),
});
const reference = z.looseObject({ reference: shortText.optional(), display: shortText.optional(), type: shortText.optional() });
const quantity = z.looseObject({
  value: number.optional(),
  unit: shortText.optional(),
  system: shortText.optional(),
  code: shortText.optional(),
});

const value = {
  valueBoolean: z.boolean().optional(),
  valueDecimal: number.optional(),
  valueInteger: whole.optional(),
  valueDate: shortText.optional(),
  valueDateTime: shortText.optional(),
  valueTime: shortText.optional(),
  valueString: text.optional(),
  valueUri: shortText.optional(),
  valueCoding: coding.optional(),
  valueAttachment: attachment.optional(),
  valueReference: reference.optional(),
  valueQuantity: quantity.optional(),
};

/** As FHIR has it, with spaces and line ends (https://hl7.org/fhir/R4/datatypes.html#base64Binary). */
function isBase64(data: string): boolean {
  const bare = data.replace(/\s/g, '');
  return bare !== '' && bare.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(bare);
}

const hasOneValue = (holder: object): boolean => Object.keys(holder).filter((key) => key.startsWith('value')).length === 1;
const ONE_VALUE = 'must have exactly one value[x]';

const enableWhen = z.looseObject({
  question: shortText,
  operator: z.enum(ENABLE_OPERATORS),
  answerBoolean: z.boolean().optional(),
  answerDecimal: number.optional(),
  answerInteger: whole.optional(),
  answerDate: shortText.optional(),
  answerDateTime: shortText.optional(),
  answerTime: shortText.optional(),
  answerString: shortText.optional(),
  answerCoding: coding.optional(),
  answerQuantity: quantity.optional(),
  answerReference: reference.optional(),
  modifierExtension: extensions,
});

const answerOption = z
  .looseObject({
    ...value,
    _valueString: extended,
    initialSelected: z.boolean().optional(),
    extension: extensions,
    modifierExtension: extensions,
  })
  .refine(hasOneValue, ONE_VALUE);

const questionnaireItem = z.looseObject({
  linkId: z.string().min(1).max(255),
  type: z.enum(ITEM_TYPES),
  text: text.optional(),
  _text: extended,
  prefix: shortText.optional(),
  required: z.boolean().optional(),
  repeats: z.boolean().optional(),
  readOnly: z.boolean().optional(),
  maxLength: whole.positive().optional(),
  enableWhen: list(enableWhen).optional(),
  enableBehavior: z.enum(['all', 'any']).optional(),
  disabledDisplay: z.enum(['hidden', 'protected']).optional(),
  answerConstraint: z.string().optional(),
  answerOption: list(answerOption).optional(),
  answerValueSet: shortText.optional(),
  initial: list(z.looseObject(value).refine(hasOneValue, ONE_VALUE)).optional(),
  code: list(coding).optional(),
  definition: shortText.optional(),
  extension: extensions,
  modifierExtension: extensions,
  get item(): Nested {
    return list(questionnaireItem).optional();
  },
});

const questionnaireSchema = z.looseObject({
  resourceType: z.literal('Questionnaire'),
  url: shortText.optional(),
  version: shortText.optional(),
  title: text.optional(),
  _title: extended,
  status: z.enum(['draft', 'active', 'retired', 'unknown']),
  language: shortText.optional(),
  contained: list(terminologySchema).optional(),
  extension: extensions,
  modifierExtension: extensions,
  item: list(questionnaireItem).optional(),
});

/** Beside a value and the words of an item stands what is said of them: a translation, a rendering. */
const responseAnswer = z
  .strictObject({
    ...value,
    _valueBoolean: extended,
    _valueDecimal: extended,
    _valueInteger: extended,
    _valueDate: extended,
    _valueDateTime: extended,
    _valueTime: extended,
    _valueString: extended,
    _valueUri: extended,
    id: shortText.optional(),
    extension: extensions,
    get item(): Nested {
      return list(responseItem).optional();
    },
  })
  .refine(hasOneValue, ONE_VALUE);

const responseItem = z.strictObject({
  id: shortText.optional(),
  linkId: z.string().min(1).max(255),
  _linkId: extended,
  text: text.optional(),
  _text: extended,
  definition: shortText.optional(),
  _definition: extended,
  extension: extensions,
  get answer(): Nested {
    return list(responseAnswer).optional();
  },
  get item(): Nested {
    return list(responseItem).optional();
  },
});

const responseSchema = z.looseObject({
  resourceType: z.literal('QuestionnaireResponse'),
  questionnaire: shortText.optional(),
  status: z.enum(['in-progress', 'completed', 'amended', 'entered-in-error', 'stopped']),
  authored: shortText.optional(),
  item: list(responseItem).optional(),
});
