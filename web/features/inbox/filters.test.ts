import { describe, expect, it } from 'vitest';
import { filtersFrom, isFiltered } from './filters.ts';

describe('the filters in an address', () => {
  it('begin with the own tasks', () => {
    expect(filtersFrom({})).toEqual({ list: 'todo' });
  });
  it('are read as they were written', () => {
    expect(filtersFrom({ list: 'claimable', phase: 'review', urgency: 'urgent', overdue: 'true', q: 'HZ2026' })).toEqual({
      list: 'claimable',
      phase: 'review',
      urgency: 'urgent',
      overdue: true,
      q: 'HZ2026',
    });
  });
  it('leave out what is not known', () => {
    expect(filtersFrom({ list: 'nothing', phase: 'sleep', urgency: ['urgent'], overdue: '1' })).toEqual({ list: 'todo' });
  });
  it('do not count the list itself', () => {
    expect(isFiltered({ list: 'done' })).toBe(false);
    expect(isFiltered({ list: 'done', overdue: true })).toBe(true);
  });
});
