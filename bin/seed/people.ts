/** The people of the sample network: at least one for every role, several with two; by service in `people/`. Invented names and numbers. */
import type { Role, RoleAssignment } from '#core/access/roles.ts';
import { inventedName } from './names.ts';
import { ORGANISATIONS, PLATFORM_ID } from './network.ts';
import { CAMPUS_PEOPLE } from './people/campus.ts';
import { CONSULT_TEAMS } from './people/consult-teams.ts';
import { EXAMINATION_TEAMS } from './people/examination-teams.ts';
import { HOSPITAL_PEOPLE } from './people/hospitals.ts';
import { PLATFORM_PEOPLE } from './people/platform.ts';
import type { Row } from './people/row.ts';
import { REPORTING_POSTS } from './reporting.ts';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly signInName: string;
  readonly organisationId: string;
  readonly departmentId?: string;
  readonly title: string;
  readonly phone: string;
  readonly roles: readonly RoleAssignment[];
  readonly teams: readonly string[];
}

/** Every sample person signs in with it. A network with real people in it is not seeded. */
export const SAMPLE_PASSWORD = 'bihuan-2026';

const ROWS: readonly Row[] = [...PLATFORM_PEOPLE, ...CONSULT_TEAMS, ...HOSPITAL_PEOPLE, ...CAMPUS_PEOPLE, ...EXAMINATION_TEAMS];

/** Execution teams belong to the platform, wherever their members work: so do the roles that serve the whole network. */
const NETWORK_ROLES: readonly Role[] = [
  'executor',
  'manager',
  'dispatcher',
  'room-admin',
  'quality-controller',
  'surveillance-officer',
  'surveillance-expert',
  'auditor',
  'operator',
  'job-worker',
];

/** Two in each hospital who enter and check its quality data: `p-shitan-reporter`, `p-shitan-head`. */
const REPORTING: readonly Row[] = ORGANISATIONS.flatMap(({ id }, place) =>
  REPORTING_POSTS.map(({ role, suffix, title }, post) => ({
    id: `${id.replace(/^org-/, 'p-')}-${suffix}`,
    ...inventedName(place * REPORTING_POSTS.length + post),
    org: id,
    title,
    roles: [role],
  })),
);

/** One in each hospital who controls the cases of a department: `p-shitan-ward`. */
const WARDS: readonly Row[] = ORGANISATIONS.map(({ id }, place) => ({
  id: `${id.replace(/^org-/, 'p-')}-ward`,
  ...inventedName(ORGANISATIONS.length * REPORTING_POSTS.length + place),
  org: id,
  title: '科室质控员',
  roles: ['department-quality'],
}));

/** The president's office approves what the hospital reports. */
const approves = ({ id, org }: Row): boolean => ROWS.find((row) => row.org === org && row.roles.includes('hospital-admin'))?.id === id;

/** The people whom the sign-in page offers: of those who report, one hospital's and who approves above it. */
export const isOffered = ({ id }: Pick<Person, 'id'>): boolean =>
  ![...REPORTING, ...WARDS].some((row) => row.id === id) || id.startsWith('p-shitan-');

export const PEOPLE: readonly Person[] = [...ROWS, ...REPORTING, ...WARDS].map((row, index) => ({
  id: row.id,
  name: row.name,
  nameEn: row.nameEn,
  // Pinyin without hyphens: `p-lin-yue` signs in as `linyue`.
  signInName: row.id.slice(2).replaceAll('-', ''),
  organisationId: row.org,
  ...(row.department ? { departmentId: row.department } : {}),
  title: row.title,
  phone: `199000${String(index + 1).padStart(5, '0')}`,
  roles: [...row.roles, ...(approves(row) ? (['quality-approver'] as const) : [])].map((role) => ({
    role,
    organisationId: NETWORK_ROLES.includes(role) ? PLATFORM_ID : row.org,
  })),
  teams: row.teams ?? [],
}));

const byId = new Map(PEOPLE.map((person) => [person.id, person]));

export function personOf(id: string): Person {
  const person = byId.get(id);
  if (!person) throw new Error(`The sample network has no ${id}.`);
  return person;
}
