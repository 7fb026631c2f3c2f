/** Ways to explored states, as they can really be gone: nothing is returned to a step that was not done before. */
import type { ProcessState } from '../state.ts';
import { actsIn, retreatsIn } from './acts.ts';
import { applyMove, type Stepped } from './apply-move.ts';
import { choicesIn } from './choices.ts';
import type { Exploring, Node } from './explore.ts';
import type { Move } from './move.ts';
import { UNKNOWN } from './values.ts';

export interface WayStep {
  readonly state: ProcessState;
  readonly move: Move;
  /** Variables that became unknown in the step. */
  readonly wrote: readonly string[];
}

export interface Way {
  readonly steps: readonly WayStep[];
  /** False where it could not be gone again from its start. */
  readonly isCertain: boolean;
}

/** The way by which the state was found. Where it goes back it is gone once more, as not everything is remembered from which it did. */
export function wayTo(exploring: Exploring, nodes: readonly Node[], index: number): Way {
  const steps = chainTo(nodes, index);
  const back = steps.findIndex(({ move }) => move.kind === 'return' || move.kind === 'cancel');
  if (back < 0) return { steps, isCertain: true };
  const before = movesBefore(nodes, steps, back);
  const gone = before && go(exploring, [...before, ...steps.slice(back).map(({ move }) => move)]);
  return gone ? { steps: gone, isCertain: true } : { steps, isCertain: false };
}

/** The way may have passed by the step to which is returned, and another one not. */
function movesBefore(nodes: readonly Node[], steps: readonly Node[], back: number): readonly Move[] | null {
  const before = steps.slice(0, back).map(({ move }) => move);
  const { move, parent } = steps[back] ?? {};
  if (move?.kind !== 'return' || typeof parent !== 'number') return before;
  const { toElementId } = move;
  return before.some((each) => isDoing(each, toElementId)) ? before : movesDoing(nodes, { stepId: toElementId, until: parent });
}

function chainTo(nodes: readonly Node[], index: number): readonly Node[] {
  const chain: Node[] = [];
  for (let at: number | null = index; at !== null; ) {
    const node: Node | undefined = nodes[at];
    if (!node) break;
    chain.unshift(node);
    at = node.parent;
  }
  return chain;
}

const isDoing = (move: Move, elementId: string): boolean => move.kind === 'task' && move.elementId === elementId;

interface Reached {
  readonly index: number;
  readonly isDone: boolean;
  readonly move: Move;
  readonly before: Reached | null;
}

/** The moves of a shortest way to a state on which a person does the step; null where there is none. */
function movesDoing(
  nodes: readonly Node[],
  { stepId, until }: { readonly stepId: string; readonly until: number },
): readonly Move[] | null {
  const open: Reached[] = [...nodes.entries()]
    .filter(([, { parent }]) => parent === null)
    .map(([index, { move }]) => ({ index, isDone: false, move, before: null }));
  const seen = new Set<string>();
  for (const reached of open) {
    const { index, isDone } = reached;
    if (isDone && index === until) return movesOf(reached);
    for (const { move, to } of nodes[index]?.edges ?? []) {
      const next: Reached = { index: to, isDone: isDone || isDoing(move, stepId), move, before: reached };
      const place = `${to} ${next.isDone}`;
      if (seen.has(place)) continue;
      seen.add(place);
      open.push(next);
    }
  }
  return null;
}

function movesOf(reached: Reached): readonly Move[] {
  const moves: Move[] = [];
  for (let at: Reached | null = reached; at; at = at.before) moves.unshift(at.move);
  return moves;
}

/** Makes the same moves from the start; keys and ids may be others on another way. */
function go(exploring: Exploring, moves: readonly Move[]): readonly WayStep[] | null {
  const { running, acting, choosing } = exploring;
  const steps: WayStep[] = [];
  let state: ProcessState | null = null;
  for (const move of moves) {
    const open: readonly Move[] = state ? (choicesIn(choosing, state) ?? [...actsIn(acting, state), ...retreatsIn(acting, state)]) : [move];
    const same = open.find((other) => wordsOf(other) === wordsOf(move));
    const stepped: Stepped | null = same ? applyMove(running, state, same) : null;
    if (!same || !stepped) return null;
    state = stepped.state;
    steps.push({ state, move: same, wrote: writtenBy(stepped) });
  }
  return steps;
}

/** What is another one on another way: ids, and whether a value was known already or came to be by being asked for. */
const IDS = new Set(['taskId', 'effectId', 'key', 'scopeKey', 'incidentId', 'known']);

const wordsOf = (move: Move): string => JSON.stringify(Object.entries(move).filter(([name]) => !IDS.has(name)));

export function writtenBy({ events }: Stepped): readonly string[] {
  return events.flatMap((event) =>
    event.type === 'variables.set'
      ? Object.entries(event.values)
          .filter(([, value]) => value === UNKNOWN || typeof value === 'object')
          .map(([name]) => name)
      : [],
  );
}
