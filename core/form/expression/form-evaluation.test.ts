import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { LARGE_FORM, largeResponse, withOther } from '#test/support/large-form.ts';
import { changed, drawFrom, livingForm, responseFrom, seeds } from '#test/support/random/living-form.ts';
import { itemsIn } from '../bind.ts';
import type { QuestionnaireItem } from '../questionnaire.ts';
import type { QuestionnaireResponse } from '../response.ts';
import { answers, form } from '../sample-form.ts';
import type { ExpressionEngine } from './engine.ts';
import { evaluateResponse } from './evaluate.ts';
import type { EvaluatedForm } from './evaluated-form.ts';
import { fhirpathEngine } from './fhirpath.ts';
import { FormEvaluation } from './form-evaluation.ts';

const context = { engine: fhirpathEngine, now: '2026-11-29T10:00:00+08:00' };
const CHANGES = 6;

/** All that can be seen of it. */
const seen = ({ root, isEnabled, ...others }: EvaluatedForm) => ({
  ...others,
  strays: root.strays,
  items: itemsIn(root).map((bound) => ({
    path: bound.path,
    order: bound.order,
    isEnabled: isEnabled(bound),
    answers: bound.answers.map(({ path, answer }) => ({ path, answer })),
    rows: bound.instances.map(({ path, source, strays }) => ({ path, source, strays })),
    sources: bound.sources,
  })),
});

describe('a form that stays open', () => {
  it('comes to the same after each change as one that is opened anew', () => {
    fc.assert(
      fc.property(livingForm, seeds, (questionnaire, seed) => {
        const draw = drawFrom(seed);
        for (const engaged of [context, undefined]) {
          const evaluation = new FormEvaluation(questionnaire, engaged);
          let response = responseFrom(questionnaire, draw);
          for (let change = 0; change <= CHANGES; change += 1) {
            const now = `2026-11-${29 + Math.floor(change / 5)}T10:00:0${change}+08:00`;
            const anew = evaluateResponse(questionnaire, response, engaged && { ...engaged, now });
            expect(seen(evaluation.evaluate(response, now))).toEqual(seen(anew));
            response = changed(questionnaire, response, draw);
          }
        }
      }),
      { numRuns: Number(process.env.PROPERTY_RUNS ?? 150), interruptAfterTimeLimit: 30_000 },
    );
  });

  it('evaluates after one answer only what reads something that is another now', () => {
    const run = vi.fn();
    const compile: ExpressionEngine['compile'] = (source, focusPath) => {
      const compiled = fhirpathEngine.compile(source, focusPath);
      return (focus, variables) => {
        run();
        return compiled(focus, variables);
      };
    };
    const evaluation = new FormEvaluation(LARGE_FORM, { ...context, engine: { ...fhirpathEngine, compile } });
    const runs = (response: QuestionnaireResponse): number => {
      run.mockClear();
      evaluation.evaluate(response);
      return run.mock.calls.length;
    };
    const one = withOther(largeResponse(), 1);
    expect(runs(one)).toBeGreaterThan(80);
    expect(runs(one)).toBe(0);
    // The score of the group and whether a question is asked, but not what follows from a score that is the same.
    expect(runs(withOther(one, 1))).toBe(1);
    expect(runs(withOther(one, 41))).toBeLessThan(4);
  });

  const calculated = (linkId: string, expression: string): QuestionnaireItem => ({
    linkId,
    type: 'integer',
    extension: [
      {
        url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression',
        valueExpression: { language: 'text/fhirpath', expression },
      },
    ],
  });
  const numbered = (n: number): QuestionnaireResponse => answers({ linkId: 'g', item: [{ linkId: 'n', answer: [{ valueInteger: n }] }] });
  const evaluated = (...items: readonly QuestionnaireItem[]) => {
    const evaluation = new FormEvaluation(
      form({ linkId: 'g', type: 'group', item: [{ linkId: 'n', type: 'integer' }] }, ...items),
      context,
    );
    return (n: number) =>
      evaluation
        .evaluate(numbered(n))
        .root.items.at(-1)
        ?.answers.map(({ answer }) => answer.valueInteger);
  };

  it('sees a group as another when an answer in it is another', () => {
    const sum = evaluated(calculated('sum', "%resource.item.where(linkId='g').repeat(item).answer.value.sum()"));
    expect([sum(1), sum(2)]).toEqual([[1], [2]]);
  });

  it('begins anew each time with what goes in a circle', () => {
    const counter = evaluated(
      calculated('counter', "%resource.descendants().where(linkId='n').answer.value + (%resource.item.answer.value | 0).sum()"),
    );
    const once = counter(1);
    expect([counter(2), counter(1)]).toEqual([expect.not.arrayContaining(once ?? []), once]);
  });
});
