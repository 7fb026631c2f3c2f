/** Which of the explored states can still come to an end, and which cannot. */
import type { Exploration, Node } from './explore.ts';

export interface Completion {
  readonly canComplete: (index: number) => boolean;
  /** States from which no end can be reached and in which nothing can happen any more, the nearest first. */
  readonly dead: readonly number[];
  /** Circles that no way leads out of: their states, the nearest first. */
  readonly circles: readonly (readonly number[])[];
}

export function completionOf({ nodes }: Exploration): Completion {
  const before = predecessorsOf(nodes);
  const after = (index: number): readonly number[] => nodes[index]?.edges.map(({ to }) => to) ?? [];
  // What was not looked at may well come to an end, and an incident is an operator's to mend.
  const goals = nodes.flatMap(({ stop }, index) => (stop === null ? [] : [index]));
  const completing = closure(goals, before);
  const stuck = nodes.flatMap((_, index) => (completing.has(index) ? [] : [index]));
  const dead = stuck.filter((index) => nodes[index]?.edges.length === 0);
  const ending = closure(dead, before);
  const circles: (readonly number[])[] = [];
  const told = new Set<number>();
  for (const index of stuck) {
    if (ending.has(index) || told.has(index)) continue;
    const circle = [...closure([index], after)];
    const isTold = circle.some((at) => told.has(at));
    for (const at of circle) told.add(at);
    if (!isTold) circles.push(circle.filter((at) => closure(after(at), after).has(at)).sort((a, b) => a - b));
  }
  return { canComplete: (index) => completing.has(index), dead, circles };
}

function predecessorsOf(nodes: readonly Node[]): (index: number) => readonly number[] {
  const before = new Map<number, number[]>();
  for (const [index, { edges }] of nodes.entries()) {
    for (const { to } of edges) {
      const known = before.get(to);
      if (known) known.push(index);
      else before.set(to, [index]);
    }
  }
  return (index) => before.get(index) ?? [];
}

function closure(from: readonly number[], next: (index: number) => readonly number[]): ReadonlySet<number> {
  const reached = new Set(from);
  const open = [...from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const index of next(at)) {
      if (reached.has(index)) continue;
      reached.add(index);
      open.push(index);
    }
  }
  return reached;
}
