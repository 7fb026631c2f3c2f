import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROLES, type Role } from '#core/access/roles.ts';
import { calendarProblems } from '#core/calendar/calendar.ts';
import { CALENDARS, DEPARTMENTS, ORGANISATIONS, PLATFORM_ID, ROOMS, TEAMS } from './network.ts';
import { PEOPLE } from './people.ts';

const ids = <T extends { readonly id: string }>(rows: readonly T[]) => rows.map((row) => row.id);

describe('the sample network', () => {
  it('has one platform and members of every tier, kind and tie', () => {
    expect(ORGANISATIONS.filter((organisation) => organisation.isPlatform).map(({ id }) => id)).toEqual([PLATFORM_ID]);
    const members = ORGANISATIONS.filter((organisation) => !organisation.isPlatform);
    expect(members.length).toBeGreaterThanOrEqual(12);
    expect(new Set(members.map(({ tier }) => tier))).toEqual(new Set(['province', 'city', 'county', 'community']));
    expect(new Set(members.map(({ kind }) => kind))).toEqual(new Set(['general', 'specialty', 'maternal-child', 'community']));
    expect(new Set(members.map(({ tie }) => tie))).toEqual(new Set(['fully-managed', 'closely-knit', 'other']));
  });

  it('uses every id and every sign-in name once', () => {
    const all = [...ids(ORGANISATIONS), ...ids(DEPARTMENTS), ...ids(TEAMS), ...ids(ROOMS), ...ids(PEOPLE)];
    expect(new Set(all).size).toBe(all.length);
    expect(new Set(PEOPLE.map(({ signInName }) => signInName)).size).toBe(PEOPLE.length);
  });

  it('refers only to what exists', () => {
    for (const person of PEOPLE) {
      expect(ids(ORGANISATIONS)).toContain(person.organisationId);
      for (const team of person.teams) expect(ids(TEAMS)).toContain(team);
      const department = DEPARTMENTS.find(({ id }) => id === person.departmentId);
      if (person.departmentId) expect(department?.organisationId, person.id).toBe(person.organisationId);
    }
    for (const { calendarId } of ORGANISATIONS) expect(Object.keys(CALENDARS)).toContain(calendarId);
    for (const calendar of Object.values(CALENDARS)) expect(calendarProblems(calendar)).toEqual([]);
  });

  it('has somebody in every role, and people who hold two', () => {
    for (const role of Object.keys(ROLES) as Role[])
      expect(
        PEOPLE.some(({ roles }) => roles.some((held) => held.role === role)),
        role,
      ).toBe(true);
    expect(PEOPLE.filter(({ roles }) => roles.length > 1).length).toBeGreaterThanOrEqual(5);
  });

  it('gives every hospital an administrator, and every member an applicant', () => {
    for (const { id, isPlatform } of ORGANISATIONS) {
      const held = PEOPLE.flatMap(({ roles }) => roles).filter(({ organisationId }) => organisationId === id);
      expect(
        held.map(({ role }) => role),
        id,
      ).toContain('hospital-admin');
      if (!isPlatform)
        expect(
          held.map(({ role }) => role),
          id,
        ).toContain('applicant');
    }
  });

  it('gives every execution team three to five members', () => {
    for (const { id } of TEAMS) {
      const size = PEOPLE.filter(({ teams }) => teams.includes(id)).length;
      expect(size, id).toBeGreaterThanOrEqual(3);
      expect(size, id).toBeLessThanOrEqual(5);
    }
  });

  it('has every team that the dispatch table of the consult names', () => {
    const dmn = readFileSync(new URL('../../flows/consult/dispatch.dmn', import.meta.url), 'utf8');
    const named = [...dmn.matchAll(/"(team-[a-z-]+)"/g)].map(([, id]) => id);
    expect(named.length).toBeGreaterThanOrEqual(24);
    for (const id of named) expect(ids(TEAMS)).toContain(id);
  });
});
