import { expect, it } from 'vitest';
import { PROVINCES } from '#core/access/provinces.ts';
import { NATIONAL_ORGANISATIONS, nationalPeople, TIER_COUNTS } from './national.ts';
import { ORGANISATIONS } from './network.ts';
import { PEOPLE } from './people.ts';
import { regionCentres } from './reporting.ts';

const people = nationalPeople('hash');
const share = (tier: string): number => NATIONAL_ORGANISATIONS.filter((each) => each.tier === tier).length / NATIONAL_ORGANISATIONS.length;

it('the national sample has 1,021 institutions in 31 provinces, of the tiers and kinds of the papers', () => {
  expect(NATIONAL_ORGANISATIONS).toHaveLength(1_021);
  expect(Object.values(TIER_COUNTS).reduce<number>((sum, count) => sum + count, 0)).toBe(1_021);
  expect(new Set(NATIONAL_ORGANISATIONS.map(({ province }) => province)).size).toBe(31);
  expect(PROVINCES).toHaveLength(31);
  expect(['province', 'city', 'county'].map((tier) => Math.round(share(tier) * 100))).toEqual([9, 53, 38]);
  expect(new Set(NATIONAL_ORGANISATIONS.map(({ kind }) => kind))).toEqual(new Set(['general', 'specialty', 'maternal-child', 'community']));
});

it('the national sample shares no id and no sign-in name with itself or the sample', () => {
  const ids = [...ORGANISATIONS, ...PEOPLE, ...NATIONAL_ORGANISATIONS].map(({ id }) => id).concat(people.persons.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
  const names = [...PEOPLE.map(({ signInName }) => signInName), ...people.users.map(({ username }) => username)];
  expect(new Set(names).size).toBe(names.length);
  expect(names.every((name) => /^[a-z0-9]+$/.test(name))).toBe(true);
});

it('every institution of the national sample has who enters, checks and approves, and somebody above it', () => {
  const centres = regionCentres(NATIONAL_ORGANISATIONS);
  for (const { id, province } of NATIONAL_ORGANISATIONS) {
    const roles = people.roles.filter(({ organisation_id }) => organisation_id === id).map(({ role }) => role);
    expect(roles.sort(), id).toEqual(['hospital-admin', 'quality-approver', 'quality-head', 'quality-reporter']);
    expect(
      centres.some(({ region, level }) => level === 'province' && region === province),
      id,
    ).toBe(true);
  }
});
