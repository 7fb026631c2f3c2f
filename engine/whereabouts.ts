/** What a step changes in where its instance stands: a comparison of the states before and after it. */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { ProcessState } from '#core/process/state.ts';
import { type Whereabouts, whereaboutsOf } from '#core/process/whereabouts.ts';
import type { WhereaboutsChange } from '#db/whereabouts.ts';

export interface MovingStep {
  readonly graph: ProcessGraph;
  readonly before: ProcessState | null;
  readonly after: ProcessState;
  /** It led the instance to another version: elements may have other names, and every row names the version. */
  readonly isMigration: boolean;
}

/** Null where nothing moved: claims, comments, reminders. */
export function whereaboutsChange({ graph, before, after, isMigration }: MovingStep): WhereaboutsChange | null {
  const then = whereaboutsOf(graph, before);
  const now = whereaboutsOf(graph, after);
  const changed = now.filter((each) => isMigration || !then.some((other) => isSame(other, each)));
  const isLeft = isMigration || then.some(({ elementId }) => !now.some((each) => each.elementId === elementId));
  if (changed.length === 0 && !isLeft) return null;
  return {
    here: now.map(({ elementId }) => elementId),
    isLeft,
    changed: changed.map((each) => ({
      element_id: each.elementId,
      tokens: each.tokens,
      incidents: each.incidents,
      since_of: then.find((other) => sharesOccupant(other, each))?.elementId ?? null,
    })),
  };
}

const isSame = (other: Whereabouts, each: Whereabouts): boolean =>
  other.elementId === each.elementId && other.tokens === each.tokens && other.incidents === each.incidents && sharesOccupant(other, each);

/** While one of those that stand there stays, it has not been left. */
const sharesOccupant = (other: Whereabouts, each: Whereabouts): boolean => other.occupants.some((name) => each.occupants.includes(name));
