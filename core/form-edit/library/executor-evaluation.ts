/** G-EXV: how those who executed it judge the application and the cooperation. */
import { group, long, score } from './field-kinds.ts';

export const EXECUTOR_EVALUATION = group('executorEvaluation', '执行方业务评价 | Evaluation by the executing side', [
  score('materialQuality', '资料质量 | Quality of the material', { required: true }),
  score('indicationFit', '指征符合 | Fit of the indication', { required: true }),
  score('cooperation', '配合程度 | Cooperation', { required: true }),
  score('technicalQuality', '技术质量 | Technical quality', { required: true }),
  long('remark', '备注 | Remark'),
]);
