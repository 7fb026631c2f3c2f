/** A sub-process that is opened for something inside it: with its listeners, and without its start. */
import type { GraphElement, SubProcess } from '#core/bpmn/graph.ts';
import type { ElementKey } from './event.ts';
import { attempt } from './failure.ts';
import { activate } from './open.ts';
import type { Step } from './step.ts';
import { evaluateMappings, setVariables } from './variables.ts';
import { listening, listeningInside } from './waits.ts';

/** A loop counts its instances, a transaction and an ad-hoc sub-process have rules of their own: these are begun as a whole. */
export const isPlainScope = (element: GraphElement | undefined): element is SubProcess =>
  element?.elementType === 'subProcess' && !element.multiInstance && !element.loop;

export function openScope(step: Step, scope: SubProcess, scopeKey: ElementKey): ElementKey {
  const key = activate(step, scope, { scopeKey });
  attempt(step, key, 'listen', () => {
    setVariables(step, key, evaluateMappings(step, key, scope.inputs));
    const listen = [...listening(step, key, scope), ...listeningInside(step, key, scope.id)];
    for (const subscribe of listen) subscribe();
  });
  return key;
}
