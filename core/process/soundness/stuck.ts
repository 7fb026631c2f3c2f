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
  // What was not looked at may well come to an end, and an incident is an operator's to mend.
  const goals = nodes.flatMap(({ stop }, index) => (stop === null ? [] : [index]));
  const completing = closure(goals, before);
  const stuck = nodes.flatMap((_, index) => (completing.has(index) ? [] : [index]));
  const dead = stuck.filter((index) => nodes[index]?.next.length === 0);
  const ending = closure(dead, before);
  const circles: (readonly number[])[] = [];
  const told = new Set<number>();
  for (const index of stuck) {
    if (ending.has(index) || told.has(index)) continue;
    const circle = [...closure([index], (at) => nodes[at]?.next ?? [])];
    const isTold = circle.some((at) => told.has(at));
    for (const at of circle) told.add(at);
    if (!isTold)
      circles.push(circle.filter((at) => closure(nodes[at]?.next ?? [], (each) => nodes[each]?.next ?? []).has(at)).sort((a, b) => a - b));
  }
  return { canComplete: (index) => completing.has(index), dead, circles };
}

function predecessorsOf(nodes: readonly Node[]): (index: number) => readonly number[] {
  const before = new Map<number, number[]>();
  for (const [index, { next }] of nodes.entries()) {
    for (const target of next) {
      const known = before.get(target);
      if (known) known.push(index);
      else before.set(target, [index]);
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
