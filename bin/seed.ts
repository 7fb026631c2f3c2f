/**
 * Fills an empty database with the sample network: organisations and people as master data, the flows deployed and checked, and
 * instances that people took through the product itself (`seed/walk.ts`). Leaves a database with other people in it alone.
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { hashPassword } from 'better-auth/crypto';
import { config } from '#config/config.ts';
import { openDatabase } from '#db/database.ts';
import { hasDemoPeople, hasPeople, importNetwork, offerDemoPeople } from '#db/network.ts';
import { deploy } from '#engine/deploy.ts';
import { readFlowFolder } from './flow-folder.ts';
import { CALENDARS, DEPARTMENTS, ORGANISATIONS, ROOMS, TEAMS } from './seed/network.ts';
import { PEOPLE, SAMPLE_PASSWORD } from './seed/people.ts';

const FLOWS = fileURLToPath(new URL('../flows', import.meta.url));

const { database } = config();
const db = openDatabase({ url: database.url, connectionsMax: 2, applicationName: 'bihuan-seed' });
try {
  if ((await hasPeople(db)) && !(await hasDemoPeople(db)) && process.argv[2] !== '--resume') {
    say('The database has people of its own; it is left as it is.');
  } else {
    await importSampleNetwork();
    await deployFlows();
    await offerDemoPeople(
      db,
      PEOPLE.map((person) => person.id),
    );
  }
} finally {
  await db.destroy();
}

async function importSampleNetwork(): Promise<void> {
  // One hash for all: they share one password, and each hash takes a tenth of a second.
  const password_hash = await hashPassword(SAMPLE_PASSWORD);
  await importNetwork(db, {
    calendars: Object.entries(CALENDARS).map(([id, definition]) => ({ id, definition })),
    organisations: ORGANISATIONS.map((o) => ({
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
    })),
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
    members: PEOPLE.flatMap((p) => p.teams.map((team) => ({ team_id: team, person_id: p.id }))),
    users: PEOPLE.map((p) => ({ person_id: p.id, username: p.signInName, name: p.name, password_hash })),
  });
  say(`${PEOPLE.length} people of ${ORGANISATIONS.length} hospitals are there.`);
}

async function deployFlows(): Promise<void> {
  for (const key of (await readdir(FLOWS, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name)) {
    const deployed = await deploy(db, await readFlowFolder(path.join(FLOWS, key)));
    for (const finding of deployed.findings) say(`${finding.severity}: ${finding.file} ${finding.elementId}: ${finding.message}`);
    if (deployed.kind === 'refused') throw new Error(`The flow ${key} is refused; see the findings above.`);
    say(`Flow ${deployed.key} is deployed as version ${deployed.version}.`);
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
