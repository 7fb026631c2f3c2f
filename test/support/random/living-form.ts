/** Random forms in which everything may follow from everything before it, random responses to them, and random changes of those. */
import fc from 'fast-check';
import { asOverride } from '#core/form/expression/override.ts';
import { parseQuestionnaire } from '#core/form/parse.ts';
import type { Extension, Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse, ResponseAnswer, ResponseItem } from '#core/form/response.ts';

const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';
const FHIR = 'http://hl7.org/fhir/StructureDefinition/';

/** Numbers that decide about one item of the form. */
const part = fc.record({
  kind: fc.constantFrom('question', 'question', 'question', 'group', 'rows', 'rows', 'display'),
  /** In which group or question before it; most stand at the top. */
  parent: fc.nat(20),
  means: fc.constantFrom('plain', 'plain', 'sum', 'sum', 'if', 'if', 'when', 'when', 'unless'),
  of: fc.nat(100),
  and: fc.nat(100),
  way: fc.nat(7),
  shows: fc.constantFrom('nothing', 'nothing', 'constraint', 'text', 'max', 'toggle'),
});
type Part = typeof part extends fc.Arbitrary<infer T> ? T : never;

/** In one form of four items may follow from what stands after them, and from themselves. */
export const livingForm: fc.Arbitrary<Questionnaire> = fc
  .record({ parts: fc.array(part, { minLength: 3, maxLength: 14 }), isTangled: fc.integer({ min: 0, max: 3 }) })
  .map(({ parts, isTangled }) => {
    const children = new Map<number, number[]>([[-1, []]]);
    for (const [index, { parent }] of parts.entries()) {
      const at = parent < index && parts[parent]?.kind !== 'display' ? parent : -1;
      children.set(at, [...(children.get(at) ?? []), index]);
    }
    const others = isTangled === 0 ? parts.length : null;
    const build = (index: number): readonly QuestionnaireItem[] =>
      parts.slice(index, index + 1).map((one) => {
        const item = itemOf(one, index, others ?? Math.max(index, 1));
        const below = (children.get(index) ?? []).flatMap(build);
        return below.length > 0 ? { ...item, item: below } : item;
      });
    const parsed = parseQuestionnaire({
      resourceType: 'Questionnaire',
      status: 'active',
      item: (children.get(-1) ?? []).flatMap(build),
      extension: [variable('first', answer(0))],
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return parsed.value;
  });

const fhirpath = (expression: string) => ({ language: 'text/fhirpath', expression });
const variable = (name: string, source: string): Extension => ({ url: `${FHIR}variable`, valueExpression: { ...fhirpath(source), name } });
const answer = (index: number): string => `%resource.descendants().where(linkId='q${index}').answer.value`;

/** Several ways to read an answer: looked up, by a walk, by a variable of the form, from where the item stands, by the day, with what is below. */
function read(way: number, index: number): string {
  if (way === 0) return `%resource.descendants().where(linkId.startsWith('q${index}')).answer.value`;
  if (way === 1) return '%first';
  if (way === 2) return `(${answer(index)} | item.answer.value)`;
  if (way === 3) return `(${answer(index)} | today().toString().substring(8, 2).toInteger())`;
  if (way === 4 || way === 5) return `%resource.descendants().where(linkId='q${index}').repeat(item).answer.value`;
  return answer(index);
}

function itemOf({ kind, means, of, and, way, shows }: Part, index: number, before: number): QuestionnaireItem {
  const [one, other] = [of % before, and % before];
  const sum = `((${read(way, one)}).sum() + (${answer(other)}).sum() + 1) mod 7`;
  const isMore = `(${read(way, one)}).sum() > ${and % 6}`;
  const isQuestion = kind === 'question';
  const extension: Extension[] = [];
  if (means === 'sum' && isQuestion) extension.push({ url: `${SDC}calculatedExpression`, valueExpression: fhirpath(sum) });
  if (means === 'if') extension.push({ url: `${SDC}enableWhenExpression`, valueExpression: fhirpath(isMore) });
  if (shows === 'constraint') {
    extension.push({
      url: `${FHIR}targetConstraint`,
      extension: [
        { url: 'key', valueCode: 'k' },
        { url: 'expression', valueExpression: fhirpath(isMore) },
        { url: 'human', valueString: 'no' },
      ],
    });
  }
  if (shows === 'toggle') {
    extension.push({
      url: `${SDC}answerOptionsToggleExpression`,
      extension: [
        { url: 'option', valueInteger: 1 },
        { url: 'expression', valueExpression: fhirpath(isMore) },
      ],
    });
  }
  if (shows === 'max' && isQuestion) {
    extension.push({
      url: `${FHIR}maxValue`,
      _valueInteger: { extension: [{ url: `${FHIR}cqf-calculatedValue`, valueExpression: fhirpath(sum) }] },
    });
  }
  const text = { extension: [{ url: `${FHIR}cqf-expression`, valueExpression: fhirpath(`(${read(way, one)}).sum().toString()`) }] };
  const condition = { question: `q${one}`, operator: means === 'unless' ? '!=' : '>', answerInteger: and % 4 } as const;
  return {
    linkId: `q${index}`,
    type: isQuestion ? 'integer' : kind === 'display' ? 'display' : 'group',
    ...(kind === 'rows' || (isQuestion && way === 7 && means === 'plain') ? { repeats: true } : {}),
    ...((means === 'when' || means === 'unless') && index > 0 ? { enableWhen: [condition] } : {}),
    ...(shows === 'text' ? { text: '-', _text: text } : {}),
    ...(extension.length > 0 ? { extension } : {}),
  };
}

/** Where the numbers come from, one after another; always the same for the same seed. */
type Draw = (below: number) => number;
export const drawFrom = (seed: readonly number[]): Draw => {
  let at = 0;
  return (below) => (seed[at++ % seed.length] ?? 0) % below;
};
export const seeds = fc.array(fc.nat(10_000), { minLength: 40, maxLength: 40 });

export function responseFrom({ item = [] }: Questionnaire, draw: Draw): QuestionnaireResponse {
  return { resourceType: 'QuestionnaireResponse', status: 'in-progress', item: item.flatMap((each) => filled(each, draw)) };
}

function filled(item: QuestionnaireItem, draw: Draw): readonly ResponseItem[] {
  const { linkId, item: below = [] } = item;
  if (item.type === 'display') return [];
  if (item.type === 'group') {
    const count = item.repeats ? draw(4) : draw(8) > 0 ? 1 : 0;
    return Array.from({ length: count }, () => ({ linkId, item: below.flatMap((each) => filled(each, draw)) }));
  }
  const answers = answersFrom(item, draw);
  return answers.length > 0 ? [{ linkId, answer: answers }] : [];
}

function answersFrom(item: QuestionnaireItem, draw: Draw): readonly ResponseAnswer[] {
  const count = item.repeats ? draw(3) : draw(3) > 0 ? 1 : 0;
  return Array.from({ length: count }, () => {
    const value = { valueInteger: draw(6) };
    const nested = (item.item ?? []).flatMap((each) => filled(each, draw));
    const given: ResponseAnswer = draw(5) === 0 ? asOverride(value) : value;
    return nested.length > 0 ? { ...given, item: nested } : given;
  });
}

/** One change somewhere: an answer given or taken, a row put in or taken out in the middle. All the rest is the same objects. */
export function changed({ item: definitions = [] }: Questionnaire, response: QuestionnaireResponse, draw: Draw): QuestionnaireResponse {
  return { ...response, item: changedItems(definitions, response.item ?? [], draw) };
}

function changedItems(definitions: readonly QuestionnaireItem[], items: readonly ResponseItem[], draw: Draw): readonly ResponseItem[] {
  const item = definitions[draw(Math.max(definitions.length, 1))];
  if (!item) return items;
  const own = items.filter(({ linkId }) => linkId === item.linkId);
  const [goesIn, at] = [draw(4) > 0, draw(own.length + 1)];
  const picked = own[Math.min(at, own.length - 1)];
  const replace = (others: readonly ResponseItem[]): readonly ResponseItem[] => [
    ...items.filter(({ linkId }) => linkId !== item.linkId),
    ...others,
  ];
  if (picked && goesIn && item.item) return items.map((each) => (each === picked ? changedBelow(item, each, draw) : each));
  if (item.type !== 'group' || !item.repeats) return replace(filled(item, draw));
  if (picked && draw(2) === 0) return replace(own.filter((each) => each !== picked));
  return replace([...own.slice(0, at), ...filled({ ...item, repeats: false }, draw), ...own.slice(at)]);
}

function changedBelow(item: QuestionnaireItem, source: ResponseItem, draw: Draw): ResponseItem {
  if (item.type === 'group') return { ...source, item: changedItems(item.item ?? [], source.item ?? [], draw) };
  const [first, ...others] = source.answer ?? [];
  return first ? { ...source, answer: [{ ...first, item: changedItems(item.item ?? [], first.item ?? [], draw) }, ...others] } : source;
}
