/** What holds for every form that computes, whatever is answered. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomAnswers, randomForm, responseTo } from '#test/support/random/form.ts';
import { itemsIn } from '../bind.ts';
import { pruneResponse } from '../prune.ts';
import { evaluateResponse } from './evaluate.ts';
import { fhirpathEngine } from './fhirpath.ts';

const context = { engine: fhirpathEngine, now: '2026-11-29T10:00:00+08:00' };

const RUNS = { numRuns: 60, interruptAfterTimeLimit: 30_000 };

describe('a form that computes', () => {
  it('comes to the same when it is evaluated again', () => {
    fc.assert(
      fc.property(randomForm, randomAnswers, (questionnaire, given) => {
        const once = pruneResponse(questionnaire, responseTo(questionnaire, given), context);
        expect(pruneResponse(questionnaire, once, context)).toEqual(once);
      }),
      RUNS,
    );
  });

  it('comes to the same in whatever order its items are answered', () => {
    fc.assert(
      fc.property(randomForm, randomAnswers, (questionnaire, given) => {
        const response = responseTo(questionnaire, given);
        const turned = { ...response, item: [...(response.item ?? [])].reverse() };
        expect(pruneResponse(questionnaire, turned, context)).toEqual(pruneResponse(questionnaire, response, context));
      }),
      RUNS,
    );
  });

  it('never leaves an answer to what is disabled', () => {
    fc.assert(
      fc.property(randomForm, randomAnswers, (questionnaire, given) => {
        const pruned = pruneResponse(questionnaire, responseTo(questionnaire, given), context);
        const { root, isEnabled } = evaluateResponse(questionnaire, pruned, context);
        for (const bound of itemsIn(root)) if (!isEnabled(bound)) expect(bound.answers).toEqual([]);
      }),
      RUNS,
    );
  });

  it('answers as an engine does that walks the whole response', () => {
    fc.assert(
      fc.property(randomForm, randomAnswers, (questionnaire, given) => {
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
