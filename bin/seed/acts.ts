/** What people do in the sample instances, and the ordinary way through the nine links with the answers that each form asks for. */
import type { Answers } from './respond.ts';

export type Act =
  | {
      readonly by: string;
      readonly does: string;
      readonly outcome: string;
      readonly answers?: Answers;
      readonly reason?: string;
      readonly reasonCode?: string;
    }
  | { readonly by: string; readonly claims: string }
  | { readonly by: string; readonly sends: string; readonly reason?: string; readonly reasonCode?: string }
  | { readonly by: string; readonly comments: string }
  | { readonly by: string; readonly copies: readonly string[]; readonly text?: string };

/** Who walks a consult through, when it takes place, and what comes out. */
export interface Plan {
  readonly applicant: string;
  /** Member of the team that the dispatch table proposes. */
  readonly lead: string;
  readonly experts?: readonly string[];
  readonly chair?: string;
  readonly startsAt: string;
  readonly form?: 'video' | 'phone' | 'asynchronous';
  readonly room?: string;
  readonly content: string;
  readonly opinion?: string;
  /** Of images or slides: a report comes out, no opinion. */
  readonly reads?: boolean;
  readonly manager?: string;
  readonly dispatcher?: string;
}

const MANAGER = 'p-he-jing';
const DISPATCHER = 'p-xu-lei';
const ROOM_ADMIN = 'p-shao-hua';
const QUALITY_CONTROLLER = 'p-tang-min';

/** The ordinary way, link by link. `opinion` is the experts' and the chair's where the plan names a chair. */
const WAY = [
  'review',
  'dispatch',
  'confirm',
  'notify',
  'prepare',
  'begin',
  'execute',
  'opinion',
  'evaluate-executor',
  'evaluate-applicant',
  'quality',
] as const;
export type Link = (typeof WAY)[number];

/** Everything on the ordinary way up to and including `last`; or, with `from`, only what comes after that. */
export function walk(plan: Plan, last: Link, { from }: { readonly from?: Link } = {}): readonly Act[] {
  const begin = from === undefined ? 0 : WAY.indexOf(from) + 1;
  return WAY.slice(begin, WAY.indexOf(last) + 1).flatMap((link) => actsOf(plan, link));
}

function actsOf(plan: Plan, link: Link): readonly Act[] {
  const { applicant, lead } = plan;
  switch (link) {
    case 'review':
      return [{ by: plan.manager ?? MANAGER, does: 'review', outcome: 'approve', answers: reviewAnswers() }];
    case 'dispatch':
      return [{ by: plan.dispatcher ?? DISPATCHER, does: 'dispatch', outcome: 'dispatch' }];
    case 'confirm':
      return [{ by: lead, does: 'confirm', outcome: 'accept', answers: arrangementAnswers(plan) }];
    case 'notify':
      return [{ by: plan.manager ?? MANAGER, does: 'notify', outcome: 'publish', answers: noticeAnswers(plan) }];
    case 'prepare':
      return [{ by: applicant, does: 'prepare', outcome: 'ready', answers: preparationAnswers() }];
    case 'begin':
      return [{ by: ROOM_ADMIN, does: 'begin', outcome: 'start', answers: attendanceAnswers(plan) }];
    case 'execute':
      return [{ by: lead, does: 'execute', outcome: 'done', answers: executionAnswers(plan) }];
    case 'opinion':
      if (plan.reads) return [reportAct(plan)];
      return plan.chair === undefined ? [opinionAct(plan)] : [...expertsOf(plan).map(expertOpinionAct), ...concluded(plan, plan.chair)];
    case 'evaluate-executor':
      return [{ by: lead, does: 'evaluate-executor', outcome: 'submit', answers: executorEvaluation() }];
    case 'evaluate-applicant':
      return [{ by: applicant, does: 'evaluate-applicant', outcome: 'submit', answers: applicantEvaluation() }];
    case 'quality':
      return [{ by: QUALITY_CONTROLLER, does: 'quality', outcome: 'pass', answers: qualityAnswers() }];
  }
}

const expertsOf = ({ experts, lead }: Plan): readonly string[] => experts ?? [lead];

export const reviewAnswers = (): Answers => ({
  'review.complete': true,
  'review.withinPlan': true,
  'review.consentValid': true,
  'review.rightSubkind': true,
  'review.urgencyFits': true,
  'review.remark': '资料齐全，同意会诊。',
});

export const arrangementAnswers = (plan: Plan): Answers => ({
  'arrangement.startsAt': plan.startsAt,
  'arrangement.form': plan.form ?? 'video',
  'arrangement.content': plan.content,
  'arrangement.experts': expertsOf(plan),
  ...(plan.chair ? { 'arrangement.chair': plan.chair } : {}),
  ...(plan.room ? { 'arrangement.room': plan.room } : {}),
  'arrangement.duration': 40,
  'arrangement.toPrepare': '请准备患者近期检查结果，主管医师到场汇报。',
});

const noticeAnswers = ({ startsAt, content }: Plan): Answers => ({
  'notice.text': `会诊定于 ${startsAt.slice(0, 10)} ${startsAt.slice(11, 16)} 开始。内容：${content}请相关人员提前 10 分钟到场。`,
  'notice.receivers': ['applicant', 'experts', 'room-admin'],
});

const preparationAnswers = (): Answers => ({
  'preparation.patient': true,
  'preparation.material': true,
  'preparation.place': true,
  'preparation.devices': true,
  'preparation.ready': true,
});

const attendanceAnswers = (plan: Plan): Answers => ({
  'attendance.patient': true,
  'attendance.applicant': true,
  'attendance.experts': expertsOf(plan),
  'attendance.technique': true,
});

export const executionAnswers = ({ startsAt }: Plan): Answers => ({
  'execution.startedAt': startsAt,
  'execution.endedAt': startsAt.replace(/T(\d\d):\d\d/, 'T$1:40'),
  'execution.minutes': '申请方汇报病史与检查结果，专家逐项提问并讨论诊断与下一步处理。',
});

const opinionAct = (plan: Plan): Act => ({
  by: plan.lead,
  does: 'opinion',
  outcome: 'sign',
  answers: {
    'opinion.text': plan.opinion ?? '结合病史与检查，同意目前诊断，建议完善相关检查后按方案治疗。',
    'opinion.adviceTreatment': '继续现有治疗，按会诊意见调整，一周后复评。',
    'opinion.disposition': 'stay',
  },
});

/** A final report; with `critical` the answers about a critical value. */
export const reportAct = (plan: Plan, critical: Answers = { 'report.critical': false }): Act => ({
  by: plan.lead,
  does: 'report',
  outcome: 'final',
  answers: {
    'report.quality': 'good',
    'report.findings': '图像质量可，病灶位置与范围与本院报告相符，增强后不均匀强化。',
    'report.conclusion': plan.opinion ?? '考虑占位性病变，建议结合增强检查与病理。',
    'report.agreement': 'same',
    'report.disposition': 'stay',
    ...critical,
  },
});

export const expertOpinionAct = (expert: string): Act => ({
  by: expert,
  does: 'expert-opinion',
  outcome: 'sign',
  answers: { 'expertOpinion.text': '从本学科角度，病情评估如上，建议多学科共同制定方案。', 'expertOpinion.advice': '完善分期检查。' },
});

/** The chair concludes, and every other expert signs. */
const concluded = (plan: Plan, chair: string): readonly Act[] => [
  conclusionAct(plan, chair),
  ...expertsOf(plan)
    .filter((expert) => expert !== chair)
    .map((by): Act => ({ by, does: 'countersign', outcome: 'agree', answers: {} })),
];

const conclusionAct = (plan: Plan, chair: string): Act => ({
  by: chair,
  does: 'joint-conclusion',
  outcome: 'sign',
  answers: {
    'conclusion.text': plan.opinion ?? '各学科意见一致，建议先行新辅助治疗，两周期后再评估手术。',
    'conclusion.disposition': 'refer-up',
  },
});

const executorEvaluation = (): Answers => ({
  'executorEvaluation.material': '4',
  'executorEvaluation.indication': '5',
  'executorEvaluation.cooperation': '5',
  'executorEvaluation.technique': '4',
});

export const applicantEvaluation = (problem?: string): Answers => ({
  'applicantEvaluation.solved': problem === undefined,
  'applicantEvaluation.adopted': 'fully',
  'applicantEvaluation.usefulness': '5',
  'applicantEvaluation.timeliness': problem === undefined ? '5' : '3',
  'applicantEvaluation.attitude': '5',
  'applicantEvaluation.technique': '4',
  'applicantEvaluation.recommend': problem === undefined ? 9 : 6,
  ...(problem === undefined ? {} : { 'applicantEvaluation.hasProblem': true, 'applicantEvaluation.problem': problem }),
});

export const qualityAnswers = (): Answers => ({
  'quality.completeness': '5',
  'quality.timeliness': '4',
  'quality.compliance': '5',
  'quality.opinion': '5',
  'quality.verdict': 'pass',
});
