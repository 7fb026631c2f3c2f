/**
 * An operator moves the tokens of an instance: begins elements, cancels living ones, changes variables of the process, in one step. First
 * the variables, then what begins, then what is cancelled, as in Zeebe, so that a scope is not left empty in between. What would leave a state
 * that the rules could not have come to, starve a join, or lose a link of the loop is refused with the reason.
 */
import { type GraphElement, isEventSubProcess, type ProcessGraph } from '#core/bpmn/graph.ts';
import { canEnd, lostLinks, starvedJoins } from './ahead.ts';
import { isBody } from './compensable.ts';
import type { Rule } from './decide.ts';
import type { ElementKey } from './event.ts';
import { violations } from './invariants.ts';
import { isTooLong, REASON_LENGTH_MAX, tooLong } from './lengths.ts';
import { enter } from './open.ts';
import { isPlainScope, openScope } from './open-scope.ts';
import type { Refusal } from './refusal.ts';
import type { ProcessState } from './state.ts';
import { childrenOf, emit, hasTokens, instanceOf, ROOT_KEY, type Step } from './step.ts';
import { personOf } from './tasks.ts';
import { terminate } from './terminate.ts';
import { setVariables } from './variables.ts';

export const MODIFICATIONS_MAX = 50;

/** Who started it, for whom and in which zone: facts of the start that rights and clocks stand on. */
const RESERVED = ['starter', 'platform', 'zone', 'instanceId'] as const;

export interface Activation {
  readonly elementId: string;
  /** Which instance of the enclosing scope, where several live. */
  readonly scopeKey?: ElementKey;
}

const modify: Rule<'instance.modify'> = (step, { activate: activations, cancel, variables, reason, actor }) => {
  if (reason.trim() === '') return { code: 'reason-required' };
  if (isTooLong(reason)) return tooLong('reason', REASON_LENGTH_MAX);
  if (activations.length > MODIFICATIONS_MAX) return tooLong('activate', MODIFICATIONS_MAX);
  if (cancel.length > MODIFICATIONS_MAX) return tooLong('cancel', MODIFICATIONS_MAX);
  if (activations.length + cancel.length + Object.keys(variables).length === 0) return { code: 'nothing-asked' };
  const reserved = RESERVED.find((name) => Object.hasOwn(variables, name));
  if (reserved !== undefined) return { code: 'not-allowed', data: { variable: reserved } };
  emit(step, { type: 'instance.modified', by: personOf(actor).personId, reason });
  setVariables(step, ROOT_KEY, variables);
  return (
    firstOf(activations, (activation) => begin(step, activation)) ??
    firstOf(cancel, (key) => cancelElement(step, key)) ??
    (isEmpty(step, ROOT_KEY) ? { code: 'nothing-left' } : undefined)
  );
};

export const modifyRules = { 'instance.modify': modify };

function firstOf<T>(items: readonly T[], refuse: (item: T) => Refusal | undefined): Refusal | undefined {
  for (const item of items) {
    const refusal = refuse(item);
    if (refusal) return refusal;
  }
  return undefined;
}

/** Can a token be put before this element? What is begun by an event, or by undoing, cannot. */
export function isEnterable(element: GraphElement | undefined): element is GraphElement {
  if (!element || element.elementType === 'boundaryEvent' || element.elementType === 'startEvent') return false;
  return !isEventSubProcess(element) && !('isForCompensation' in element && element.isForCompensation);
}

function begin(step: Step, { elementId, scopeKey }: Activation): Refusal | undefined {
  const element = step.graph.elements[elementId];
  if (!isEnterable(element) || element.processId !== step.draft.processId) return { code: 'not-enterable', data: { elementId } };
  const scope = scopeFor(step, element, scopeKey);
  if (typeof scope !== 'number') return scope;
  enter(step, element, { scopeKey: scope });
  return undefined;
}

/** The living instance of the enclosing scope; a sub-process that does not live is opened, with its listeners and without its start. */
function scopeFor(step: Step, { id: elementId, parentId, processId }: GraphElement, asked?: ElementKey): ElementKey | Refusal {
  const scopeId = parentId ?? processId;
  const living = Object.values(step.draft.elements).filter((instance) => instance.elementId === scopeId && !isBody(instance));
  if (asked !== undefined) {
    return living.some(({ key }) => key === asked) ? asked : { code: 'scope-not-open', data: { elementId, scopeId } };
  }
  const [only, another] = living;
  if (another) return { code: 'scope-ambiguous', data: { elementId, scopeId } };
  if (only) return only.key;
  const scope = step.graph.elements[scopeId];
  if (!isPlainScope(scope)) return { code: 'scope-not-open', data: { elementId, scopeId } };
  const outer = scopeFor(step, scope);
  return typeof outer === 'number' ? openScope(step, scope, outer) : outer;
}

function cancelElement(step: Step, key: ElementKey): Refusal | undefined {
  const instance = step.draft.elements[key];
  if (!instance || instance.scopeKey === null) return { code: 'unknown-key', data: { key } };
  // A loop counts its instances, a compensation waits for what it began: each is cancelled as a whole.
  if (instance.loopIndex !== undefined || instance.compensates !== undefined) {
    return { code: 'not-cancelable', data: { elementId: instance.elementId } };
  }
  terminate(step, key);
  return prune(step, instance.scopeKey);
}

/** A scope in which nothing is left is cancelled with its last element, not completed. */
function prune(step: Step, scopeKey: ElementKey): Refusal | undefined {
  const scope = instanceOf(step, scopeKey);
  if (scope.scopeKey === null || scope.adHoc || !isEmpty(step, scopeKey)) return undefined;
  if (scope.loopIndex !== undefined) return { code: 'not-cancelable', data: { elementId: scope.elementId } };
  terminate(step, scopeKey);
  return prune(step, scope.scopeKey);
}

const isEmpty = (step: Step, key: ElementKey): boolean => childrenOf(step.draft, key).length === 0 && !hasTokens(instanceOf(step, key));

/** Once everything has come to rest: would the change have broken something that held before? */
export function brokenByModification(graph: ProcessGraph, before: ProcessState, after: ProcessState): Refusal | null {
  if (violations(graph, after).length > 0) return { code: 'invariant-broken' };
  const isLoopOpen = Object.values(after.incidents).some(({ code, incidentId }) => code === 'loop-open' && !before.incidents[incidentId]);
  if (isLoopOpen) return { code: 'loop-broken' };
  if (after.status !== 'active') return null;
  const starved = starvedJoins(graph, after).filter((id) => !starvedJoins(graph, before).includes(id));
  if (starved.length > 0) return { code: 'join-starved', data: { elementIds: starved } };
  const lost = lostLinks(graph, after).filter((link) => !lostLinks(graph, before).includes(link));
  if (lost.length > 0) return { code: 'loop-broken', data: { links: lost } };
  return canEnd(graph, before) && !canEnd(graph, after) ? { code: 'end-unreachable' } : null;
}
