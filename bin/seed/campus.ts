/** The sample campus: a medical college with its clinic, students, volunteers, and what they have going on. Invented like the rest. */
import type { Act } from './acts.ts';
import type { Job, SampleInstance } from './instances.ts';
import type { Answers } from './respond.ts';

export const CAMPUS_ID = 'org-campus';

/** Volunteers who have been trained and tested before the samples begin; what the rule chooses by. */
export const QUALIFICATIONS = [
  { personId: 'p-chu-qing', traits: { building: 'east-1', sex: 'female' } },
  { personId: 'p-du-ruo', traits: { building: 'east-2', sex: 'male' } },
  { personId: 'p-ge-hui', traits: { building: 'west-1', sex: 'male' } },
] as const;

type On = (days: number, time: string) => string;

export function campusInstances(on: On): readonly SampleInstance[] {
  return [...deliveries(on), ...volunteers()];
}

function deliveries(on: On): readonly SampleInstance[] {
  const cold = application(on, {});
  const consulted = consult('感冒，无并发症');
  const approved = [consulted, prescribe(['paracetamol', 'dextromethorphan']), approve()];
  return [
    delivery('medicine-waiting', 'p-an-ran', cold, [], ['consult']),
    delivery('medicine-triaged', 'p-bo-wen', application(on, { 'apply.severity': 8 }), [], ['triage-confirm']),
    delivery(
      'medicine-question',
      'p-bo-wen',
      cold,
      [{ by: 'p-jing-yi', does: 'consult', outcome: 'ask', reason: '咳嗽几天了？有没有痰？' }],
      ['answer'],
    ),
    delivery('medicine-to-prescribe', 'p-an-ran', cold, [consulted], ['prescribe']),
    delivery('medicine-to-review', 'p-chu-qing', cold, [consulted, prescribe(['paracetamol', 'loratadine'])], ['review']),
    delivery('medicine-blocked', 'p-bo-wen', cold, [consulted, prescribe(['ibuprofen', 'aspirin'])], ['review-blocked']),
    delivery(
      'medicine-returned',
      'p-an-ran',
      cold,
      [
        consulted,
        prescribe(['paracetamol']),
        { by: 'p-lan-xin', does: 'review', outcome: 'return', reasonCode: 'incomplete', reason: '请注明疗程。' },
      ],
      ['prescribe'],
    ),
    delivery('medicine-to-prepare', 'p-an-ran', cold, approved, ['dispense'], [{ job: 'parcel-code', gives: { code: 'K7TM2Q' } }]),
    delivery(
      'medicine-advice',
      'p-bo-wen',
      application(on, { 'apply.complaints': ['sports-injury'], 'apply.pickup': 'self' }),
      [
        { ...consulted, outcome: 'advise' },
        { by: 'p-bo-wen', does: 'evaluate-student', outcome: 'submit', answers: STUDENT_EVALUATION },
        { by: 'p-jing-yi', does: 'evaluate-clinic', outcome: 'submit', answers: CLINIC_EVALUATION },
        { by: 'p-qu-zhen', does: 'quality', outcome: 'pass', answers: QUALITY },
      ],
      { result: 'closed' },
    ),
    delivery(
      'medicine-withdrawn',
      'p-chu-qing',
      cold,
      [{ by: 'p-chu-qing', sends: 'withdraw', reasonCode: 'recovered', reason: '已好转。' }],
      { result: 'withdrawn' },
    ),
  ];
}

function volunteers(): readonly SampleInstance[] {
  const selected: Act = {
    by: 'p-ou-yang',
    does: 'review',
    outcome: 'select',
    answers: { 'review.student': true, 'review.major': true },
  };
  const trained: Act = {
    by: 'p-ou-yang',
    does: 'train',
    outcome: 'trained',
    answers: {
      'training.drugs': true,
      'training.privacy': true,
      'training.hygiene': true,
      'training.route': true,
      'training.communication': true,
      'training.hours': 8,
    },
  };
  return [
    volunteer('volunteer-applied', 'p-an-ran', [], ['review']),
    volunteer('volunteer-in-training', 'p-bo-wen', [selected], ['train']),
    volunteer('volunteer-to-test', 'p-bo-wen', [selected, trained], ['test']),
  ];
}

const delivery = (
  id: string,
  by: string,
  answers: Answers,
  acts: readonly Act[],
  stands: SampleInstance['stands'],
  jobs: readonly Job[] = [],
): SampleInstance => ({ id, service: 'drug-delivery', by, application: answers, acts, stands, jobs });

const volunteer = (id: string, by: string, acts: readonly Act[], stands: SampleInstance['stands']): SampleInstance => ({
  id,
  service: 'volunteer',
  by,
  application: {
    'application.major': 'nursing',
    'application.year': 2,
    'application.sex': 'female',
    'application.building': 'east-1',
    'application.availability': ['weekday-noon', 'weekend'],
    'application.healthy': true,
    'application.confidential': true,
  },
  acts,
  stands,
});

function application(on: On, differs: Answers): Answers {
  const answers: Answers = {
    'apply.complaints': ['cold'],
    'apply.since': on(-1, '08:00').slice(0, 10),
    'apply.severity': 3,
    'apply.dangerSigns': ['none'],
    'apply.story': '鼻塞、咽痛，低热。',
    'apply.allergies': ['none'],
    'apply.consentGiven': true,
    ...differs,
  };
  if (answers['apply.pickup'] === 'self') return answers;
  return {
    ...answers,
    'apply.building': 'east-1',
    'apply.room': 412,
    'apply.windowFrom': on(0, '12:00'),
    'apply.windowTo': on(0, '14:00'),
  };
}

const consult = (diagnosis: string): Extract<Act, { does: string }> => ({
  by: 'p-jing-yi',
  does: 'consult',
  outcome: 'prescribe',
  answers: {
    'consult.identityChecked': true,
    'consult.history': '受凉后鼻塞、咽痛一天，无胸闷气促。',
    'consult.diagnosis': diagnosis,
    'consult.advice': '多饮水，休息；高热或气促立即到诊。',
    'consult.contact': 'text',
  },
});

/** An ordinary single dose in milligrams, and how often a day. */
const DOSES = {
  paracetamol: [500, 3],
  dextromethorphan: [15, 3],
  loratadine: [10, 1],
  ibuprofen: [200, 3],
  aspirin: [300, 3],
} as const;

const prescribe = (drugs: readonly (keyof typeof DOSES)[]): Act => ({
  by: 'p-jing-yi',
  does: 'prescribe',
  outcome: 'sign',
  answers: {
    'prescription.diagnosis': '急性上呼吸道感染',
    'prescription.lines': drugs.map((drug) => {
      const [singleDose, timesPerDay] = DOSES[drug];
      return { drug, strength: '见说明书', singleDose, timesPerDay, days: 3, quantity: timesPerDay * 3 };
    }),
    'prescription.usage': '饭后服用。',
  },
});

const approve = (): Act => ({
  by: 'p-lan-xin',
  does: 'review',
  outcome: 'approve',
  answers: {
    'review.identity': true,
    'review.indication': true,
    'review.dose': true,
    'review.interaction': true,
    'review.allergy': true,
    'review.eligible': true,
  },
});

const STUDENT_EVALUATION: Answers = {
  'studentEvaluation.speed': '5',
  'studentEvaluation.privacy': '5',
  'studentEvaluation.correctness': '5',
  'studentEvaluation.attitude': '5',
  'studentEvaluation.hasProblem': false,
};
const CLINIC_EVALUATION: Answers = {
  'clinicEvaluation.indication': '5',
  'clinicEvaluation.cooperation': '5',
  'clinicEvaluation.process': '4',
};
const QUALITY: Answers = {
  'quality.completeness': '5',
  'quality.timeliness': '5',
  'quality.compliance': '5',
  'quality.privacy': '5',
  'quality.verdict': 'pass',
};
