/** G-CLIN: what is known of the illness. */
import { choice, code, date, dateTime, decimal, group, long, reference, table, text, truth } from './field-kinds.ts';

const vital = {
  system: 'vital-sign',
  options: {
    temperature: '体温 | Temperature',
    pulse: '脉搏 | Pulse',
    respiration: '呼吸 | Respiration',
    systolic: '收缩压 | Systolic pressure',
    diastolic: '舒张压 | Diastolic pressure',
    spo2: '血氧饱和度 | SpO₂',
  },
};

const flag = {
  system: 'result-flag',
  options: { normal: '正常 | Normal', high: '偏高 | High', low: '偏低 | Low', critical: '危急 | Critical' },
};

export const CLINICAL = group('clinical', '病情摘要 | Clinical summary', [
  text('chiefComplaint', '主诉 | Chief complaint', { required: true, maxLength: 300 }),
  long('historyPresent', '现病史 | History of the present illness', { required: true }),
  long('historyPast', '既往史 | Past history'),
  long('examination', '体格检查 | Examination findings'),
  table('vitals', '生命体征 | Vital signs', [
    choice('kind', '项目 | Kind', vital),
    decimal('value', '数值 | Value'),
    text('unit', '单位 | Unit', { maxLength: 20 }),
    dateTime('time', '时间 | Time'),
  ]),
  table(
    'diagnoses',
    '目前诊断 | Diagnoses',
    [code('code', 'ICD 编码 | ICD code'), truth('main', '主要诊断 | Main diagnosis'), date('date', '诊断日期 | Date')],
    { required: true },
  ),
  long('treatment', '已行治疗 | Treatment so far'),
  table('orders', '当前医嘱 | Current orders', [
    code('code', '医嘱 | Order', { maxLength: 200 }),
    text('dose', '剂量 | Dose', { maxLength: 50 }),
    text('route', '途径 | Route', { maxLength: 50 }),
    date('since', '开始日期 | Since'),
  ]),
  table('results', '检查检验结果 | Results', [
    code('code', '项目 | Item', { maxLength: 200 }),
    text('value', '结果 | Value'),
    text('unit', '单位 | Unit', { maxLength: 20 }),
    text('range', '参考范围 | Range', { maxLength: 50 }),
    choice('flag', '标志 | Flag', flag),
    date('date', '日期 | Date'),
    reference('organisation', '机构 | Organisation', 'organisation'),
  ]),
]);
