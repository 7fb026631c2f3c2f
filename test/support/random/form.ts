/** Random forms that compute, and answers to them. */
import fc from 'fast-check';
import { parseQuestionnaire } from '#core/form/parse.ts';
import type { Questionnaire, QuestionnaireItem } from '#core/form/questionnaire.ts';
import type { QuestionnaireResponse, ResponseItem } from '#core/form/response.ts';

const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';

/** Each item may be computed from those before it, or enabled by them, and stand in the group before it. */
export const randomForm: fc.Arbitrary<Questionnaire> = fc
  .array(fc.record({ kind: fc.constantFrom('plain', 'sum', 'if'), of: fc.nat(100), and: fc.nat(100), isIn: fc.boolean() }), {
    minLength: 2,
    maxLength: 10,
  })
  .map((parts) => {
    const answer = (index: number): string => `%resource.descendants().where(linkId='q${index}').answer.value`;
    const items = parts.map(({ kind, of, and }, index): QuestionnaireItem => {
      const [one, other] = [of % Math.max(index, 1), and % Math.max(index, 1)];
      const source = kind === 'sum' ? `${answer(one)} + ${answer(other)}` : `${answer(one)} > ${and % 5}`;
      const url = `${SDC}${kind === 'sum' ? 'calculated' : 'enableWhen'}Expression`;
      const isPlain = kind === 'plain' || index === 0;
      return {
        linkId: `q${index}`,
        type: 'integer',
        ...(isPlain ? {} : { extension: [{ url, valueExpression: { language: 'text/fhirpath', expression: source } }] }),
      };
    });
    const inside = items.filter((_, index) => parts[index]?.isIn);
    const item = [
      ...items.filter((_, index) => !parts[index]?.isIn),
      ...(inside.length > 0 ? [{ linkId: 'g', type: 'group' as const, item: inside }] : []),
    ];
    const parsed = parseQuestionnaire({ resourceType: 'Questionnaire', status: 'active', item });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return parsed.value;
  });

export const randomAnswers = fc.array(fc.option(fc.integer({ min: 0, max: 6 })), { minLength: 10, maxLength: 10 });

export function responseTo(questionnaire: Questionnaire, given: readonly (number | null)[]): QuestionnaireResponse {
  const fill = (items: readonly QuestionnaireItem[]): readonly ResponseItem[] =>
    items.flatMap(({ linkId, item }): readonly ResponseItem[] => {
      if (item) return [{ linkId, item: fill(item) }];
      const value = given[Number(linkId.slice(1))];
      return value === null || value === undefined ? [] : [{ linkId, answer: [{ valueInteger: value }] }];
    });
  return { resourceType: 'QuestionnaireResponse', status: 'in-progress', item: fill(questionnaire.item ?? []) };
}
