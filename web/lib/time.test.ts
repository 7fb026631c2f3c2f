import { describe, expect, it } from 'vitest';
import { dateTime, shortDateTime, spanOf } from './time.ts';

const MINUTE = 60_000;

describe('points in time', () => {
  it("are told in the network's zone", () => {
    expect(dateTime('2026-11-21T16:30:00.000Z')).toBe('2026-11-22 00:30');
  });
  it('leave out what is obvious', () => {
    const now = new Date('2026-11-21T10:00:00Z');
    expect(shortDateTime('2026-11-21T02:05:00Z', now)).toBe('10:05');
    expect(shortDateTime('2026-11-03T02:05:00Z', now)).toBe('11-03 10:05');
    expect(shortDateTime('2025-11-03T02:05:00Z', now)).toBe('2025-11-03');
  });
});

describe('lengths of time', () => {
  it('have at most two units', () => {
    expect(spanOf(12 * MINUTE)).toEqual({ unit: 'minute', major: 12, minor: 0 });
    expect(spanOf(200 * MINUTE)).toEqual({ unit: 'hour', major: 3, minor: 20 });
    expect(spanOf(52 * 60 * MINUTE)).toEqual({ unit: 'day', major: 2, minor: 4 });
  });
  it('are never negative', () => {
    expect(spanOf(-5)).toEqual({ unit: 'minute', major: 0, minor: 0 });
  });
});
