/** The sample orders: two that the platform sent by itself, and two that wait for its operator. */
import type { JsonObject } from '#core/json.ts';
import type { Job, SampleInstance } from './instances.ts';
import { UNMAPPED_EVERYWHERE } from './master-data.ts';
import { departmentId } from './network.ts';
import { PATIENTS, type PatientId } from './patients.ts';
import { personOf } from './people.ts';
import type { Answers } from './respond.ts';

export function sampleOrders(): readonly SampleInstance[] {
  return [
    order('exam-routed', 'p-zhou-yan', 'lung-nodule', { 'order.category': 'exam', 'order.exams': ['CT-CHEST'], ...EXAM }, 'routed'),
    order(
      'test-routed',
      'p-liu-fei',
      'pneumonia-slow',
      { 'order.category': 'test', 'order.tests': ['PCT', 'CRP'], 'order.specimen': 'serum', 'order.urgency': 'urgent' },
      'routed',
    ),
    order(
      'exam-unmapped',
      'p-zhou-yan',
      'heart-failure',
      { 'order.category': 'exam', 'order.exams': [UNMAPPED_EVERYWHERE], ...EXAM },
      'unmapped',
    ),
    order(
      'exam-unmapped-urgent',
      'p-yang-fan',
      'heart-failure',
      { 'order.category': 'exam', 'order.exams': [UNMAPPED_EVERYWHERE], 'order.urgency': 'urgent', ...EXAM },
      'unmapped',
    ),
    order(
      'exam-split',
      'p-zhou-yan',
      'lung-nodule',
      { 'order.category': 'exam', 'order.exams': ['ENDO-GASTRO', 'DSA-HEAD'], ...EXAM },
      'split',
    ),
  ];
}

const EXAM: Answers = { 'order.contraindications': ['none'] };

function order(id: string, by: string, patient: PatientId, items: Answers, outcome: Outcome): SampleInstance {
  const applicant = personOf(by);
  // Of the patient what an order asks for.
  const known = Object.entries(PATIENTS[patient].answers).filter(([linkId]) => PATIENT_LINKS.has(linkId));
  return {
    id: `order-${id}`,
    service: 'order',
    by,
    application: {
      ...items,
      'applicant.department': applicant.departmentId ?? departmentId('org-lead', 'general'),
      'applicant.phone': applicant.phone,
      ...Object.fromEntries(known),
      'clinical.question': '请明确病变性质与范围',
      'clinical.diagnosis': '待查',
      'consent.given': true,
    },
    acts: [],
    stands: STANDS[outcome],
    jobs: jobs(outcome),
  };
}

type Outcome = 'routed' | 'unmapped' | 'split';

/** A sheet that is split waits for its parts, each of which is an order of its own. */
const STANDS = { routed: ['review'], unmapped: ['settle-route'], split: [] } as const satisfies Record<Outcome, readonly string[]>;

const PATIENT_LINKS: ReadonlySet<string> = new Set([
  'patient.name',
  'patient.sex',
  'patient.birthDate',
  'patient.phone',
  'patient.allergies',
  'patient.idNumber',
  'patient.pregnant',
  'patient.isMinor',
  'patient.guardian',
]);

/** Ids of the orders that a sheet is split into. */
const PARTS = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];

/** What the worker brings. */
function jobs(outcome: Outcome): readonly Job[] {
  const place: JsonObject =
    outcome === 'routed'
      ? { organisation: 'org-qingling', department: 'd-qingling-imaging', team: 'team-qingling-exam' }
      : { organisation: null, department: null, team: null };
  return [
    {
      job: 'check',
      gives: {
        verification: { outcome: 'fits', unknown: [], otherSpecimen: [], dictionaryVersion: 1 },
        tie: 'fully-managed',
        region: '990200',
      },
    },
    { job: 'route', gives: { decided: { outcome, ...place, parts: [] }, routes: [{ outcome }] } },
    ...(outcome === 'split' ? [{ job: 'split', gives: { parts: PARTS } }] : []),
  ];
}
