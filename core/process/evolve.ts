/** Folds a step into a state. Nothing but the events decides what becomes of it. */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { applyEvent } from './apply.ts';
import { draftOf } from './draft.ts';
import type { ProcessEvent } from './event.ts';
import type { ProcessState } from './state.ts';

export interface StepRecord {
  readonly seq: number;
  readonly at: string;
  readonly events: readonly ProcessEvent[];
}

export function evolve(graph: ProcessGraph, state: ProcessState | null, { seq, at, events }: StepRecord): ProcessState {
  const expected = (state?.seq ?? 0) + 1;
  if (seq !== expected) throw new Error(`Step ${seq} cannot follow step ${expected - 1}.`);
  const draft = draftOf(state);
  for (const event of events) applyEvent(draft, event, { graph, seq, at });
  draft.seq = seq;
  draft.at = at;
  return draft;
}
