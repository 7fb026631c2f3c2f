/** The sample referrals: up, down and in an emergency, at different links, between hospitals of the sample network. */
import type { Act } from './acts.ts';
import type { SampleInstance } from './instances.ts';
import { departmentId, type Specialty } from './network.ts';
import { PATIENTS, type PatientId } from './patients.ts';
import { personOf } from './people.ts';
import type { Answers } from './respond.ts';

interface Referral {
  readonly patient: PatientId;
  readonly specialty: Specialty;
  readonly to: string;
  readonly reason: string;
  readonly direction?: 'up' | 'down' | 'campus';
  readonly urgency?: 'routine' | 'urgent' | 'emergency';
  readonly more?: Answers;
}

type On = (days: number, time: string) => string;

export function sampleReferrals(on: On): readonly SampleInstance[] {
  const day = (days: number): string => on(days, '00:00').slice(0, 10);
  const referral = (id: string, by: string, wanted: Referral, acts: readonly Act[], stands: SampleInstance['stands']): SampleInstance => ({
    id: `referral-${id}`,
    service: 'referral',
    by,
    application: applicationAnswers(by, wanted, day),
    acts,
    stands,
  });
  const qingling = { specialty: 'respiratory', to: 'org-qingling' } as const;
  const campus = {
    patient: 'student-pneumothorax',
    specialty: 'respiratory',
    to: 'org-lead',
    direction: 'campus',
    reason: '校医务室无法拍片与胸腔穿刺',
    more: CAMPUS,
  } as const;
  const campusBooked: readonly Act[] = [clinicReviewed, accepted('p-qi-an'), visit('p-qi-an', on(1, '09:00'))];
  const booked = arranged('p-chen-xi', 'org-qingling', on(2, '09:30'), day);
  return [
    referral(
      'waiting-for-review',
      'p-zhou-yan',
      { ...qingling, patient: 'pneumonia-slow', reason: '抗感染治疗无效，本院不能行气管镜' },
      [],
      ['review'],
    ),
    referral(
      'to-dispatch',
      'p-yang-fan',
      { patient: 'heart-failure', specialty: 'cardiology', to: 'org-yunxi', reason: '需评估心脏再同步治疗' },
      [reviewed],
      ['dispatch'],
    ),
    referral(
      'to-triage',
      'p-zhou-yan',
      { ...qingling, patient: 'lung-nodule', reason: '结节性质待定，需进一步检查' },
      dispatched('org-qingling'),
      ['triage'],
    ),
    referral(
      'declined',
      'p-liu-fei',
      { ...qingling, patient: 'heart-failure', reason: '需上级医院调整方案' },
      [...dispatched('org-qingling'), { by: 'p-chen-xi', does: 'triage', outcome: 'decline', reasonCode: 'no-bed' }],
      ['reroute'],
    ),
    referral(
      'to-arrange',
      'p-wen-jing',
      { patient: 'lung-nodule', specialty: 'respiratory', to: 'org-lead', reason: '需胸外科评估手术' },
      [...dispatched('org-lead'), accepted('p-qi-an')],
      ['arrange'],
    ),
    referral(
      'on-the-way',
      'p-dai-yu',
      { ...qingling, patient: 'pneumonia-slow', reason: '社区无法完善检查' },
      [...dispatched('org-qingling'), accepted('p-chen-xi'), booked],
      ['attend', 'prepare'],
    ),
    referral(
      'in-treatment',
      'p-zhou-yan',
      { ...qingling, patient: 'heart-failure', reason: '心衰反复加重' },
      [...arrived('p-zhou-yan', booked), note('p-chen-xi')],
      ['treat'],
    ),
    referral(
      'emergency',
      'p-liu-fei',
      {
        patient: 'pneumonia-slow',
        specialty: 'critical-care',
        to: 'org-qingling',
        urgency: 'emergency',
        reason: '呼吸衰竭，需有创通气支持',
        more: {
          'fast.suspected': '重症肺炎，呼吸衰竭',
          'fast.onset': on(0, '06:00'),
          'fast.location': '石滩县人民医院急诊科',
          'fast.vitals': '血氧饱和度 82%，呼吸 36 次/分',
        },
      },
      [],
      ['review-afterwards', 'triage'],
    ),
    referral(
      'down',
      'p-chen-xi',
      {
        patient: 'pneumonia-slow',
        specialty: 'respiratory',
        to: 'org-shitan',
        direction: 'down',
        reason: '病情稳定，回当地继续治疗与康复',
        more: {
          'down.summary': '经支气管镜明确病原，静脉抗感染 14 天后体温正常，空洞缩小。',
          'down.rehabilitation': '呼吸训练每日两次，六周。',
          'down.medication': [{ name: '莫西沙星片', dose: '0.4 g', frequency: '每日一次', days: 14 }],
          'down.redFlags': '再次发热、咯血或气促加重时返回。',
        },
      },
      dispatched('org-shitan'),
      ['triage'],
    ),
    referral('campus-waiting', 'p-jing-yi', { ...campus, more: { ...CAMPUS, 'campus.tellCounsellor': false } }, [], ['review']),
    referral('campus-on-the-way', 'p-jing-yi', campus, campusBooked, ['attend', 'prepare']),
    referral('campus-to-return', 'p-jing-yi', campus, [...campusBooked, ...campusTreated(day(4))], ['assess-return']),
    referral(
      'closed',
      'p-zhou-yan',
      { ...qingling, patient: 'lung-nodule', reason: '结节增大，需明确性质' },
      closed('p-zhou-yan', booked),
      {
        result: 'closed',
      },
    ),
  ];
}

function applicationAnswers(
  by: string,
  { patient, specialty, to, reason, direction = 'up', urgency = 'routine', more }: Referral,
  day: (days: number) => string,
): Answers {
  const applicant = personOf(by);
  return {
    'referral.direction': direction,
    'referral.urgency': urgency,
    'referral.specialty': specialty,
    'referral.purpose': direction === 'down' ? ['rehabilitation'] : ['inpatient'],
    'referral.condition': 'stable',
    'referral.transport': 'self',
    'referral.wishedDate': day(3),
    'referral.to': to,
    'referral.reason': reason,
    'applicant.department': applicant.departmentId ?? departmentId('org-lead', 'general'),
    'applicant.phone': applicant.phone,
    ...PATIENTS[patient].answers,
    'consent.given': true,
    'consent.recipients': [to],
    'consent.by': 'patient',
    ...more,
  };
}

/** The student of the sample patient, who lets the counsellor be told. */
const CAMPUS: Answers = {
  'campus.student': 'p-an-ran',
  'campus.studentNumber': '2025030417',
  'campus.guardian': '安建国（父亲）',
  'campus.guardianPhone': '19900100001',
  'campus.insurance': '大学生医保',
  'campus.tellCounsellor': true,
  'campus.counsellor': 'p-shi-min',
};

const MANAGER = 'p-he-jing';
const DISPATCHER = 'p-xu-lei';

const reviewed: Act = {
  by: MANAGER,
  does: 'review',
  outcome: 'approve',
  answers: {
    'review.complete': true,
    'review.withinPlan': true,
    'review.consentValid': true,
    'review.directionFits': true,
    'review.indicated': true,
    'review.targetFits': true,
    'review.urgencyFits': true,
  },
};

const clinicReviewed: Act = { ...reviewed, by: 'p-qu-zhen' };

const visit = (by: string, startsAt: string): Act => ({
  by,
  does: 'arrange',
  outcome: 'schedule',
  answers: { 'record.kind': 'visit', 'record.startsAt': startsAt, 'record.department': departmentId('org-lead', 'respiratory') },
});

const campusTreated = (backOn: string): readonly Act[] => [
  prepared('p-jing-yi'),
  attended('p-qi-an'),
  { by: 'p-qi-an', does: 'treat', outcome: 'complete' },
  {
    by: 'p-qi-an',
    does: 'reply',
    outcome: 'sign',
    answers: {
      'reply.direction': 'campus',
      'reply.course': '胸片示右侧气胸，压缩约 20%，吸氧观察后复查已复张。',
      'reply.diagnoses': [{ name: '右侧自发性气胸', code: 'J93.1' }],
      'reply.disposition': 'home',
      'reply.advice': '两周内避免剧烈运动，两周后复查胸片。',
      'reply.fit': 'restricted',
      'reply.fitFrom': backOn,
      'reply.limits': '两个月内免体育课。',
    },
  },
];

const dispatched = (to: string): readonly Act[] => [
  reviewed,
  { by: DISPATCHER, does: 'dispatch', outcome: 'override', reason: '患者已同意该机构', answers: { 'dispatch.organisation': to } },
];

const accepted = (by: string): Act => ({ by, does: 'triage', outcome: 'accept', answers: { 'triage.owner': by } });

const arranged = (by: string, organisation: string, startsAt: string, day: (days: number) => string): Act => ({
  by,
  does: 'arrange',
  outcome: 'schedule',
  answers: {
    'record.kind': 'admission',
    'record.startsAt': startsAt,
    'record.department': departmentId(organisation, 'respiratory'),
    'record.doctor': by,
    'record.bring': `住院部一楼办理入院；请于 ${day(2)} 前携带身份证、医保卡与影像资料。`,
    'record.ward': '呼吸内科一病区',
  },
});

const prepared = (by: string): Act => ({
  by,
  does: 'prepare',
  outcome: 'ready',
  answers: {
    'preparation.patient': true,
    'preparation.material': true,
    'preparation.transport': true,
    'preparation.handover': true,
    'preparation.ready': true,
  },
});

const attended = (by: string): Act => ({
  by,
  does: 'attend',
  outcome: 'arrived',
  answers: { 'record.condition': 'stable', 'record.text': '步行入院，生命体征平稳。' },
});

const arrived = (sender: string, booked: Act): readonly Act[] => [
  ...dispatched('org-qingling'),
  accepted('p-chen-xi'),
  booked,
  prepared(sender),
  attended('p-chen-xi'),
];

const note = (by: string): Act => ({
  by,
  does: 'treat',
  outcome: 'note',
  answers: { 'record.condition': 'stable', 'record.text': '完善检查，调整用药，症状缓解。' },
});

const closed = (sender: string, booked: Act): readonly Act[] => [
  ...arrived(sender, booked),
  note('p-chen-xi'),
  { by: 'p-chen-xi', does: 'treat', outcome: 'complete' },
  {
    by: 'p-chen-xi',
    does: 'reply',
    outcome: 'sign',
    answers: {
      'reply.course': '胸腔镜下右上肺楔形切除，术后恢复顺利。',
      'reply.diagnoses': [{ name: '肺微浸润性腺癌', code: 'C34.1' }],
      'reply.disposition': 'home',
      'reply.advice': '三个月后复查胸部 CT；注意切口与呼吸训练。',
    },
  },
  {
    by: 'p-chen-xi',
    does: 'evaluate-executor',
    outcome: 'submit',
    answers: {
      'executorEvaluation.material': '5',
      'executorEvaluation.indication': '5',
      'executorEvaluation.cooperation': '4',
      'executorEvaluation.technique': '4',
    },
  },
  { by: sender, does: 'review-result', outcome: 'reviewed', answers: { 'result.adopted': 'fully', 'result.firstVisit': true } },
  {
    by: sender,
    does: 'evaluate-applicant',
    outcome: 'submit',
    answers: {
      'applicantEvaluation.solved': true,
      'applicantEvaluation.usefulness': '5',
      'applicantEvaluation.timeliness': '5',
      'applicantEvaluation.attitude': '5',
      'applicantEvaluation.technique': '5',
    },
  },
  {
    by: 'p-tang-min',
    does: 'quality',
    outcome: 'pass',
    answers: {
      'quality.completeness': '5',
      'quality.timeliness': '5',
      'quality.compliance': '5',
      'quality.reply': '5',
      'quality.verdict': 'pass',
    },
  },
];
