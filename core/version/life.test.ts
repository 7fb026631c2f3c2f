import { describe, expect, it } from 'vitest';
import { VERSION_ACTS, type VersionAct, type VersionStanding, versionCan } from './life.ts';

const STANDINGS = {
  'a draft': { state: 'draft', isCurrent: false, wasPublished: false },
  'the current version': { state: 'published', isCurrent: true, wasPublished: true },
  'an earlier or later published version': { state: 'published', isCurrent: false, wasPublished: true },
  'a retired version': { state: 'retired', isCurrent: false, wasPublished: true },
  'a draft that was put away': { state: 'retired', isCurrent: false, wasPublished: false },
} as const satisfies Record<string, VersionStanding>;

const ALLOWED: Record<keyof typeof STANDINGS, readonly VersionAct[]> = {
  'a draft': ['publish', 'retire'],
  'the current version': ['retire'],
  'an earlier or later published version': ['retire', 'make-current'],
  'a retired version': ['make-current'],
  'a draft that was put away': [],
};

describe('a version', () => {
  it.each(Object.entries(STANDINGS))('%s can only what the table says', (name, standing) => {
    expect(VERSION_ACTS.filter((act) => versionCan(act, standing))).toEqual(ALLOWED[name as keyof typeof STANDINGS]);
  });
});
