/** G-PAT: whom it is about. A patient is named by the number of the master index, as no register of patients is ours. */
import { address, choice, code, date, group, identityNumber, long, phone, reference, table, text, truth } from './field-kinds.ts';

const SEX = { system: 'sex', options: { male: '男 | Male', female: '女 | Female', unknown: '未知 | Unknown' } };

const insurance = {
  system: 'insurance',
  options: {
    employee: '城镇职工医保 | Employee insurance',
    resident: '城乡居民医保 | Resident insurance',
    commercial: '商业保险 | Commercial',
    self: '自费 | Self-paid',
    other: '其他 | Other',
  },
};

const FEMALE = { system: 'https://bihuan.dev/fhir/CodeSystem/sex', code: 'female' };

/** A minor has a guardian. */
const IS_MINOR = "%resource.descendants().where(linkId = 'patient.birthDate').answer.value > today() - 18 years";

export const PATIENT = group('patient', '患者 | Patient', [
  code('patient', '患者主索引号 | Master patient index', { required: true, maxLength: 50 }),
  text('name', '姓名 | Name', { required: true, maxLength: 50 }),
  choice('sex', '性别 | Sex', SEX, { required: true }),
  date('birthDate', '出生日期 | Birth date', { required: true, maxValueExpression: 'today()' }),
  identityNumber('identityNumber', '身份证号 | Identity number'),
  phone('phone', '联系电话 | Phone', { required: true }),
  text('guardian', '监护人 | Guardian', { maxLength: 50, enableWhenExpression: IS_MINOR }),
  choice('insurance', '医保类型 | Insurance', insurance),
  table('recordNumbers', '病案号 | Record numbers', [
    reference('organisation', '医院 | Hospital', 'organisation'),
    text('number', '号码 | Number', { maxLength: 40 }),
  ]),
  long('allergies', '过敏史 | Allergies', { required: true, maxLength: 500 }),
  truth('pregnant', '妊娠 | Pregnant', { enableWhen: [{ question: 'patient.sex', operator: '=', answerCoding: FEMALE }] }),
  address('address', '住址 | Address'),
]);
