/** The sample requests for written advice, at the turns of either side. */
import type { Act } from './acts.ts';
import type { SampleInstance } from './instances.ts';
import { departmentId, type Specialty } from './network.ts';
import { PATIENTS, type PatientId } from './patients.ts';
import { personOf } from './people.ts';
import type { Answers } from './respond.ts';

interface Question {
  readonly patient: PatientId;
  readonly specialty: Specialty;
  readonly question: string;
  readonly preauthorised?: boolean;
}

const EXPERT = 'p-dong-liang';
const NODULE: Question = { patient: 'lung-nodule', specialty: 'respiratory', question: '8 毫米混杂磨玻璃结节，多久复查？' };
const PNEUMONIA: Question = { patient: 'pneumonia-slow', specialty: 'respiratory', question: '抗感染十天吸收缓慢，是否需气管镜？' };

export function sampleAdvice(): readonly SampleInstance[] {
  const advice = (id: string, by: string, asked: Question, acts: readonly Act[], stands: SampleInstance['stands']): SampleInstance => ({
    id: `advice-${id}`,
    service: 'advice',
    by,
    application: questionAnswers(by, asked),
    acts,
    stands,
  });
  return [
    advice('to-answer', 'p-zhou-yan', NODULE, [reviewed], ['answer']),
    advice('asked-back', 'p-wen-jing', PNEUMONIA, [reviewed, askedBack], ['reply']),
    advice('to-consider', 'p-liu-fei', NODULE, [reviewed, answered], ['consider']),
    advice('referral-proposed', 'p-zhou-yan', PNEUMONIA, [reviewed, proposed], ['authorise']),
    advice('closed', 'p-zhou-yan', NODULE, closed('p-zhou-yan'), { result: 'closed' }),
  ];
}

function questionAnswers(by: string, { patient, specialty, question, preauthorised = false }: Question): Answers {
  const applicant = personOf(by);
  return {
    'advice.specialty': specialty,
    'advice.urgency': 'routine',
    'advice.question': question,
    'advice.preauthorised': preauthorised,
    'applicant.department': applicant.departmentId ?? departmentId('org-lead', 'general'),
    'applicant.phone': applicant.phone,
    ...PATIENTS[patient].answers,
    'consent.given': true,
    'consent.by': 'patient',
  };
}

const reviewed: Act = {
  by: 'p-he-jing',
  does: 'review',
  outcome: 'approve',
  answers: { 'review.complete': true, 'review.withinPlan': true, 'review.consentValid': true, 'review.urgencyFits': true },
};

const askedBack: Act = {
  by: EXPERT,
  does: 'answer',
  outcome: 'ask',
  answers: { 'answer.question': '痰培养与肺炎支原体抗体结果如何？' },
};

const answered: Act = {
  by: EXPERT,
  does: 'answer',
  outcome: 'answer',
  answers: { 'answer.advice': '三个月后复查薄层 CT；如实性成分增大，转胸外科评估。', 'answer.signature': EXPERT },
};

const proposed: Act = {
  by: EXPERT,
  does: 'answer',
  outcome: 'propose-referral',
  answers: {
    'answer.advice': '吸收缓慢，建议住院完善支气管镜检查。',
    'answer.direction': 'up',
    'answer.recipient': 'org-qingling',
    'answer.signature': EXPERT,
  },
};

const closed = (requester: string): readonly Act[] => [
  reviewed,
  askedBack,
  { by: requester, does: 'reply', outcome: 'reply', answers: { 'reply.text': '痰培养阴性，支原体抗体阴性。' } },
  answered,
  {
    by: requester,
    does: 'consider',
    outcome: 'reviewed',
    answers: { 'consideration.adopted': 'fully', 'consideration.plan': '已约三个月后复查。' },
  },
  {
    by: EXPERT,
    does: 'evaluate-executor',
    outcome: 'submit',
    answers: {
      'executorEvaluation.material': '4',
      'executorEvaluation.indication': '5',
      'executorEvaluation.cooperation': '5',
      'executorEvaluation.technique': '4',
    },
  },
  {
    by: requester,
    does: 'evaluate-applicant',
    outcome: 'submit',
    answers: {
      'applicantEvaluation.solved': true,
      'applicantEvaluation.adopted': 'fully',
      'applicantEvaluation.usefulness': '5',
      'applicantEvaluation.timeliness': '5',
      'applicantEvaluation.attitude': '5',
      'applicantEvaluation.technique': '4',
    },
  },
  {
    by: 'p-tang-min',
    does: 'quality',
    outcome: 'pass',
    answers: {
      'quality.completeness': '5',
      'quality.timeliness': '4',
      'quality.compliance': '5',
      'quality.opinion': '5',
      'quality.verdict': 'pass',
    },
  },
];
