/** Brings the master data of the sample network and the flows into a database. Importing the same twice changes nothing. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashPassword } from 'better-auth/crypto';
import type { Database } from '#db/database.ts';
import { importNetwork, type NetworkRows } from '#db/network.ts';
import { type Deployed, deploy } from '#engine/deploy.ts';
import { readFlowFolder } from '../flow-folder.ts';
import { CAMPUS_ID, QUALIFICATIONS } from './campus.ts';
import { NATIONAL_ORGANISATIONS, nationalPeople, nationalSince } from './national.ts';
import { CALENDARS, DEPARTMENTS, ORGANISATIONS, type Organisation, ROOMS, TEAMS } from './network.ts';
import { PEOPLE, SAMPLE_PASSWORD } from './people.ts';
import { importDiseases } from './registry.ts';
import { exemptSample, importReporting } from './reporting.ts';
import { importTopics } from './sentinel.ts';

const FLOWS = fileURLToPath(new URL('../../flows', import.meta.url));

export async function importSampleNetwork(db: Database): Promise<void> {
  // One hash for all: they share one password, and each hash takes a tenth of a second.
  const password_hash = await hashPassword(SAMPLE_PASSWORD);
  await importNetwork(db, {
    calendars: Object.entries(CALENDARS).map(([id, definition]) => ({ id, definition })),
    organisations: ORGANISATIONS.map(organisationRow),
    departments: DEPARTMENTS.map((d) => ({ id: d.id, organisation_id: d.organisationId, name: d.name, name_en: d.nameEn })),
    teams: TEAMS.map((t) => ({ id: t.id, organisation_id: t.organisationId, name: t.name, name_en: t.nameEn })),
    rooms: ROOMS.map((r) => ({ id: r.id, organisation_id: r.organisationId, name: r.name, name_en: r.nameEn, kind: r.kind })),
    persons: PEOPLE.map((p) => ({
      id: p.id,
      organisation_id: p.organisationId,
      department_id: p.departmentId ?? null,
      name: p.name,
      name_en: p.nameEn,
      title: p.title,
      phone: p.phone,
    })),
    roles: PEOPLE.flatMap((p) => p.roles.map((r) => ({ person_id: p.id, role: r.role, organisation_id: r.organisationId }))),
    qualifications: QUALIFICATIONS.map(({ personId, traits }) => ({
      person_id: personId,
      role: 'volunteer',
      organisation_id: CAMPUS_ID,
      state: 'active',
      traits: JSON.stringify(traits),
    })),
    members: PEOPLE.flatMap((p) => p.teams.map((team) => ({ team_id: team, person_id: p.id }))),
    users: PEOPLE.map((p) => ({ person_id: p.id, username: p.signInName, name: p.name, password_hash })),
  });
  await importTopics(db);
  await importDiseases(db);
}

/** The 1,021 institutions beside the sample, with their people and obligations; the sample's own hospitals then report no more. */
export async function importNationalNetwork(db: Database): Promise<void> {
  const password_hash = await hashPassword(SAMPLE_PASSWORD);
  const people = nationalPeople(password_hash);
  const organisations = NATIONAL_ORGANISATIONS.map(organisationRow);
  await importNetwork(db, {
    calendars: [],
    organisations,
    departments: [],
    teams: [],
    rooms: [],
    members: [],
    qualifications: [],
    ...people,
  });
  await importReporting(db, NATIONAL_ORGANISATIONS, nationalSince);
  await exemptSample(db);
}

export const organisationRow = (o: Organisation): NetworkRows['organisations'][number] => ({
  id: o.id,
  name: o.name,
  name_en: o.nameEn,
  kind: o.kind,
  tier: o.tier,
  tie: o.tie,
  province: o.province,
  city: o.city,
  zone: o.zone,
  calendar_id: o.calendarId,
  is_platform: o.isPlatform,
});

/** Deploys every folder of `flows/`; the caller says what is told of the findings. */
export async function deployFlows(db: Database): Promise<readonly Deployed[]> {
  const folders = (await readdir(FLOWS, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const deployed: Deployed[] = [];
  for (const key of folders) deployed.push(await deploy(db, await readFlowFolder(path.join(FLOWS, key)), folders));
  return deployed;
}
