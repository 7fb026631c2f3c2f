/** G-APP: who applies, for whom, how urgently. */
import { choice, dateTime, group, long, phone, reference } from './field-kinds.ts';

const urgency = {
  system: 'urgency',
  options: { routine: '常规 | Routine', urgent: '加急 | Urgent', emergency: '紧急 | Emergency' },
};

export const APPLICANT = group('applicant', '申请人 | Applicant', [
  reference('applicant', '申请医师 | Applicant', 'person', { required: true }),
  reference('organisation', '申请医院 | Hospital', 'organisation', { required: true }),
  reference('department', '申请科室 | Department', 'department', { required: true }),
  phone('phone', '联系电话 | Phone', { required: true }),
  dateTime('applyTime', '申请时间 | Time of application', { required: true }),
  choice('urgency', '紧急程度 | Urgency', urgency, { required: true, fact: 'urgency' }),
  long('reason', '申请理由 | Reason', { required: true, maxLength: 1000 }),
]);
