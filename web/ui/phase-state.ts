import { PHASES, type Phase } from '#core/bpmn/graph.ts';

/** How far an instance has come on its loop. */
export interface LoopProgress {
  readonly phases: Readonly<Partial<Record<Phase, string>>>;
  readonly current: readonly Phase[];
  readonly hasEnded: boolean;
}

export type LinkState = 'done' | 'current' | 'returned' | 'ahead';

/**
 * A link is returned when the work stands again at one before it that was entered earlier. A link that was entered later, such as a
 * review after the fact, sends nothing back.
 */
export function stateOf(phase: Phase, { phases, current, hasEnded }: LoopProgress): LinkState {
  if (current.includes(phase)) return 'current';
  const entered = phases[phase];
  if (entered === undefined) return 'ahead';
  const isReturned = current.some((each) => PHASES.indexOf(each) < PHASES.indexOf(phase) && (phases[each] ?? '') < entered);
  return isReturned && !hasEnded ? 'returned' : 'done';
}
