import { describe, expect, it } from 'vitest';
import { stateOf } from './phase-state.ts';

const at = (minute: number): string => `2026-11-21T10:${String(minute).padStart(2, '0')}:00.000Z`;

describe('how far a link of the loop has come', () => {
  it('is ahead until it is entered', () => {
    expect(stateOf('dispatch', { phases: { apply: at(0), review: at(1) }, current: ['review'], hasEnded: false })).toBe('ahead');
  });
  it('is current where the work stands', () => {
    expect(stateOf('review', { phases: { apply: at(0), review: at(1) }, current: ['review'], hasEnded: false })).toBe('current');
  });
  it('is done when the work has gone on', () => {
    expect(stateOf('apply', { phases: { apply: at(0), review: at(1) }, current: ['review'], hasEnded: false })).toBe('done');
  });
  it('is returned when the work stands again at an earlier link', () => {
    const phases = { apply: at(0), review: at(1), dispatch: at(2) };
    expect(stateOf('dispatch', { phases, current: ['review'], hasEnded: false })).toBe('returned');
  });
  it('is done, not returned, when an earlier link is entered later, as a review after the fact is', () => {
    const phases = { apply: at(0), dispatch: at(1), execute: at(5), review: at(9) };
    expect(stateOf('execute', { phases, current: ['review'], hasEnded: false })).toBe('done');
  });
  it('is done in whatever has ended', () => {
    expect(stateOf('dispatch', { phases: { apply: at(0), review: at(1), dispatch: at(2) }, current: [], hasEnded: true })).toBe('done');
  });
});
