/** Retrying what failed, after an operator has mended the cause. */
import { closeScope } from './close.ts';
import { complete, leave } from './complete.ts';
import type { Rule } from './decide.ts';
import type { ElementKey } from './event.ts';
import { attempt } from './failure.ts';
import { reopenLoop, startInstances } from './multi-instance.ts';
import { open, workAgain } from './open.ts';
import { nextRound, reopenStandardLoop } from './standard-loop.ts';
import type { IncidentState } from './state.ts';
import { childrenOf, emit, instanceOf, type Step } from './step.ts';
import { together } from './throwing.ts';
import { propagate } from './variables.ts';
import { listeningInside } from './waits.ts';

const retry: Rule<'incident.retry'> = (step, { incidentId, variables, actor }) => {
  const incident = step.draft.incidents[incidentId];
  if (!incident) return { code: 'unknown-incident', data: { incidentId } };
  const { elementId, key } = incident;
  const by = actor.kind === 'person' ? actor.personId : undefined;
  emit(step, { type: 'incident.resolved', elementId, key, incidentId, ...(by === undefined ? {} : { by }) });
  if (variables) propagate(step, key, variables);
  doAgain(step, incident);
  return undefined;
};

function doAgain(step: Step, { key, stage }: IncidentState): void {
  switch (stage) {
    case 'open':
      openAgain(step, key);
      return;
    case 'work':
      attempt(step, key, 'work', () => workAgain(step, key));
      return;
    case 'listen':
      // An escalation or a repetition that failed is over; the operator has seen it.
      return;
    case 'complete':
      complete(step, key);
      return;
    case 'leave':
      if (instanceOf(step, key).rounds !== undefined) nextRound(step, key);
      else if (instanceOf(step, key).multiInstance) complete(step, key);
      else leave(step, key);
      return;
    case 'close':
      closeScope(step, key);
      return;
    case 'budget':
      resume(step);
      return;
  }
}

function openAgain(step: Step, key: ElementKey): void {
  const { elementType, elementId } = instanceOf(step, key);
  if (elementType === 'multiInstanceBody') reopenLoop(step, key);
  else if (elementType === 'standardLoopBody') reopenStandardLoop(step, key);
  else if (elementType === 'process') attempt(step, key, 'open', together(listeningInside(step, key, elementId)));
  else attempt(step, key, 'open', () => open(step, key));
}

/** After the budget of a step was spent: tokens that lie on flows, and loops between two instances, go on. */
function resume(step: Step): void {
  for (const scope of Object.values(step.draft.elements)) {
    for (const flowId of Object.keys(scope.tokens)) {
      for (let count = scope.tokens[flowId] ?? 0; count > 0; count -= 1) step.queue.push({ kind: 'arrive', flowId, scopeKey: scope.key });
    }
    if (childrenOf(step.draft, scope.key).length > 0) continue;
    const loop = scope.multiInstance;
    if (loop && loop.started < loop.items.length) startInstances(step, scope.key);
    if (scope.rounds !== undefined) nextRound(step, scope.key);
  }
}

export const incidentRules = { 'incident.retry': retry };
