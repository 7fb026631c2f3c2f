/** Which variables a diagram makes of which others: by mappings and scripts. What a decision or a job answers is its own. */
import { readsOf } from '#core/feel/reads.ts';
import type { ProcessGraph } from './graph.ts';

interface MadeVariable {
  readonly target: string;
  readonly reads: readonly string[];
}

/** Graphs are immutable. */
const known = new WeakMap<ProcessGraph, readonly MadeVariable[]>();

/** `named`, and under the same value what is made of them; of several the first. */
export function withMade<T>(named: ReadonlyMap<string, T>, graph: ProcessGraph): ReadonlyMap<string, T> {
  const found = new Map(named);
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const { target, reads } of madeVariables(graph)) {
      const source = reads.find((name) => found.has(name));
      const value = source === undefined ? undefined : found.get(source);
      if (value !== undefined && !found.has(target)) found.set(target, value);
    }
  }
  return found;
}

function madeVariables(graph: ProcessGraph): readonly MadeVariable[] {
  const found = known.get(graph);
  if (found) return found;
  const made = Object.values(graph.elements).flatMap((element): readonly MadeVariable[] => {
    const mappings = [...element.inputs, ...element.outputs].map(({ source, target }) => madeOf(source, target));
    const script = 'work' in element && element.work.kind === 'script' ? element.work : null;
    return script ? [...mappings, madeOf(script.expression, script.resultVariable)] : mappings;
  });
  known.set(graph, made);
  return made;
}

const madeOf = (source: string, target: string): MadeVariable => ({
  target: target.split('.')[0] ?? target,
  reads: readsOf(source).flatMap(({ path }) => path[0] ?? []),
});
