/** The form that a set of indicators asks for, as a FHIR Questionnaire: a group an indicator, in it two numbers that are facts and a word of explanation. */
import { canonicalJson } from '#core/journal/canonical.ts';
import type { JsonObject } from '#core/json.ts';
import type { LocalizedText } from '#core/text.ts';
import { type FigurePart, factName } from './figure.ts';
import type { IndicatorDefinition } from './indicator.ts';
import type { IndicatorSet } from './indicator-set.ts';

const TRANSLATION = 'http://hl7.org/fhir/StructureDefinition/translation';
const FACT = 'https://bihuan.dev/fhir/StructureDefinition/fact';
const MINIMUM = 'http://hl7.org/fhir/StructureDefinition/minValue';
const EXPLANATION_CHARACTERS_MAX = 1_000;

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
  ],
});

const number = (definition: IndicatorDefinition, part: FigurePart): JsonObject => ({
  linkId: `${definition.code}.${part}`,
  type: 'integer',
  ...named('text', definition[part]),
  extension: [
    { url: FACT, valueString: factName(definition.code, part) },
    { url: MINIMUM, valueInteger: 0 },
  ],
});

function named(field: 'title' | 'description' | 'text', { 'zh-CN': chinese, en = chinese }: LocalizedText): JsonObject {
  const translation: readonly JsonObject[] = [
    { url: 'lang', valueCode: 'en' },
    { url: 'content', valueString: en },
  ];
  return { [field]: chinese, [`_${field}`]: { extension: [{ url: TRANSLATION, extension: translation }] } };
}

function missing(code: string): never {
  throw new Error(`No definition of ${code} is among those of the set.`);
}
