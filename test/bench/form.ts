/** A large form in the core alone: evaluated as a whole, after one answer, and validated. */
import { performance } from 'node:perf_hooks';
import { itemsIn } from '#core/form/bind.ts';
import { evaluateResponse } from '#core/form/expression/evaluate.ts';
import { fhirpathEngine } from '#core/form/expression/fhirpath.ts';
import { FormEvaluation } from '#core/form/expression/form-evaluation.ts';
import type { QuestionnaireResponse } from '#core/form/response.ts';
import { validateResponse } from '#core/form/validate.ts';
import { LARGE_FORM, largeResponse, withOther } from '../support/large-form.ts';
import { percentiles, shown } from './statistics.ts';

const ROUNDS = 200;
const WARM = 60;
const context = { engine: fhirpathEngine, now: '2026-11-29T10:00:00+08:00' };

export function measureForm(say: (text: string) => void): void {
  const whole = largeResponse();
  const { root, isEnabled } = evaluateResponse(LARGE_FORM, whole, context);
  const items = itemsIn(root);
  say(`\nA form of ${items.length} items, ${items.filter(isEnabled).length} enabled, in the core: ms p50 / p95 / p99 of ${ROUNDS}`);
  const measure = (name: string, run: (response: QuestionnaireResponse) => void): void => {
    const times: number[] = [];
    // Each answer is another one than before, in another group.
    let response = whole;
    for (let round = 0; round < WARM + ROUNDS; round += 1) {
      response = withOther(response, round);
      const began = performance.now();
      run(response);
      if (round >= WARM) times.push(performance.now() - began);
    }
    say(`${name.padEnd(32)} ${shown(percentiles(times))}`);
  };
  measure('evaluated as a whole', (response) => evaluateResponse(LARGE_FORM, response, context));
  const evaluation = new FormEvaluation(LARGE_FORM, context);
  evaluation.evaluate(whole);
  measure('evaluated after one answer', (response) => evaluation.evaluate(response));
  measure('validated', (response) => validateResponse(LARGE_FORM, response, { mode: 'submit', context }));
}
