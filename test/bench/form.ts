/** A large form in the core alone: laid out, evaluated, validated, and evaluated again after one answer. */
import { performance } from 'node:perf_hooks';
import { itemsIn } from '#core/form/bind.ts';
import type { Memory } from '#core/form/expression/engine.ts';
import { evaluateResponse } from '#core/form/expression/evaluate.ts';
import { fhirpathEngine } from '#core/form/expression/fhirpath.ts';
import { validateResponse } from '#core/form/validate.ts';
import { LARGE_FORM, largeResponse } from '../support/large-form.ts';
import { median, percentiles, shown } from './statistics.ts';

const ROUNDS = 60;
const WARM = 20;
const context = { engine: fhirpathEngine, now: '2026-11-29T10:00:00+08:00' };

export function measureForm(say: (text: string) => void): void {
  const responses = [largeResponse(1), largeResponse(2)];
  const { root, isEnabled } = evaluateResponse(LARGE_FORM, responses[0] ?? largeResponse(1), context);
  const items = [...itemsIn(root)];
  say(`\nA form of ${items.length} items, ${items.filter(isEnabled).length} enabled, in the core: ms p50 / p95 / p99 of ${ROUNDS}`);
  const measure = (name: string, run: (round: number) => void): void => {
    for (let round = 0; round < WARM; round += 1) run(round);
    const times = Array.from({ length: ROUNDS }, (_, round) => {
      const began = performance.now();
      run(round);
      return performance.now() - began;
    });
    say(`${name.padEnd(32)} ${shown(percentiles(times))}  (median ${median(times).toFixed(1)})`);
  };
  const response = (round: number) => responses[round % 2] ?? largeResponse(1);
  measure('evaluated as a whole', (round) => evaluateResponse(LARGE_FORM, response(round), context));
  const memory: Memory = new Map();
  measure('evaluated after one answer', (round) => evaluateResponse(LARGE_FORM, response(round), { ...context, memory }));
  measure('validated', (round) => validateResponse(LARGE_FORM, response(round), { mode: 'submit', context: { ...context, memory } }));
}
