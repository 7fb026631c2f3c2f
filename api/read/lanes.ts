/** In which of the instances that are worked on side by side a submission was given. */
import { type Lane, lanesOf } from '#core/process/lanes.ts';
import type { OpenedStep } from './instance.ts';

/** By task; what started the instance belongs to no task. */
export type LaneOf = (taskId: string | null) => Lane;

export function laneOfTasks(steps: readonly OpenedStep[]): LaneOf {
  const lanes = lanesOf(steps.map(({ graph, opened: { events } }) => ({ graph, events })));
  return (taskId) => (taskId === null ? '' : (lanes.get(Number(taskId)) ?? ''));
}
