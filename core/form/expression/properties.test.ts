/** What holds for every form that computes, whatever is answered. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemsIn } from '../bind.ts';
import { parseQuestionnaire } from '../parse.ts';
import { pruneResponse } from '../prune.ts';
import type { Questionnaire, QuestionnaireItem } from '../questionnaire.ts';
import type { QuestionnaireResponse, ResponseItem } from '../response.ts';
import { evaluateResponse } from './evaluate.ts';
import { fhirpathEngine } from './fhirpath.ts';

const context = { engine: fhirpathEngine, now: '2026-11-29T10:00:00+08:00' };
const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-';

/** Each item may be computed from those before it, or enabled by them, and stand in the group before it. */
const form: fc.Arbitrary<Questionnaire> = fc
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

const answers = fc.array(fc.option(fc.integer({ min: 0, max: 6 })), { minLength: 10, maxLength: 10 });

function responseTo(questionnaire: Questionnaire, given: readonly (number | null)[]): QuestionnaireResponse {
  const fill = (items: readonly QuestionnaireItem[]): readonly ResponseItem[] =>
    items.flatMap(({ linkId, item }): readonly ResponseItem[] => {
      if (item) return [{ linkId, item: fill(item) }];
      const value = given[Number(linkId.slice(1))];
      return value === null || value === undefined ? [] : [{ linkId, answer: [{ valueInteger: value }] }];
    });
  return { resourceType: 'QuestionnaireResponse', status: 'in-progress', item: fill(questionnaire.item ?? []) };
}

const RUNS = { numRuns: 60, interruptAfterTimeLimit: 30_000 };

describe('a form that computes', () => {
  it('comes to the same when it is evaluated again', () => {
    fc.assert(
      fc.property(form, answers, (questionnaire, given) => {
        const once = pruneResponse(questionnaire, responseTo(questionnaire, given), context);
        expect(pruneResponse(questionnaire, once, context)).toEqual(once);
      }),
      RUNS,
    );
  });

  it('comes to the same in whatever order its items are answered', () => {
    fc.assert(
      fc.property(form, answers, (questionnaire, given) => {
        const response = responseTo(questionnaire, given);
        const turned = { ...response, item: [...(response.item ?? [])].reverse() };
        expect(pruneResponse(questionnaire, turned, context)).toEqual(pruneResponse(questionnaire, response, context));
      }),
      RUNS,
    );
  });

  it('never leaves an answer to what is disabled', () => {
    fc.assert(
      fc.property(form, answers, (questionnaire, given) => {
        const pruned = pruneResponse(questionnaire, responseTo(questionnaire, given), context);
        const { root, isEnabled } = evaluateResponse(questionnaire, pruned, context);
        for (const bound of itemsIn(root)) if (!isEnabled(bound)) expect(bound.answers).toEqual([]);
      }),
      RUNS,
    );
  });

  it('answers as an engine does that walks the whole response', () => {
    fc.assert(
      fc.property(form, answers, (questionnaire, given) => {
        const { root, isEnabled } = evaluateResponse(questionnaire, responseTo(questionnaire, given), context);
        const whole = { ...pruneResponse(questionnaire, responseTo(questionnaire, given), context) };
        for (const bound of itemsIn(root)) {
          const calculated = bound.item.extension?.find(({ url }) => url.endsWith('calculatedExpression'))?.valueExpression?.expression;
          if (calculated === undefined || !isEnabled(bound)) continue;
          const walked = fhirpathEngine.compile(calculated, 'QuestionnaireResponse')(whole, { resource: whole });
          expect(bound.answers.map(({ answer }) => answer.valueInteger)).toEqual([...walked]);
        }
      }),
      RUNS,
    );
  });
});
