/**
 * The sample network: one lead hospital and members of every tier and kind. All names are invented, and the province has a region code
 * that GB/T 2260 does not assign, so that nothing here can be taken for a real hospital. Typed data, no I/O; people are in `people.ts`.
 */
import type { WorkingCalendar } from '#core/calendar/calendar.ts';
import { CHINA_2026, STANDARD_HOURS } from '#core/calendar/china-2026.ts';

export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly kind: 'general' | 'specialty' | 'maternal-child' | 'community';
  readonly tier: 'province' | 'city' | 'county' | 'community';
  readonly tie: 'lead' | 'fully-managed' | 'closely-knit' | 'other';
  /** Region codes. */
  readonly province: string;
  readonly city: string;
  readonly zone: string;
  readonly calendarId: string;
  readonly isPlatform: boolean;
}

export interface Department {
  readonly id: string;
  readonly organisationId: string;
  readonly name: string;
  readonly nameEn: string;
  /** Code of the specialty, as the dispatch table reads it; absent for offices. */
  readonly specialty?: string;
}

export interface Team {
  readonly id: string;
  readonly organisationId: string;
  readonly name: string;
  readonly nameEn: string;
}

export interface Room {
  readonly id: string;
  readonly organisationId: string;
  readonly name: string;
  readonly nameEn: string;
  readonly kind: 'hd-5g-room' | 'workstation' | 'phone';
}

/** In which all hospitals of the sample are. */
export const SAMPLE_ZONE = 'Asia/Shanghai';

/** The lead hospital, whose roles review, dispatch, manage rooms and control quality. */
export const PLATFORM_ID = 'org-lead';

export const CALENDARS: Readonly<Record<string, WorkingCalendar>> = {
  'office-2026': CHINA_2026,
  // Community centres are open on Saturdays too.
  'community-2026': { ...CHINA_2026, week: { ...CHINA_2026.week, 6: STANDARD_HOURS } },
};

const PROVINCE = '990000';
const CITIES = { 岚江: '990100', 青岭: '990200', 云溪: '990300', 白鹤: '990400' } as const;

const member = (
  id: string,
  names: readonly [name: string, nameEn: string],
  standing: Pick<Organisation, 'kind' | 'tier' | 'tie'>,
  city: keyof typeof CITIES,
): Organisation => ({
  id,
  name: names[0],
  nameEn: names[1],
  ...standing,
  province: PROVINCE,
  city: CITIES[city],
  zone: SAMPLE_ZONE,
  calendarId: standing.kind === 'community' ? 'community-2026' : 'office-2026',
  isPlatform: id === PLATFORM_ID,
});

export const ORGANISATIONS: readonly Organisation[] = [
  member(
    PLATFORM_ID,
    ['岚江大学附属第一医院', 'First Affiliated Hospital of Lanjiang University'],
    { kind: 'general', tier: 'province', tie: 'lead' },
    '岚江',
  ),
  member(
    'org-cancer',
    ['岚江省肿瘤医院（样例）', 'Lanjiang Cancer Hospital'],
    { kind: 'specialty', tier: 'province', tie: 'closely-knit' },
    '岚江',
  ),
  member(
    'org-women-children',
    ['岚江省妇幼保健院（样例）', 'Lanjiang Maternal and Child Hospital'],
    { kind: 'maternal-child', tier: 'province', tie: 'other' },
    '岚江',
  ),
  member('org-qingling', ['青岭市中心医院', 'Qingling Central Hospital'], { kind: 'general', tier: 'city', tie: 'fully-managed' }, '青岭'),
  member('org-yunxi', ['云溪市人民医院', 'Yunxi People’s Hospital'], { kind: 'general', tier: 'city', tie: 'closely-knit' }, '云溪'),
  member(
    'org-yunxi-children',
    ['云溪市妇幼保健院', 'Yunxi Maternal and Child Hospital'],
    { kind: 'maternal-child', tier: 'city', tie: 'closely-knit' },
    '云溪',
  ),
  member('org-baihe', ['白鹤骨科医院', 'Baihe Orthopaedic Hospital'], { kind: 'specialty', tier: 'city', tie: 'other' }, '白鹤'),
  member('org-shitan', ['石滩县人民医院', 'Shitan County Hospital'], { kind: 'general', tier: 'county', tie: 'fully-managed' }, '青岭'),
  member('org-luyuan', ['鹿原县人民医院', 'Luyuan County Hospital'], { kind: 'general', tier: 'county', tie: 'closely-knit' }, '云溪'),
  member(
    'org-luyuan-children',
    ['鹿原县妇幼保健院', 'Luyuan Maternal and Child Hospital'],
    { kind: 'maternal-child', tier: 'county', tie: 'closely-knit' },
    '云溪',
  ),
  member(
    'org-taohe',
    ['桃河县中医医院', 'Taohe County Hospital of Chinese Medicine'],
    { kind: 'general', tier: 'county', tie: 'other' },
    '白鹤',
  ),
  member(
    'org-fengqiao',
    ['枫桥社区卫生服务中心', 'Fengqiao Community Health Centre'],
    { kind: 'community', tier: 'community', tie: 'fully-managed' },
    '岚江',
  ),
  member(
    'org-nanmen',
    ['南门社区卫生服务中心', 'Nanmen Community Health Centre'],
    { kind: 'community', tier: 'community', tie: 'closely-knit' },
    '青岭',
  ),
  member(
    'org-campus',
    ['岚江医学院校医务室', 'Clinic of Lanjiang Medical College'],
    { kind: 'community', tier: 'community', tie: 'closely-knit' },
    '岚江',
  ),
];

const SPECIALTIES = {
  cardiology: ['心血管内科', 'Cardiology'],
  neurology: ['神经内科', 'Neurology'],
  oncology: ['肿瘤科', 'Oncology'],
  respiratory: ['呼吸与危重症医学科', 'Respiratory medicine'],
  infectious: ['感染科', 'Infectious diseases'],
  obstetrics: ['妇产科', 'Obstetrics and gynaecology'],
  paediatrics: ['儿科', 'Paediatrics'],
  surgery: ['普通外科', 'General surgery'],
  orthopaedics: ['骨科', 'Orthopaedics'],
  'critical-care': ['重症医学科', 'Critical care'],
  imaging: ['医学影像科', 'Imaging'],
  pathology: ['病理科', 'Pathology'],
  laboratory: ['医学检验科', 'Laboratory medicine'],
  general: ['全科医学科', 'General medicine'],
} as const;
export type Specialty = keyof typeof SPECIALTIES;

const departments = (organisationId: string, specialties: readonly Specialty[]): readonly Department[] =>
  specialties.map((specialty) => ({
    id: departmentId(organisationId, specialty),
    organisationId,
    name: SPECIALTIES[specialty][0],
    nameEn: SPECIALTIES[specialty][1],
    specialty,
  }));

export const departmentId = (organisationId: string, specialty: Specialty): string =>
  `${organisationId.replace(/^org-/, 'd-')}-${specialty}`;

export const DEPARTMENTS: readonly Department[] = [
  { id: 'd-lead-office', organisationId: PLATFORM_ID, name: '远程协作管理办公室', nameEn: 'Remote collaboration office' },
  { id: 'd-lead-quality', organisationId: PLATFORM_ID, name: '医疗质量管理科', nameEn: 'Quality management' },
  { id: 'd-lead-information', organisationId: PLATFORM_ID, name: '信息中心', nameEn: 'Information centre' },
  { id: 'd-lead-supervision', organisationId: PLATFORM_ID, name: '独立监管办公室', nameEn: 'Independent supervision' },
  // The list is written by us, so its keys are the specialties.
  ...departments(PLATFORM_ID, Object.keys(SPECIALTIES) as Specialty[]),
  ...departments('org-cancer', ['oncology', 'imaging', 'pathology', 'laboratory']),
  ...departments('org-women-children', ['obstetrics', 'paediatrics']),
  ...departments('org-qingling', [
    'cardiology',
    'neurology',
    'oncology',
    'respiratory',
    'surgery',
    'critical-care',
    'imaging',
    'pathology',
    'laboratory',
  ]),
  ...departments('org-yunxi', ['cardiology', 'neurology', 'surgery', 'orthopaedics', 'imaging']),
  ...departments('org-yunxi-children', ['obstetrics', 'paediatrics']),
  ...departments('org-baihe', ['orthopaedics', 'imaging']),
  ...departments('org-shitan', ['general', 'respiratory', 'surgery', 'critical-care', 'imaging']),
  ...departments('org-luyuan', ['general', 'cardiology', 'infectious', 'imaging']),
  ...departments('org-luyuan-children', ['obstetrics', 'paediatrics']),
  ...departments('org-taohe', ['general', 'neurology', 'orthopaedics']),
  ...departments('org-fengqiao', ['general']),
  ...departments('org-nanmen', ['general']),
  ...departments('org-campus', ['general']),
];

const team = (id: string, name: string, nameEn: string): Team => ({ id, organisationId: PLATFORM_ID, name, nameEn });

const teamOf = (organisationId: string, id: string, name: string, nameEn: string): Team => ({ id, organisationId, name, nameEn });

/** Execution teams; the dispatch table of the consult names those of the platform by id, service points those of hospitals. */
export const TEAMS: readonly Team[] = [
  team('team-mdt', '多学科会诊组', 'Multidisciplinary team'),
  team('team-imaging', '影像会诊一组', 'Imaging, team one'),
  team('team-imaging-second', '影像会诊二组', 'Imaging, team two'),
  team('team-pathology', '病理会诊组', 'Pathology'),
  team('team-cardiology', '心血管会诊组', 'Cardiology'),
  team('team-neurology', '神经会诊组', 'Neurology'),
  team('team-oncology', '肿瘤会诊组', 'Oncology'),
  team('team-respiratory', '呼吸感染会诊组', 'Respiratory and infectious diseases'),
  team('team-mother-child', '妇儿会诊组', 'Mother and child'),
  team('team-surgery', '外科会诊组', 'Surgery'),
  team('team-critical', '急危重症会诊组', 'Critical care'),
  team('team-general', '综合疑难会诊组', 'General medicine'),
  team('team-lead-exam', '外检执行组', 'Outside examinations'),
  team('team-lead-test', '送检执行组', 'Sample tests'),
  teamOf('org-qingling', 'team-qingling-exam', '青岭外检执行组', 'Outside examinations, Qingling'),
  teamOf('org-qingling', 'team-qingling-test', '青岭送检执行组', 'Sample tests, Qingling'),
  teamOf('org-cancer', 'team-cancer-exam', '肿瘤医院外检执行组', 'Outside examinations, Cancer Hospital'),
  teamOf('org-cancer', 'team-cancer-test', '肿瘤医院送检执行组', 'Sample tests, Cancer Hospital'),
];

export const ROOMS: readonly Room[] = [
  { id: 'room-5g-1', organisationId: PLATFORM_ID, name: '高清 5G 会议间一', nameEn: 'HD 5G room 1', kind: 'hd-5g-room' },
  { id: 'room-5g-2', organisationId: PLATFORM_ID, name: '高清 5G 会议间二', nameEn: 'HD 5G room 2', kind: 'hd-5g-room' },
  { id: 'room-workstation-1', organisationId: PLATFORM_ID, name: '阅片工作站一', nameEn: 'Workstation 1', kind: 'workstation' },
  { id: 'room-workstation-2', organisationId: PLATFORM_ID, name: '阅片工作站二', nameEn: 'Workstation 2', kind: 'workstation' },
  { id: 'room-phone', organisationId: PLATFORM_ID, name: '电话会诊席', nameEn: 'Phone desk', kind: 'phone' },
];
