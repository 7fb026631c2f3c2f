/** The roles of requirements.md 1.2 that exist so far, and what each may do outside single tasks. */
import type { LocalizedText } from '#core/text.ts';

export const ROLES = {
  applicant: { 'zh-CN': '申请医师', en: 'Applicant clinician' },
  'hospital-admin': { 'zh-CN': '医院管理员', en: 'Hospital administrator' },
  manager: { 'zh-CN': '平台管理（审核）', en: 'Platform manager' },
  dispatcher: { 'zh-CN': '平台调度', en: 'Dispatcher' },
  'department-head': { 'zh-CN': '科室主任', en: 'Head of department' },
  receiver: { 'zh-CN': '接诊医师', en: 'Receiving doctor' },
  executor: { 'zh-CN': '执行团队成员', en: 'Execution team member' },
  'room-admin': { 'zh-CN': '云会议间管理员', en: 'Meeting-room administrator' },
  'quality-controller': { 'zh-CN': '质控人员', en: 'Quality controller' },
  'quality-reporter': { 'zh-CN': '质控数据填报员', en: 'Quality data clerk' },
  'quality-head': { 'zh-CN': '质控科负责人', en: 'Head of quality' },
  'department-quality': { 'zh-CN': '科室质控员', en: 'Quality control of a department' },
  'quality-approver': { 'zh-CN': '质控数据审批', en: 'Approver of quality data' },
  'surveillance-officer': { 'zh-CN': '监测人员', en: 'Surveillance officer' },
  'surveillance-expert': { 'zh-CN': '监测专家', en: 'Surveillance expert' },
  'standard-expert': { 'zh-CN': '规范标准专家', en: 'Expert on standards' },
  auditor: { 'zh-CN': '独立监管', en: 'Independent supervisor' },
  operator: { 'zh-CN': '系统运维', en: 'System operator' },
  'job-worker': { 'zh-CN': '接口程序', en: 'Remote worker' },
  designer: { 'zh-CN': '流程设计员', en: 'Process designer' },
  student: { 'zh-CN': '学生', en: 'Student' },
  'school-doctor': { 'zh-CN': '校医', en: 'School doctor' },
  'clinic-head': { 'zh-CN': '医务室主任', en: 'Head of the clinic' },
  counsellor: { 'zh-CN': '辅导员', en: 'Counsellor' },
  pharmacist: { 'zh-CN': '药师', en: 'Pharmacist' },
  volunteer: { 'zh-CN': '送药志愿者', en: 'Delivery volunteer' },
  'volunteer-coordinator': { 'zh-CN': '志愿者协调员', en: 'Volunteer coordinator' },
  courier: { 'zh-CN': '专送员', en: 'Courier' },
} as const satisfies Record<string, LocalizedText>;

export type Role = keyof typeof ROLES;

export const isRole = (value: string): value is Role => value in ROLES;

/** Roles that a process gives to its applicant and takes back (`activities/jobs/qualification.ts`), and no diagram any other. */
export const QUALIFIED_ROLES: ReadonlySet<string> = new Set<Role>(['volunteer']);

/** One role that a person holds at one organisation. */
export interface RoleAssignment {
  readonly role: Role;
  readonly organisationId: string;
}

/** Who applies where a start names nobody (`bihuan:starters`). Who reports quality data starts only what names their role. */
export const APPLYING_ROLES: ReadonlySet<Role> = new Set(['applicant', 'receiver', 'student']);

/** Rights that do not depend on a task. `own`: instances of the own organisation; `all`: every instance of the network. */
export const RIGHTS = {
  'instance.start': {
    applicant: 'own',
    receiver: 'own',
    student: 'own',
    'quality-reporter': 'own',
    'quality-head': 'own',
    'standard-expert': 'own',
  },
  'instance.read': { 'hospital-admin': 'own', manager: 'all', dispatcher: 'all', 'quality-controller': 'all', auditor: 'all' },
  'audit.read': { auditor: 'all', 'quality-controller': 'all' },
  'instance.operate': { operator: 'all' },
  /** Beside it, an account needs each type of job that it takes (`worker_job_type`). */
  'job.work': { 'job-worker': 'all' },
  'definition.read': { designer: 'all', operator: 'all', auditor: 'all' },
  'definition.change': { designer: 'all', operator: 'all' },
  'form.read': { designer: 'all', operator: 'all', auditor: 'all', manager: 'all', 'hospital-admin': 'all' },
  /** Nothing of it takes effect before it is published. */
  'form.edit': { designer: 'all', 'hospital-admin': 'all' },
  'form.publish': { designer: 'all', operator: 'all' },
  /** Messages and signals from other systems, into any process that waits for them. */
  'message.publish': { operator: 'all' },
  /** Cycles, reports and charts; `own`: of the own hospital, beside its peers as a whole. */
  'quality.read': {
    'quality-controller': 'all',
    manager: 'all',
    auditor: 'all',
    'quality-reporter': 'own',
    'quality-head': 'own',
    'quality-approver': 'own',
    'hospital-admin': 'own',
  },
  /** Open a cycle, urge those who have not reported. */
  'quality.manage': { 'quality-controller': 'all' },
  /** Say who has to report from when to when, and exempt. */
  'quality.oblige': { 'quality-controller': 'all', manager: 'all' },
  /** Write the next version of an indicator set, or publish what another wrote. */
  'quality.define': { 'quality-controller': 'all', manager: 'all' },
  /** Dictionaries, mappings between hospitals, service points, and how orders are routed. */
  'master-data.manage': { operator: 'all' },
  /** Roster, reports and warnings of sentinel surveillance; `own`: of the own hospital. */
  'surveillance.read': {
    'surveillance-officer': 'all',
    'surveillance-expert': 'all',
    'quality-controller': 'all',
    manager: 'all',
    auditor: 'all',
    'quality-reporter': 'own',
    'quality-head': 'own',
    'hospital-admin': 'own',
  },
  /** Designate sites, open a period. */
  'surveillance.manage': { 'surveillance-officer': 'all' },
  /** Registries of single diseases; `own`: of the own hospital, whose stay numbers nobody else sees. */
  'registry.read': {
    'quality-controller': 'all',
    manager: 'all',
    auditor: 'all',
    'quality-reporter': 'own',
    'quality-head': 'own',
    'department-quality': 'own',
    'quality-approver': 'own',
  },
  /** List discharges, open cases. */
  'registry.manage': { 'quality-reporter': 'own', 'quality-head': 'own' },
  /** How far a standard got, by member; the library itself is open to everybody. */
  'standard.read': { manager: 'all', 'quality-controller': 'all', 'standard-expert': 'all', auditor: 'all' },
  /** Urge those who have not read or reported. */
  'standard.manage': { manager: 'all', 'quality-controller': 'all', 'standard-expert': 'all' },
  'task.assign': { manager: 'all', 'hospital-admin': 'own' },
} as const satisfies Record<string, Partial<Record<Role, 'own' | 'all'>>>;

export type Right = keyof typeof RIGHTS;

/** The widest scope in which these assignments grant the right, each organisation once, or null. */
export function scopeOf(right: Right, assignments: readonly RoleAssignment[]): 'all' | readonly string[] | null {
  const granted: Partial<Record<Role, 'own' | 'all'>> = RIGHTS[right];
  const organisations = new Set<string>();
  for (const { role, organisationId } of assignments) {
    if (granted[role] === 'all') return 'all';
    if (granted[role] === 'own') organisations.add(organisationId);
  }
  return organisations.size > 0 ? [...organisations] : null;
}

/** Roles that a person has for the organisation that applies, and for no other: an applicant elsewhere is a stranger here. */
const OF_ONE_ORGANISATION: ReadonlySet<Role> = new Set([
  'applicant',
  'hospital-admin',
  'quality-reporter',
  'quality-head',
  'department-quality',
  'student',
  'school-doctor',
  'clinic-head',
  'counsellor',
  'pharmacist',
  'volunteer',
  'volunteer-coordinator',
  'courier',
]);

/** The roles that count in an instance of this organisation. */
export const rolesIn = (assignments: readonly RoleAssignment[], organisationId: string): readonly Role[] => [
  ...new Set(
    assignments.filter((held) => !OF_ONE_ORGANISATION.has(held.role) || held.organisationId === organisationId).map(({ role }) => role),
  ),
];
