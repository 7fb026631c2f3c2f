import { describe, expect, it } from 'vitest';
import type { Phase } from '#core/bpmn/graph.ts';
import { type LinkState, stateOf } from './phase-state.ts';

const at = (minute: number): string => `2026-11-21T10:${String(minute).padStart(2, '0')}:00.000Z`;

/** The state of one link in a loop of `review`, `dispatch` and `execute` after `apply`, entered at these minutes. */
function stateIn(
  phase: Phase,
  entered: Readonly<Partial<Record<Phase, number>>>,
  { current, hasEnded = false }: { readonly current: Phase | null; readonly hasEnded?: boolean },
): LinkState | undefined {
  const loop = (['apply', 'review', 'dispatch', 'execute'] as const).map((each) => {
    const minute = entered[each];
    return { phase: each, enteredAt: minute === undefined ? null : at(minute), isCurrent: each === current };
  });
  const found = loop.find((each) => each.phase === phase);
  return found && stateOf(found, { loop, hasEnded });
}

describe('how far a link of the loop has come', () => {
  it('is ahead until it is entered', () => {
    expect(stateIn('dispatch', { apply: 0, review: 1 }, { current: 'review' })).toBe('ahead');
  });
  it('is current where the work stands', () => {
    expect(stateIn('review', { apply: 0, review: 1 }, { current: 'review' })).toBe('current');
  });
  it('is done when the work has gone on', () => {
    expect(stateIn('apply', { apply: 0, review: 1 }, { current: 'review' })).toBe('done');
  });
  it('is returned when the work stands again at an earlier link', () => {
    expect(stateIn('dispatch', { apply: 0, review: 1, dispatch: 2 }, { current: 'review' })).toBe('returned');
  });
  it('is done, not returned, when an earlier link is entered later, as a review after the fact is', () => {
    expect(stateIn('execute', { apply: 0, dispatch: 1, execute: 5, review: 9 }, { current: 'review' })).toBe('done');
  });
  it('is done in whatever has ended', () => {
    expect(stateIn('dispatch', { apply: 0, review: 1, dispatch: 2 }, { current: null, hasEnded: true })).toBe('done');
  });
});
