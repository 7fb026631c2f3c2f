/** What the durable shell cannot carry out as it is drawn is refused at deployment: a flow that never starts would be worse than none. */
import type { Finding } from '#core/bpmn/finding.ts';
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { instanceStartsOf } from '#core/process/life.ts';
import { scheduleOf } from './schedule-spec.ts';

export const notCarried = (graph: ProcessGraph): readonly Finding[] =>
  Object.keys(graph.processes)
    .flatMap((processId) => instanceStartsOf(graph, processId))
    .flatMap(({ elementId, event }): readonly Finding[] => {
      if (event.kind !== 'timer' || scheduleOf(event.timer, CHECKED) !== null) return [];
      return [
        {
          elementId,
          rule: 'timer-start',
          severity: 'error',
          message:
            'No schedule can be made of this timer. Give a date, a duration, a cycle (R/P1D, R/2026-01-01T08:00:00+08:00/P1M) or cron, in elapsed time and without variables.',
          messageZh:
            '该定时器无法转换为计划。请填写日期、时长、循环（R/P1D、R/2026-01-01T08:00:00+08:00/P1M）或 cron，使用自然时间且不含变量。',
        },
      ];
    });

/** Any moment does: whether there is a schedule does not depend on it. */
const CHECKED = { since: '2026-01-01T00:00:00.000Z', zone: 'Asia/Shanghai' };
