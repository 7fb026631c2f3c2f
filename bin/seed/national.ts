/**
 * The network at the papers' scale (requirements.md 9.1): 1,021 institutions in 31 provinces, 9 % of province, 53 % of city and 38 % of county tier, each with
 * who enters, checks and approves its quality data. Beside the sample network; all names are invented, provinces are real so that sums by province can be read.
 */
import { PROVINCES } from '#core/access/provinces.ts';
import type { NetworkRows } from '#db/network.ts';
import { inventedName } from './names.ts';
import type { Organisation } from './network.ts';
import { REPORTING_POSTS } from './reporting.ts';

export const TIER_COUNTS = { province: 92, city: 541, county: 388 } as const;
type Tier = keyof typeof TIER_COUNTS;

const TIER_NAMES = { province: ['省级', 'provincial'], city: ['市级', 'city'], county: ['县级', 'county'] } as const satisfies Record<
  Tier,
  readonly [string, string]
>;
const KINDS = {
  general: ['综合医院', 'general hospital'],
  specialty: ['专科医院', 'specialty hospital'],
  'maternal-child': ['妇幼保健院', 'maternal and child hospital'],
  community: ['社区卫生服务中心', 'community health centre'],
} as const satisfies Record<Organisation['kind'], readonly [string, string]>;

/** Of ten institutions; only counties have community centres. */
const KIND_PATTERN = [
  'general',
  'general',
  'specialty',
  'general',
  'maternal-child',
  'general',
  'community',
  'general',
  'specialty',
  'general',
] as const;
const TIES = ['closely-knit', 'other', 'fully-managed', 'other', 'other'] as const;
const CITIES_A_PROVINCE = 6;

export const NATIONAL_ORGANISATIONS: readonly Organisation[] = (Object.keys(TIER_COUNTS) as Tier[]).flatMap((tier) =>
  Array.from({ length: TIER_COUNTS[tier] }, (_, index) => institution(tier, index)),
);

function institution(tier: Tier, index: number): Organisation {
  const [code, province, provinceEn] = PROVINCES[index % PROVINCES.length] ?? ['11', '北京', 'Beijing'];
  const round = Math.floor(index / PROVINCES.length);
  const pattern = KIND_PATTERN[(round + index) % KIND_PATTERN.length] ?? 'general';
  const kind = pattern === 'community' && tier !== 'county' ? 'general' : pattern;
  const number = String(round + 1).padStart(2, '0');
  return {
    id: `org-${code}-${tier}-${number}`,
    name: `${province}${TIER_NAMES[tier][0]}第${number}${KINDS[kind][0]}（样例）`,
    nameEn: `${provinceEn} ${TIER_NAMES[tier][1]} ${KINDS[kind][1]} ${number}`,
    kind,
    tier,
    tie: TIES[index % TIES.length] ?? 'other',
    province: `${code}0000`,
    city: `${code}${String((round % CITIES_A_PROVINCE) + 1).padStart(2, '0')}00`,
    zone: 'Asia/Shanghai',
    calendarId: kind === 'community' ? 'community-2026' : 'office-2026',
    isPlatform: false,
  };
}

/** The first day from which each is obliged: some joined in the course of the last year. */
export const nationalSince = (index: number): string => (index % 20 === 0 ? '2026-03-01' : '2025-01-01');

type PeopleRows = Pick<NetworkRows, 'persons' | 'roles' | 'users'>;

/** Three in each institution: who enters, who checks, and the president's office. */
export function nationalPeople(passwordHash: string): PeopleRows {
  const posts = [
    ...REPORTING_POSTS.map(({ role, suffix, title }) => ({ suffix, title, roles: [role] })),
    { suffix: 'office', title: '院长办公室主任', roles: ['hospital-admin', 'quality-approver'] as const },
  ];
  const people = NATIONAL_ORGANISATIONS.flatMap((organisation, place) =>
    posts.map((post, index) => {
      const number = place * posts.length + index;
      return { ...post, ...inventedName(number), number, organisation, id: `${organisation.id.replace(/^org-/, 'p-')}-${post.suffix}` };
    }),
  );
  return {
    persons: people.map(({ id, organisation, name, nameEn, title, number }) => ({
      id,
      organisation_id: organisation.id,
      department_id: null,
      name,
      name_en: nameEn,
      title,
      phone: `199001${String(number).padStart(5, '0')}`,
    })),
    roles: people.flatMap(({ id, organisation, roles }) =>
      roles.map((role) => ({ person_id: id, role, organisation_id: organisation.id })),
    ),
    users: people.map(({ id, name }) => ({ person_id: id, username: nationalSignInName(id), name, password_hash: passwordHash })),
  };
}

/** Digits and letters only: `p-11-city-01-head` signs in as `11city01head`. */
export const nationalSignInName = (personId: string): string => personId.slice(2).replaceAll('-', '');
