/** G-PREP: what must be ready before. */
import { dateTime, group, long, reference, table, text, truth } from './field-kinds.ts';

export const PREPARATION = group('preparation', '会前准备 | Preparation', [
  table('checklist', '准备清单 | Checklist', [
    text('item', '事项 | Item'),
    truth('done', '完成 | Done'),
    reference('by', '负责人 | By', 'person'),
    dateTime('at', '时间 | At'),
  ]),
  truth('ready', '确认已备妥 | Ready', { required: true, fact: 'ready' }),
  long('problem', '存在的问题 | Problem'),
]);
