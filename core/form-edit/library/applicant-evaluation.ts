/** G-APV: what it was worth to those who applied, and what is still to be settled. */
import { choice, group, long, recommendation, score, truth } from './field-kinds.ts';

const adopted = { system: 'adoption', options: { fully: '全部采纳 | Fully', partly: '部分采纳 | Partly', not: '未采纳 | Not' } };

export const APPLICANT_EVALUATION = group('applicantEvaluation', '申请方效果评价与反馈 | Evaluation by the applying side', [
  truth('solved', '问题已解决 | The problem is solved', { required: true, fact: 'solved' }),
  score('usefulness', '有用 | Usefulness', { required: true }),
  score('timeliness', '及时 | Timeliness', { required: true }),
  score('attitude', '态度 | Attitude', { required: true }),
  score('technicalQuality', '技术质量 | Technical quality', { required: true }),
  choice('opinionAdopted', '意见采纳 | Opinion adopted', adopted, { required: true, fact: 'adopted' }),
  long('patientOutcome', '患者转归 | Outcome of the patient'),
  recommendation('satisfaction', '推荐意愿（0–10） | Would recommend (0–10)'),
  long('suggestion', '建议 | Suggestion'),
  long('problemToSettle', '需要解决的问题 | Problem to be settled'),
]);
