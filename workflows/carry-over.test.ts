import { describe, expect, it } from 'vitest';
import { fullnessOf, type RunUse } from './carry-over.ts';

const used = (use: Partial<RunUse>): RunUse => ({
  historyLength: 10,
  historySize: 1_000,
  updates: 1,
  continueAsNewSuggested: false,
  ...use,
});

describe('a run', () => {
  it.each([
    ['is roomy below all limits', {}, 'roomy'],
    ['is full at its limit of events', { historyLength: 4_000 }, 'full'],
    ['is full at its limit of updates', { updates: 1_000 }, 'full'],
    ['is full at its limit of bytes, whose number of events may be small', { historySize: 8 * 1024 * 1024 }, 'full'],
    ['is full when Temporal says so', { continueAsNewSuggested: true }, 'full'],
    ['is pressing half as far again, well before Temporal would end it', { updates: 1_500 }, 'pressing'],
  ])('%s', (_what, use, expected) => {
    expect(fullnessOf(used(use))).toBe(expected);
  });

  it('may be given limits of its own', () => {
    expect(fullnessOf(used({ updates: 3 }), { historyEventsMax: 4_000, updatesMax: 3 })).toBe('full');
  });
});
