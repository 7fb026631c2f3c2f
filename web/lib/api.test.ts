import { describe, expect, it } from 'vitest';
import { ApiError, isAway, isTemporary } from './api.ts';

describe('a call that failed', () => {
  it.each([
    // Status, may the same call succeed later, was nobody reached who could have decided?
    [0, true, true],
    [401, false, false],
    [404, false, false],
    [409, false, false],
    [422, false, false],
    [429, true, true],
    [500, true, false],
    [502, true, true],
    [503, true, true],
    [504, true, true],
  ])('with %i is told apart', (status, temporary, away) => {
    const error = new ApiError(status, { code: 'x' });
    expect([isTemporary(error), isAway(error)]).toEqual([temporary, away]);
  });

  it('without a status reached nobody', () => {
    expect([isTemporary(new TypeError('x')), isAway(new TypeError('x'))]).toEqual([true, true]);
  });
});
