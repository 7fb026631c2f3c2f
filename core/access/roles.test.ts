import { expect, it } from 'vitest';
import { type Role, scopeOf } from './roles.ts';

const at = (organisationId: string, ...roles: readonly Role[]) => roles.map((role) => ({ role, organisationId }));

it('a right that two roles grant in one hospital is that of the hospital once', () => {
  expect(scopeOf('quality.read', at('org-a', 'hospital-admin', 'quality-head'))).toEqual(['org-a']);
});

it('a right is granted in every hospital of a role that grants it, in all by a role that oversees them, else in none', () => {
  const both = [...at('org-a', 'quality-reporter'), ...at('org-b', 'quality-head')];
  expect(scopeOf('quality.read', both)).toEqual(['org-a', 'org-b']);
  expect(scopeOf('quality.read', [...both, ...at('org-c', 'quality-controller')])).toBe('all');
  expect(scopeOf('quality.manage', both)).toBeNull();
});
