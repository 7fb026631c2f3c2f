/** G-OPN: what the experts say, signed. */
import { choice, code, group, long, signature, table } from './field-kinds.ts';

const disposition = {
  system: 'disposition',
  options: {
    stay: '留本院治疗 | Stay',
    'refer-up': '上转 | Refer up',
    'refer-down': '下转 | Refer down',
    surgery: '手术 | Surgery',
    'follow-up': '随访 | Follow-up',
    other: '其他 | Other',
  },
};

export const OPINION = group('opinion', '会诊意见 | Opinion', [
  long('opinion', '会诊意见 | Opinion', { required: true, maxLength: 8000 }),
  table('diagnosisAfter', '会诊后诊断 | Diagnoses after the consult', [code('code', 'ICD 编码 | ICD code')]),
  long('adviceExam', '检查建议 | Advice on examinations'),
  long('adviceTreatment', '治疗建议 | Advice on treatment'),
  choice('adviceDisposition', '去向建议 | Advice on disposition', disposition, { fact: 'disposition' }),
  signature('signature', '签名 | Signature', { required: true }),
]);
