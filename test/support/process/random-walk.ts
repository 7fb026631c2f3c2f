/** Lets an instance go on at random: whatever is open is answered somehow, until nothing is or it has ended. */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import type { JsonObject } from '#core/json.ts';
import type { CommandBody } from '#core/process/command.ts';
import { effects } from '#core/process/effects.ts';
import type { ProcessState } from '#core/process/state.ts';
import { Instance } from './an-instance.ts';

export type WalkEnd = 'ended' | 'stuck' | 'incident' | 'still going';

const STEPS_MAX = 300;

export function walk(graph: ProcessGraph, variables: JsonObject, picks: readonly number[]): WalkEnd {
  const instance = new Instance(graph).start(variables);
  for (let step = 0; step < STEPS_MAX; step += 1) {
    if (instance.state.status !== 'active') return 'ended';
    if (Object.keys(instance.state.incidents).length > 0) return 'incident';
    const open = openIn(graph, instance.state);
    const next = open[(picks[step % Math.max(picks.length, 1)] ?? 0) % Math.max(open.length, 1)];
    if (!next) return 'stuck';
    instance.later(1_000).do(next);
  }
  return 'still going';
}

function openIn(graph: ProcessGraph, state: ProcessState): readonly CommandBody[] {
  const answers = effects(graph, state).map(({ kind, id: effectId }): CommandBody => {
    if (kind === 'timer') return { type: 'timer.fire', effectId };
    return kind === 'job' ? { type: 'job.complete', effectId, variables: {} } : { type: 'child.complete', effectId, variables: {} };
  });
  const news = Object.values(state.subscriptions).flatMap(({ kind, name, actionCode }): readonly CommandBody[] =>
    kind === 'message' && actionCode === undefined ? [{ type: 'message.deliver', messageName: name, variables: {} }] : [],
  );
  return [
    ...Object.values(state.tasks).map(({ taskId }): CommandBody => ({ type: 'task.complete', taskId, facts: {} })),
    ...answers,
    ...news,
  ];
}
