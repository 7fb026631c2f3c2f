/** The form that a set of indicators asks for, as a FHIR Questionnaire: a group an indicator, in it two numbers that are facts and a word of explanation; and what is remarked on it. */
import { canonicalJson } from '#core/journal/canonical.ts';
import type { JsonObject } from '#core/json.ts';
import type { LocalizedText } from '#core/text.ts';
import { type FigurePart, factName } from './figure.ts';
import type { IndicatorDefinition } from './indicator.ts';
import type { IndicatorSet } from './indicator-set.ts';

const TRANSLATION = 'http://hl7.org/fhir/StructureDefinition/translation';
const FACT = 'https://bihuan.dev/fhir/StructureDefinition/fact';
const MINIMUM = 'http://hl7.org/fhir/StructureDefinition/minValue';
const HIDDEN = 'http://hl7.org/fhir/StructureDefinition/questionnaire-hidden';
const CALCULATED = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression';
const CONTROL = 'http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl';
const CONTROLS = 'http://hl7.org/fhir/questionnaire-item-control';
const EXPLANATION_CHARACTERS_MAX = 1_000;
const REMARK_CHARACTERS_MAX = 500;

/** `definitions`: the nation's, one for each indicator of the set. Throws where one is missing. */
export function reportForm(set: IndicatorSet, definitions: readonly IndicatorDefinition[]): JsonObject {
  return {
    resourceType: 'Questionnaire',
    id: 'quality-report',
    url: 'https://bihuan.dev/fhir/Questionnaire/quality-report',
    version: '1',
    name: 'QualityReport',
    ...named('title', set.name),
    status: 'active',
    subjectType: ['Organization'],
    language: 'zh-CN',
    ...named('description', HINT),
    item: set.indicators.map((code) => group(definitions.find((definition) => definition.code === code) ?? missing(code))),
  };
}

/** The same figures by the same words, whatever else stands in the form. */
export const asksAlike = (one: object, other: object): boolean => canonicalJson(askedIn(one)) === canonicalJson(askedIn(other));

/** The figures with the words around them, in their order. */
function askedIn(part: object): readonly unknown[] {
  const [items, extensions] = [listIn(part, 'item'), listIn(part, 'extension')];
  const inside = items.flatMap(askedIn);
  const fact = extensions.find((each) => Reflect.get(each, 'url') === FACT) ?? null;
  // What has no figure in it is no part of what is asked.
  if (fact === null && inside.length === 0) return [];
  return [[...['linkId', 'text', '_text'].map((name) => Reflect.get(part, name) ?? null), fact], ...inside];
}

function listIn(part: object, name: string): readonly object[] {
  const found: unknown = Reflect.get(part, name);
  return Array.isArray(found) ? found.filter((each) => typeof each === 'object' && each !== null) : [];
}

const HINT: LocalizedText = {
  'zh-CN': '没有的数据请留空，不要填 0；偏离较大时请说明。',
  en: 'Leave out what you do not have, do not write 0; explain what is unusual.',
};

const group = (definition: IndicatorDefinition): JsonObject => ({
  linkId: definition.code,
  type: 'group',
  ...named('text', definition.name),
  item: [
    number(definition, 'numerator'),
    number(definition, 'denominator'),
    {
      linkId: `${definition.code}.explanation`,
      type: 'text',
      ...named('text', { 'zh-CN': '说明', en: 'Explanation' }),
      maxLength: EXPLANATION_CHARACTERS_MAX,
    },
    explained(definition.code),
  ],
});

/** Free text never reaches the process: that there is one is what the validation asks for. */
const explained = (code: string): JsonObject => ({
  linkId: `${code}.explained`,
  type: 'boolean',
  ...named('text', { 'zh-CN': '已说明', en: 'Explained' }),
  readOnly: true,
  extension: [
    { url: HIDDEN, valueBoolean: true },
    { url: FACT, valueString: factName(code, 'explained') },
    {
      url: CALCULATED,
      valueExpression: {
        language: 'text/fhirpath',
        expression: `%resource.item.where(linkId='${code}').item.where(linkId='${code}.explanation').answer.value.exists()`,
      },
    },
  ],
});

/** What whoever looks at a report marks in it: rows of a cell and a remark on it. `prefix`: of the form in which the rows stand. */
export const cellRemarks = (prefix: string, set: IndicatorSet, definitions: readonly IndicatorDefinition[]): JsonObject => ({
  linkId: `${prefix}.cells`,
  type: 'group',
  ...named('text', { 'zh-CN': '逐格意见', en: 'Remarks on cells' }),
  extension: [{ url: CONTROL, valueCodeableConcept: { coding: [{ system: CONTROLS, code: 'gtable' }] } }],
  repeats: true,
  item: [
    {
      linkId: `${prefix}.cells.cell`,
      type: 'choice',
      ...named('text', { 'zh-CN': '指标与栏目', en: 'Indicator and field' }),
      extension: [{ url: CONTROL, valueCodeableConcept: { coding: [{ system: CONTROLS, code: 'drop-down' }] } }],
      required: true,
      answerOption: set.indicators.flatMap((code) => cellsOf(definitions.find((definition) => definition.code === code) ?? missing(code))),
    },
    {
      linkId: `${prefix}.cells.words`,
      type: 'string',
      ...named('text', { 'zh-CN': '意见', en: 'Remark' }),
      required: true,
      maxLength: REMARK_CHARACTERS_MAX,
    },
  ],
});

/** The form with remarks on the cells of this set in the place of those that it has; null where they are the same. */
export function withCellRemarks(form: object, ...asked: Parameters<typeof cellRemarks>): object | null {
  const remarks = cellRemarks(...asked);
  const items = listIn(form, 'item');
  const isThese = (item: object): boolean => Reflect.get(item, 'linkId') === remarks.linkId;
  if (items.filter(isThese).every((item) => canonicalJson(item) === canonicalJson(remarks))) return null;
  return { ...form, item: items.map((item) => (isThese(item) ? remarks : item)) };
}

const CELLS = {
  numerator: { 'zh-CN': '分子', en: 'numerator' },
  denominator: { 'zh-CN': '分母', en: 'denominator' },
  explanation: { 'zh-CN': '说明', en: 'explanation' },
} as const satisfies Record<string, LocalizedText>;

const cellsOf = ({ code, name }: IndicatorDefinition): readonly JsonObject[] =>
  Object.entries(CELLS).map(([part, words]) => ({
    valueCoding: {
      code: `${code}.${part}`,
      ...named('display', { 'zh-CN': `${name['zh-CN']} · ${words['zh-CN']}`, en: `${name.en}: ${words.en}` }),
    },
  }));

const number = (definition: IndicatorDefinition, part: FigurePart): JsonObject => ({
  linkId: `${definition.code}.${part}`,
  type: 'integer',
  ...named('text', definition[part]),
  extension: [
    { url: FACT, valueString: factName(definition.code, part) },
    { url: MINIMUM, valueInteger: 0 },
  ],
});

function named(field: 'title' | 'description' | 'text' | 'display', { 'zh-CN': chinese, en = chinese }: LocalizedText): JsonObject {
  const translation: readonly JsonObject[] = [
    { url: 'lang', valueCode: 'en' },
    { url: 'content', valueString: en },
  ];
  return { [field]: chinese, [`_${field}`]: { extension: [{ url: TRANSLATION, extension: translation }] } };
}

function missing(code: string): never {
  throw new Error(`No definition of ${code} is among those of the set.`);
}
