/** G-QC: the whole loop judged, and what is to be done better. */
import { choice, date, group, long, reference, score, table, text, truth } from './field-kinds.ts';

const verdict = { system: 'quality-verdict', options: { pass: '合格 | Pass', improve: '需改进 | Improve', fail: '不合格 | Fail' } };

export const QUALITY_CONTROL = group('quality', '全程质控 | Quality control', [
  score('completeness', '完整 | Completeness', { required: true }),
  score('timeliness', '及时 | Timeliness', { required: true }),
  score('compliance', '合规 | Compliance', { required: true }),
  score('opinionQuality', '意见质量 | Quality of the opinion', { required: true }),
  long('findings', '发现的问题 | Findings'),
  table('correctiveAction', '整改事项 | Corrective actions', [
    text('what', '事项 | What', { maxLength: 500 }),
    reference('who', '责任人 | Who', 'person'),
    date('due', '期限 | Due'),
    truth('done', '完成 | Done'),
  ]),
  choice('verdict', '结论 | Verdict', verdict, { required: true, fact: 'verdict' }),
]);
