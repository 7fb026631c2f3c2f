/**
 * The sample instances: who applied for whom, and how far each has come. Every link and every branch has some, so that no list of a
 * newcomer is empty. Declarative: whoever seeds submits these acts through the real commands, in this order.
 */
import type { JsonObject } from '#core/json.ts';
import { type Act, applicantEvaluation, expertOpinionAct, type Plan, qualityAnswers, reportAct, reviewAnswers, walk } from './acts.ts';
import { sampleAdvice } from './advice.ts';
import { campusInstances } from './campus.ts';
import { departmentId, type Specialty } from './network.ts';
import { sampleOrders } from './orders.ts';
import { PATIENTS, type PatientId } from './patients.ts';
import { personOf } from './people.ts';
import { sampleReferrals } from './referrals.ts';
import type { Answers } from './respond.ts';
import { sampleStandards } from './standards.ts';

/** What a worker of the product brings by itself before the instance stands where it says. */
export interface Job {
  readonly job: string;
  readonly gives: JsonObject;
}

export interface SampleInstance {
  readonly id: string;
  /** Key of the flow. */
  readonly service: string;
  readonly by: string;
  /** Answers of the form by which a person applies. */
  readonly application: Answers;
  readonly acts: readonly Act[];
  /** Elements whose tasks are open at the end, or how it ended. */
  readonly stands: readonly string[] | { readonly result: string };
  readonly jobs?: readonly Job[];
}

interface Application {
  readonly patient: PatientId;
  readonly subkind: 'mdt' | 'difficult' | 'imaging' | 'pathology';
  readonly specialty: Specialty;
  readonly urgency?: 'routine' | 'urgent' | 'emergency';
  readonly reason: string;
  readonly question: string;
  readonly network?: 'low' | 'normal' | 'high';
  readonly more?: Answers;
}

export function sampleInstances(now: Date): readonly SampleInstance[] {
  /** A time of day in so many days, written in the hospitals' zone. */
  const on = (days: number, time: string): string => {
    const local = new Date(now.getTime() + 8 * 3_600_000 + days * 86_400_000);
    return `${local.toISOString().slice(0, 10)}T${time}:00+08:00`;
  };
  return [
    ...beforeDispatch(),
    ...beforeTheConsult(on),
    ...duringAndAfter(on),
    ...ended(on),
    ...sampleReferrals(on),
    ...sampleAdvice(),
    ...campusInstances(on),
    ...sampleOrders(),
    ...sampleStandards(on),
  ];
}

type On = (days: number, time: string) => string;

function beforeDispatch(): readonly SampleInstance[] {
  return [
    sample('waiting-for-review', 'p-wu-tong', PNEUMONIA, [], ['review']),
    sample('community-waiting', 'p-dai-yu', ANAEMIA, [], ['review']),
    sample('urgent-imaging-waiting', 'p-zhou-yan', { ...imaging('pancreatitis', 'abdomen', 'ct'), urgency: 'urgent' }, [], ['review']),
    sample('review-taken', 'p-long-mei', pathology('breast-mass', 'breast'), [{ by: 'p-lin-yue', claims: 'review' }], ['review']),
    sample(
      'review-with-comment',
      'p-chen-xi',
      EPILEPSY,
      [{ by: 'p-he-jing', comments: '请申请方确认近一月血药浓度是否已测。' }],
      ['review'],
    ),
    sample(
      'returned',
      'p-cui-bin',
      WEAKNESS,
      [
        {
          by: 'p-he-jing',
          does: 'review',
          outcome: 'return',
          reason: '请补充肌电图报告与用药剂量。',
          answers: {
            'review.complete': false,
            'review.withinPlan': true,
            'review.consentValid': true,
            'review.rightSubkind': true,
            'review.urgencyFits': true,
            'review.remarks': [{ field: '检查检验结果', remark: '缺肌电图完整报告' }],
          },
        },
      ],
      ['correct'],
    ),
    sample(
      'information-asked',
      'p-tian-tian',
      PREECLAMPSIA,
      [{ by: 'p-lin-yue', does: 'review', outcome: 'ask-information', reason: '请说明当前降压方案及近三日血压。' }],
      ['provide-information'],
    ),
    sample('to-dispatch', 'p-yang-fan', HEART_FAILURE, [approval('p-yang-fan')], ['dispatch']),
    sample(
      'to-dispatch-urgent',
      'p-liu-fei',
      { ...ARDS, urgency: 'urgent' },
      [approval('p-liu-fei'), { by: 'p-lin-yue', copies: ['p-tang-min'], text: '加急重症会诊，请关注时限。' }],
      ['dispatch'],
    ),
  ];
}

function beforeTheConsult(on: On): readonly SampleInstance[] {
  const neurology = plan('p-chen-xi', 'p-meng-xue', on(2, '10:00'));
  const readers = plan('p-sun-qi', 'p-lu-ming', on(1, '15:00'), { room: 'room-5g-1' });
  const mother = plan('p-shi-lei', 'p-xie-lan', on(1, '09:30'));
  const child = plan('p-feng-yao', 'p-mo-xin', on(1, '14:00'));
  const tumour = plan('p-long-mei', 'p-cao-ying', on(3, '15:00'), {
    experts: ['p-cao-ying', 'p-ding-kai', 'p-lu-ming'],
    chair: 'p-cao-ying',
  });
  const heart = plan('p-zhao-heng', 'p-luo-qing', on(2, '16:00'));
  const lungs = plan('p-wu-tong', 'p-dong-liang', on(1, '10:30'));
  const county = plan('p-zhou-yan', 'p-qin-fang', on(1, '11:00'), { room: 'room-5g-2' });
  const general = plan('p-dai-yu', 'p-dong-liang', on(1, '16:00'));
  return [
    sample('to-confirm', 'p-chen-xi', WEAKNESS, walk(neurology, 'dispatch'), ['confirm']),
    sample('emergency-to-confirm', 'p-liu-fei', { ...SEPSIS, urgency: 'emergency' }, [], ['confirm']),
    sample(
      'material-asked',
      'p-sun-qi',
      imaging('liver-lesion', 'abdomen', 'mr'),
      [...walk(readers, 'dispatch'), { by: 'p-lu-ming', does: 'confirm', outcome: 'ask-material', reason: '请上传肝胆期图像。' }],
      ['provide-material'],
    ),
    sample('time-proposed', 'p-shi-lei', PLACENTA, [...walk(mother, 'dispatch'), proposal(mother)], ['agree-time']),
    sample(
      'time-countered',
      'p-feng-yao',
      KAWASAKI,
      [
        ...walk(child, 'dispatch'),
        proposal(child),
        {
          by: 'p-feng-yao',
          does: 'agree-time',
          outcome: 'counter',
          answers: { 'timeAnswer.times': [on(1, '16:30'), on(2, '09:00')], 'timeAnswer.remark': '当日下午有手术。' },
        },
      ],
      ['confirm'],
    ),
    sample(
      'reassigned',
      'p-huang-ke',
      HIP,
      [
        approval('p-huang-ke'),
        { by: 'p-xu-lei', does: 'dispatch', outcome: 'dispatch' },
        { by: 'p-ren-jie', does: 'confirm', outcome: 'decline', reasonCode: 'no-capacity', reason: '本周手术已排满。' },
        {
          by: 'p-pan-lu',
          does: 'dispatch',
          outcome: 'override',
          reason: '合并多种内科疾病，改由综合疑难组牵头。',
          answers: { 'dispatch.team': 'team-general', 'dispatch.priority': 'high' },
        },
      ],
      ['confirm'],
    ),
    sample('to-publish-mdt', 'p-long-mei', GASTRIC_CANCER, walk(tumour, 'confirm'), ['notify']),
    sample('to-publish', 'p-zhao-heng', FIBRILLATION, walk(heart, 'confirm'), ['notify']),
    sample('to-prepare', 'p-wu-tong', { ...PNEUMONIA, patient: 'lung-nodule' }, walk(lungs, 'notify'), ['prepare']),
    sample(
      'to-prepare-with-issue',
      'p-zhou-yan',
      imaging('fever-unknown', 'chest', 'ct'),
      [
        ...walk(county, 'notify'),
        { by: 'p-zhou-yan', sends: 'raise-issue', reasonCode: 'equipment', reason: '影像上传多次中断，请协助检查专线。' },
      ],
      ['prepare', 'resolve-issue'],
    ),
    sample(
      'ready',
      'p-yang-fan',
      { ...FIBRILLATION, patient: 'atrial-fibrillation' },
      walk({ ...heart, applicant: 'p-yang-fan' }, 'prepare'),
      ['begin'],
    ),
    sample(
      'ready-on-the-phone',
      'p-dai-yu',
      { ...FOOT, network: 'low' },
      walk({ ...general, form: 'phone', room: 'room-phone' }, 'prepare'),
      ['begin'],
    ),
    sample(
      'absent',
      'p-wen-jing',
      FEVER,
      [
        ...walk({ ...general, applicant: 'p-wen-jing', lead: 'p-zhang-wei' }, 'prepare'),
        { by: 'p-shao-hua', does: 'begin', outcome: 'no-show', reasonCode: 'patient-absent', reason: '患者未到，联系不上家属。' },
      ],
      ['settle-absence'],
    ),
  ];
}

function duringAndAfter(on: On): readonly SampleInstance[] {
  const bones = plan('p-huang-ke', 'p-ren-jie', on(0, '09:00'));
  const nerves = plan('p-cui-bin', 'p-fan-lin', on(0, '10:00'));
  const team = ['p-cao-ying', 'p-shen-yi', 'p-meng-xue'];
  const mdt = plan('p-chen-xi', 'p-cao-ying', on(0, '08:30'), { experts: team, chair: 'p-cao-ying', room: 'room-5g-1' });
  const reading = plan('p-sun-qi', 'p-bai-xue', on(0, '08:00'), { form: 'asynchronous', room: 'room-5g-2', reads: true });
  const rescue = plan('p-liu-fei', 'p-peng-tao', on(0, '07:30'), { form: 'phone' });
  const infarction = plan('p-yang-fan', 'p-luo-qing', on(-1, '20:10'), { form: 'phone' });
  const heart = plan('p-zhao-heng', 'p-jiang-bo', on(-1, '15:00'));
  const mother = plan('p-tian-tian', 'p-xie-lan', on(-1, '10:00'));
  const child = plan('p-feng-yao', 'p-qiao-yun', on(-1, '09:00'));
  const lungs = plan('p-wu-tong', 'p-yu-han', on(-2, '10:00'));
  const women = plan('p-shi-lei', 'p-xie-lan', on(-2, '14:00'));
  return [
    sample('in-session', 'p-huang-ke', SPINE, walk(bones, 'begin'), ['execute']),
    sample(
      'interrupted',
      'p-cui-bin',
      STROKE_LATE,
      [...walk(nerves, 'begin'), { by: 'p-fan-lin', does: 'execute', outcome: 'interrupted', reason: '申请方网络中断。' }],
      ['after-interruption'],
    ),
    sample(
      'second-round',
      'p-wu-tong',
      FEVER_RESPIRATORY,
      [
        ...walk({ ...lungs, startsAt: on(-1, '16:00') }, 'begin'),
        { by: 'p-yu-han', does: 'execute', outcome: 'second-round', reason: '待支气管镜病理结果后再次讨论。' },
      ],
      ['confirm'],
    ),
    sample(
      'experts-signing',
      'p-chen-xi',
      { ...GASTRIC_CANCER, patient: 'liver-lesion' },
      [...walk(mdt, 'execute'), expertOpinionAct('p-shen-yi')],
      ['expert-opinion', 'expert-opinion'],
    ),
    sample(
      'chair-concluding',
      'p-long-mei',
      { ...GASTRIC_CANCER, patient: 'lymphoma' },
      [...walk({ ...mdt, applicant: 'p-long-mei' }, 'execute'), ...team.map(expertOpinionAct)],
      ['joint-conclusion'],
    ),
    sample(
      'opinion-to-sign',
      'p-sun-qi',
      { ...HEART_FAILURE, patient: 'lung-nodule', specialty: 'respiratory' },
      [
        ...walk(reading, 'review'),
        { by: 'p-xu-lei', does: 'dispatch', outcome: 'override', reason: '以影像评估为主', answers: { 'dispatch.team': 'team-imaging' } },
        ...walk(reading, 'execute', { from: 'dispatch' }),
      ],
      ['opinion'],
    ),
    sample('report-to-issue', 'p-sun-qi', imaging('lung-nodule', 'chest', 'ct'), walk(reading, 'execute'), ['report']),
    sample(
      'critical-value',
      'p-sun-qi',
      imaging('heart-failure', 'chest', 'ct'),
      [
        ...walk(reading, 'execute'),
        reportAct(
          { ...reading, opinion: '双侧肺动脉主干及分支充盈缺损，考虑急性肺动脉栓塞。' },
          { 'report.critical': true, 'report.criticalValue.finding': 'pulmonary-embolism', 'report.criticalValue.side': 'both' },
        ),
      ],
      ['acknowledge', 'evaluate-applicant', 'evaluate-executor'],
    ),
    sample(
      'emergency-to-review',
      'p-liu-fei',
      { ...ARDS, urgency: 'emergency' },
      [...walk(rescue, 'confirm', { from: 'dispatch' }), ...walk(rescue, 'opinion', { from: 'notify' })],
      ['review-afterwards'],
    ),
    sample(
      'emergency-to-control',
      'p-yang-fan',
      { ...INFARCTION, urgency: 'emergency' },
      [
        ...walk(infarction, 'confirm', { from: 'dispatch' }),
        ...walk(infarction, 'opinion', { from: 'notify' }),
        { by: 'p-lin-yue', does: 'review-afterwards', outcome: 'endorse', answers: reviewAnswers() },
        ...walk(infarction, 'evaluate-applicant', { from: 'opinion' }),
      ],
      ['quality'],
    ),
    sample('to-evaluate', 'p-zhao-heng', HEART_FAILURE, walk(heart, 'opinion'), ['evaluate-applicant', 'evaluate-executor']),
    sample('applicant-to-evaluate', 'p-tian-tian', PREECLAMPSIA, walk(mother, 'evaluate-executor'), ['evaluate-applicant']),
    sample(
      'problem-to-settle',
      'p-feng-yao',
      { ...KAWASAKI, patient: 'newborn-jaundice' },
      [
        ...walk(child, 'evaluate-executor'),
        {
          by: 'p-feng-yao',
          does: 'evaluate-applicant',
          outcome: 'submit',
          answers: applicantEvaluation('书面意见晚于约定时间，且未写明随访安排。'),
        },
      ],
      ['settle-problem'],
    ),
    sample('to-control', 'p-wu-tong', PNEUMONIA_SECOND, walk(lungs, 'evaluate-applicant'), ['quality']),
    sample(
      'correction-owed',
      'p-shi-lei',
      { ...PREECLAMPSIA, patient: 'placenta-previa' },
      [
        ...walk(women, 'evaluate-applicant'),
        {
          by: 'p-tang-min',
          does: 'quality',
          outcome: 'corrective',
          reason: '会诊意见未写明复查时间。',
          answers: {
            ...qualityAnswers(),
            'quality.opinion': '2',
            'quality.verdict': 'improve',
            'quality.responsible': 'team',
            'quality.correctiveActions': [{ what: '补充复查时间并重新签署', who: 'p-xie-lan' }],
          },
        },
      ],
      ['corrective-action'],
    ),
  ];
}

function ended(on: On): readonly SampleInstance[] {
  const lungs = plan('p-wu-tong', 'p-dong-liang', on(-3, '10:00'));
  const reading = plan('p-sun-qi', 'p-qin-fang', on(-3, '11:00'), { form: 'asynchronous', room: 'room-5g-1', reads: true });
  const slides = plan('p-long-mei', 'p-song-lei', on(-3, '14:00'), {
    form: 'asynchronous',
    room: 'room-workstation-1',
    reads: true,
  });
  const mdt = plan('p-chen-xi', 'p-cao-ying', on(-2, '15:00'), { experts: ['p-cao-ying', 'p-ding-kai', 'p-lu-ming'], chair: 'p-cao-ying' });
  const heart = plan('p-yang-fan', 'p-shen-yi', on(-2, '09:00'));
  return [
    sample('closed-difficult', 'p-wu-tong', PNEUMONIA_SECOND, walk(lungs, 'quality'), { result: 'closed' }),
    sample('closed-imaging', 'p-sun-qi', imaging('stroke', 'head', 'ct'), walk(reading, 'quality'), { result: 'closed' }),
    sample('closed-pathology', 'p-long-mei', pathology('lymphoma', 'lymph-node'), walk(slides, 'quality'), { result: 'closed' }),
    sample('closed-mdt', 'p-chen-xi', GASTRIC_CANCER, walk(mdt, 'quality'), { result: 'closed' }),
    sample(
      'open-issue-after-the-loop',
      'p-yang-fan',
      HEART_FAILURE,
      [
        ...walk(heart, 'opinion'),
        { by: 'p-yang-fan', sends: 'raise-issue', reasonCode: 'delay', reason: '通知发布较晚，患者等待过久。' },
        ...walk(heart, 'quality', { from: 'opinion' }),
      ],
      ['resolve-issue'],
    ),
    sample(
      'rejected',
      'p-wen-jing',
      FOOT,
      [
        {
          by: 'p-he-jing',
          does: 'review',
          outcome: 'reject',
          reasonCode: 'other-service',
          reason: '患者需血管介入治疗，建议直接走双向转诊。',
        },
      ],
      { result: 'rejected' },
    ),
    sample(
      'withdrawn',
      'p-huang-ke',
      HIP,
      [approval('p-huang-ke'), { by: 'p-huang-ke', sends: 'withdraw', reasonCode: 'transferred', reason: '患者家属要求转院。' }],
      { result: 'withdrawn' },
    ),
    sample(
      'aborted',
      'p-wen-jing',
      FEVER,
      [
        ...walk(plan('p-wen-jing', 'p-hao-yu', on(-1, '08:30')), 'prepare'),
        { by: 'p-hao-yu', does: 'begin', outcome: 'no-show', reasonCode: 'applicant-absent' },
        { by: 'p-pan-lu', does: 'settle-absence', outcome: 'end', reason: '申请方确认患者已出院。' },
      ],
      { result: 'aborted' },
    ),
  ];
}

const PNEUMONIA: Application = difficult('pneumonia-slow', 'respiratory', '抗感染治疗效果不佳，病原不明', '下一步病原学检查与抗菌方案？');
const PNEUMONIA_SECOND: Application = difficult('pneumonia-slow', 'respiratory', '空洞病灶吸收缓慢', '是否需要支气管镜或外科干预？');
const ANAEMIA: Application = difficult('anaemia-unclear', 'general', '重度贫血原因不明', '是否需要转上级医院进一步检查？');
const EPILEPSY: Application = difficult('epilepsy', 'neurology', '药物难治性癫痫', '是否有手术评估指征？');
const WEAKNESS: Application = difficult('unclear-weakness', 'neurology', '诊断不明，治疗反应差', '诊断考虑及免疫治疗方案？');
const STROKE_LATE: Application = difficult('stroke', 'neurology', '卒中后二级预防方案', '抗栓方案与血压目标？');
const PREECLAMPSIA: Application = difficult('preeclampsia', 'obstetrics', '重度子痫前期，终止妊娠时机难定', '终止妊娠时机与转运条件？');
const PLACENTA: Application = difficult('placenta-previa', 'obstetrics', '可疑胎盘植入', '分娩方式与用血准备？');
const KAWASAKI: Application = difficult('child-fever', 'paediatrics', '冠状动脉受累', '丙种球蛋白无反应时的下一步？');
const HEART_FAILURE: Application = difficult('heart-failure', 'cardiology', '心力衰竭病因不明', '病因与器械治疗指征？');
const INFARCTION: Application = difficult('chest-pain', 'cardiology', '急性前壁心肌梗死，本院无介入条件', '溶栓还是立即转运？');
const FIBRILLATION: Application = difficult('atrial-fibrillation', 'cardiology', '药物控制不佳', '是否适合导管消融？');
const HIP: Application = difficult('hip-fracture', 'orthopaedics', '高龄合并症多，手术风险高', '手术时机与围术期抗凝？');
const SPINE: Application = difficult('spine-infection', 'orthopaedics', '椎间隙感染伴脓肿', '手术指征与抗菌疗程？');
const FEVER: Application = difficult('fever-unknown', 'general', '发热原因不明', '下一步检查重点？');
const FEVER_RESPIRATORY: Application = difficult('fever-unknown', 'infectious', '发热六周原因不明', '成人 Still 病与淋巴瘤如何鉴别？');
const FOOT: Application = difficult('diabetic-foot', 'general', '足部坏疽进展', '保肢治疗方案？');
const SEPSIS: Application = difficult('sepsis', 'critical-care', '休克难以纠正', '液体与血管活性药物如何调整？');
const ARDS: Application = difficult('ards', 'critical-care', '重度呼吸衰竭', '是否需要俯卧位或体外膜肺？');
const GASTRIC_CANCER: Application = {
  patient: 'gastric-cancer',
  subkind: 'mdt',
  specialty: 'oncology',
  reason: '晚期肿瘤，需多学科制定方案',
  question: '新辅助治疗还是直接手术？',
  more: {
    'mdt.departments': [departmentId('org-lead', 'oncology'), departmentId('org-lead', 'surgery'), departmentId('org-lead', 'imaging')],
    'mdt.presenter': 'p-long-mei',
    'mdt.discussionPoints': ['可切除性评估', '新辅助方案选择'],
  },
};

function difficult(patient: PatientId, specialty: Specialty, reason: string, question: string): Application {
  return {
    patient,
    subkind: 'difficult',
    specialty,
    reason,
    question,
    more: {
      'difficult.difficulty': reason,
      'difficult.measuresTried': '已按指南完善常规检查并予经验性治疗，效果不理想。',
      'difficult.daysInHospital': 7,
      'difficult.addToLibrary': true,
    },
  };
}

function imaging(patient: PatientId, bodyPart: string, modality: string): Application {
  return {
    patient,
    subkind: 'imaging',
    specialty: 'general',
    reason: '本院影像诊断意见不一致',
    question: '病灶性质与随访建议？',
    more: {
      'imaging.modality': modality,
      'imaging.bodyPart': bodyPart,
      'imaging.keyQuestion': '良恶性判断及下一步检查建议？',
      'imaging.studies': [{ accession: `IMG-${patient.toUpperCase().slice(0, 8)}-01`, date: '2026-11-18' }],
      'imaging.localReport': '病灶边界欠清，增强扫描不均匀强化，性质待定。',
    },
  };
}

function pathology(patient: PatientId, site: string): Application {
  return {
    patient,
    subkind: 'pathology',
    specialty: 'oncology',
    reason: '形态不典型，本院难以定性',
    question: '病理诊断与分型？',
    more: {
      'pathology.specimen': 'biopsy',
      'pathology.site': site,
      'pathology.slides': [{ identifier: `S26-${patient.length}107-A` }, { identifier: `S26-${patient.length}107-B` }],
      'pathology.blockCount': 3,
      'pathology.stains': [{ stain: 'Ki-67', result: '约 40%' }],
    },
  };
}

function sample(id: string, by: string, application: Application, acts: readonly Act[], stands: SampleInstance['stands']): SampleInstance {
  return { id, service: 'consult', by, application: applicationAnswers(by, application), acts, stands };
}

function applicationAnswers(by: string, { patient, subkind, specialty, urgency, reason, question, network, more }: Application): Answers {
  const applicant = personOf(by);
  return {
    'consult.subkind': subkind,
    'consult.urgency': urgency ?? 'routine',
    'consult.specialty': specialty,
    'consult.reason': reason,
    'consult.purpose': subkind === 'mdt' ? ['treatment', 'surgery'] : ['diagnosis', 'treatment'],
    'consult.questions': [question],
    'applicant.department': applicant.departmentId ?? departmentId('org-lead', 'general'),
    'applicant.phone': applicant.phone,
    'applicant.person': by,
    'applicant.organisation': applicant.organisationId,
    ...PATIENTS[patient].answers,
    'wishes.network': network ?? 'normal',
    'consent.given': true,
    ...more,
  };
}

function plan(applicant: string, lead: string, startsAt: string, more: Partial<Plan> = {}): Plan {
  return { applicant, lead, startsAt, content: '讨论诊断与治疗方案，回答申请方提出的问题。', ...more };
}

const approval = (applicant: string): Act => firstOf(walk(plan(applicant, applicant, '2026-01-01T00:00:00+08:00'), 'review'));

/** The team proposes a time instead of accepting one: the same answers, another outcome. */
function proposal(of: Plan): Act {
  const act = firstOf(walk(of, 'confirm', { from: 'dispatch' }));
  return 'does' in act ? { ...act, outcome: 'propose-time' } : act;
}

function firstOf(acts: readonly Act[]): Act {
  const [first] = acts;
  if (!first) throw new Error('The way has no such link.');
  return first;
}
