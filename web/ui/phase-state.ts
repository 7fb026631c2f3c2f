import type { PhaseView } from '#api/views.ts';

/** How far an instance has come on its loop. */
export interface LoopProgress {
  readonly loop: readonly PhaseView[];
  readonly hasEnded: boolean;
}

export type LinkState = 'done' | 'current' | 'returned' | 'ahead';

/**
 * A link is returned when the work stands again at one before it that was entered earlier. A link that was entered later, such as a
 * review after the fact, sends nothing back.
 */
export function stateOf(phase: PhaseView, { loop, hasEnded }: LoopProgress): LinkState {
  const { enteredAt } = phase;
  if (phase.isCurrent) return 'current';
  if (enteredAt === null) return 'ahead';
  const before = loop.slice(0, loop.indexOf(phase));
  const isReturned = before.some((each) => each.isCurrent && (each.enteredAt ?? '') < enteredAt);
  return isReturned && !hasEnded ? 'returned' : 'done';
}
