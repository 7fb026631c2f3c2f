import { describe, expect, it } from 'vitest';
import { adoptionStage, tallyByTier, tallyOf } from './adoption.ts';

it.each([
  ['active', ['read'], false, null, 'unread'],
  ['active', [], false, null, 'unread'],
  ['active', [], true, null, 'reporting'],
  ['active', ['train'], true, null, 'training'],
  ['active', ['report'], true, null, 'reporting'],
  ['active', ['report'], true, 'no', 'reporting'],
  ['active', ['help'], true, 'no', 'helping'],
  ['active', [], true, 'yes', 'checking'],
  ['active', ['check'], true, 'yes', 'checking'],
  ['active', ['feedback'], true, 'yes', 'evaluating'],
  ['active', ['quality'], true, 'yes', 'controlling'],
  ['closed', [], true, 'yes', 'closed'],
  ['closed-unevaluated', [], true, 'partly', 'unanswered'],
  ['expired', [], false, null, 'lapsed'],
  ['superseded', [], true, null, 'superseded'],
  ['aborted', [], true, null, 'left'],
  ['canceled', [], false, null, 'left'],
] as const)('an adoption that is %s with %j open, read %s, adopted %s, is %s', (status, elementIds, isRead, adopted, stage) =>
  expect(adoptionStage({ status, elementIds, isRead, adopted })).toBe(stage),
);

describe('what adoptions come to', () => {
  const adoption = (tier: string, isRead: boolean, adopted: 'yes' | 'partly' | 'no' | null) => ({ tier, isRead, adopted });
  const some = [
    adoption('county', true, 'yes'),
    adoption('county', true, 'partly'),
    adoption('county', true, null),
    adoption('county', false, null),
    adoption('city', true, 'no'),
  ];

  it('counts who was reached, who has read and what each answered; shares are of those reached', () => {
    expect(tallyOf(some)).toEqual({ reached: 5, read: 4, reported: 3, yes: 1, partly: 1, no: 1, readShare: 0.8, adoptedShare: 0.4 });
  });

  it('counts each tier for itself, from the province down, and leaves out whom it did not reach', () => {
    expect(tallyByTier(some).map(({ tier, reached, read, yes }) => [tier, reached, read, yes])).toEqual([
      ['city', 1, 1, 0],
      ['county', 4, 3, 1],
    ]);
  });

  it('has no share where nobody was reached', () => {
    expect(tallyOf([])).toMatchObject({ reached: 0, readShare: null, adoptedShare: null });
  });
});
