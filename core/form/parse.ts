/**
 * Unknown input becomes a form or a response here, once, or a list of what is wrong and where. Elements of a questionnaire that we do not
 * know pass through untouched; a response is strict, because what nobody reads nobody should send.
 */
import { z } from 'zod';
import { ENABLE_OPERATORS, ITEM_TYPES, type Questionnaire } from './questionnaire.ts';
import type { QuestionnaireResponse } from './response.ts';

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly { readonly path: string; readonly message: string }[] };

export const parseQuestionnaire = (input: unknown): Parsed<Questionnaire> => parseWith<Questionnaire>(questionnaireSchema, input);

export const parseResponse = (input: unknown): Parsed<QuestionnaireResponse> => parseWith<QuestionnaireResponse>(responseSchema, input);

/** Deeper than any form people fill, shallower than any stack. */
const DEPTH_MAX = 40;
const PROBLEMS_MAX = 20;

/** The schemas mirror the interfaces; a test parses the samples of both. */
function parseWith<T>(schema: z.ZodType, input: unknown): Parsed<T> {
  if (depthOf(input) > DEPTH_MAX) return { ok: false, problems: [{ path: '', message: `nested deeper than ${DEPTH_MAX} levels` }] };
  const result = schema.safeParse(input);
  if (result.success) return { ok: true, value: input as T };
  const problems = result.error.issues.slice(0, PROBLEMS_MAX).map(({ path, message }) => ({ path: pathText(path), message }));
  return { ok: false, problems };
}

export const problemText = (problems: readonly { readonly path: string; readonly message: string }[]): string =>
  problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ');

/** `item[2].linkId` */
const pathText = (path: readonly PropertyKey[]): string =>
  path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`)).join('');

function depthOf(value: unknown, depth = 0): number {
  if (value === null || typeof value !== 'object' || depth > DEPTH_MAX) return depth;
  let deepest = depth;
  for (const member of Object.values(value)) deepest = Math.max(deepest, depthOf(member, depth + 1));
  return deepest;
}

const text = z.string().min(1).max(100_000);
const shortText = z.string().min(1).max(1_000);
const number = z.number().refine(Number.isFinite, 'must be a finite number');
const whole = z.number().int();
const list = <T extends z.ZodType>(schema: T) => z.array(schema).max(20_000);

/** Annotated, because an object that contains itself has no inferable type. */
type Nested = z.ZodOptional<z.ZodArray<z.ZodType>>;

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
});
const extensions = list(extension).optional();
const extended = z.looseObject({ extension: extensions }).optional();

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
});

const answerOption = z
  .looseObject({ ...value, initialSelected: z.boolean().optional(), extension: extensions })
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
  answerOption: list(answerOption).optional(),
  answerValueSet: shortText.optional(),
  initial: list(z.looseObject(value).refine(hasOneValue, ONE_VALUE)).optional(),
  code: list(coding).optional(),
  extension: extensions,
  modifierExtension: extensions,
  get item(): Nested {
    return list(questionnaireItem).optional();
  },
});

const concept = z.looseObject({
  code: shortText,
  display: text.optional(),
  designation: list(z.looseObject({ language: shortText.optional(), value: text })).optional(),
});

const valueSet = z.looseObject({
  resourceType: z.string(),
  id: shortText.optional(),
  compose: z
    .looseObject({
      include: list(z.looseObject({ system: shortText.optional(), concept: list(concept).optional() })).optional(),
    })
    .optional(),
  expansion: z.looseObject({ contains: list(concept).optional() }).optional(),
});

const questionnaireSchema = z.looseObject({
  resourceType: z.literal('Questionnaire'),
  url: shortText.optional(),
  version: shortText.optional(),
  title: text.optional(),
  _title: extended,
  status: z.enum(['draft', 'active', 'retired', 'unknown']),
  language: shortText.optional(),
  contained: list(valueSet).optional(),
  extension: extensions,
  item: list(questionnaireItem).optional(),
});

const responseAnswer = z
  .strictObject({
    ...value,
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
  text: text.optional(),
  definition: shortText.optional(),
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
