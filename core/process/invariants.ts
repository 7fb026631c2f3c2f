/**
 * What holds of every state that `decide` and `evolve` come to. Written down as code so that property tests, the replay of recorded
 * instances and an operator's doubt can all ask the same questions.
 */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { canonicalJson } from '#core/journal/canonical.ts';
import { effects } from './effects.ts';
import type { ElementInstance, ProcessState } from './state.ts';
import { hasTokens, ROOT_KEY } from './step.ts';
import { isJoin } from './tokens.ts';

/** What is wrong, in words; empty for a sound state. */
export function violations(graph: ProcessGraph, state: ProcessState): readonly string[] {
  return [
    ...scopesHold(state),
    ...workHasAnElement(state),
    ...everyElementWaits(graph, state),
    ...tokensWaitAtJoins(graph, state),
    ...theEndIsTheEnd(state),
    ...loopsCount(state),
    ...effectsAreUnique(graph, state),
    ...isCanonical(state),
  ];
}

/** Every living element stands in a living scope, and keys are given out once, ascending. */
function scopesHold(state: ProcessState): readonly string[] {
  return Object.values(state.elements).flatMap(({ key, elementId, scopeKey }) => {
    if (key > state.lastKey) return [`${elementId} has key ${key}, beyond the last one given out.`];
    if (scopeKey === null) return key === ROOT_KEY ? [] : [`${elementId} has no scope.`];
    if (!state.elements[scopeKey]) return [`${elementId} (${key}) outlives its scope ${scopeKey}.`];
    return scopeKey < key ? [] : [`${elementId} (${key}) is older than its scope ${scopeKey}.`];
  });
}

/** No task, timer, subscription, job, child or incident outlives the element that wanted it. */
function workHasAnElement(state: ProcessState): readonly string[] {
  const kinds = { task: state.tasks, timer: state.timers, subscription: state.subscriptions, job: state.jobs, child: state.children };
  const orphans = Object.entries(kinds).flatMap(([kind, entries]) =>
    Object.values<{ readonly key: number; readonly elementId: string }>(entries)
      .filter(({ key, elementId }) => state.elements[key]?.elementId !== elementId)
      .map(({ key, elementId }) => `The ${kind} of ${elementId} (${key}) outlives its element.`),
  );
  const incidents = Object.values(state.incidents)
    .filter(({ key }) => !state.elements[key])
    .map(({ elementId, key }) => `The incident of ${elementId} (${key}) outlives its element.`);
  return [...orphans, ...incidents];
}

/** A token is never lost: between steps every living element waits for something, or holds something that does. */
function everyElementWaits(graph: ProcessGraph, state: ProcessState): readonly string[] {
  if (state.status !== 'active') return [];
  const waiting = new Set<number>();
  for (const entries of [state.tasks, state.timers, state.subscriptions, state.jobs, state.children, state.incidents]) {
    for (const { key } of Object.values<{ readonly key: number }>(entries)) waiting.add(key);
  }
  const holding = new Set(Object.values(state.elements).map(({ scopeKey }) => scopeKey));
  const isHeldBack = Object.values(state.incidents).some(({ stage }) => stage === 'budget');
  return (
    Object.values(state.elements)
      .filter(
        (instance) => !waitsAlone(graph, state, instance, waiting) && !holding.has(instance.key) && !hasTokens(instance) && !isHeldBack,
      )
      // In an ad-hoc sub-process whose condition does not hold yet, somebody begins more; an event waits for the undoing that it asked for.
      .filter((instance) => !instance.adHoc && !isWaitedFor(state, instance.key))
      .map(({ elementId, key }) => `${elementId} (${key}) waits for nothing: its token is lost.`)
  );
}

const isWaitedFor = ({ elements }: ProcessState, key: number): boolean =>
  Object.values(elements).some(({ compensations }) => compensations?.some(({ throwerKey }) => throwerKey === key));

/** The listeners of boundary events do not keep an activity going; its own work does. */
function waitsAlone(graph: ProcessGraph, state: ProcessState, instance: ElementInstance, waiting: ReadonlySet<number>): boolean {
  if (!waiting.has(instance.key)) return false;
  const listeners = [...Object.values(state.timers), ...Object.values(state.subscriptions)].filter(({ key }) => key === instance.key);
  const isOnlyListening =
    listeners.length > 0 &&
    listeners.every(({ targetId }) => ['boundaryEvent', 'startEvent'].includes(graph.elements[targetId]?.elementType ?? '')) &&
    ![state.tasks, state.jobs, state.children, state.incidents].some((entries) =>
      Object.values<{ readonly key: number }>(entries).some(({ key }) => key === instance.key),
    );
  return !isOnlyListening;
}

/** Between steps tokens lie only before joins that still wait, unless the step's budget held them back. */
function tokensWaitAtJoins(graph: ProcessGraph, state: ProcessState): readonly string[] {
  const isHeldBack = Object.values(state.incidents).some(({ stage }) => stage === 'budget');
  return Object.values(state.elements).flatMap(({ key, tokens }) =>
    Object.entries(tokens).flatMap(([flowId, count]) => {
      if (!Number.isInteger(count) || count < 1) return [`${flowId} holds ${count} tokens in scope ${key}.`];
      const target = graph.elements[graph.flows[flowId]?.targetId ?? ''];
      if (!target || isHeldBack) return target ? [] : [`A token lies on ${flowId}, which leads nowhere.`];
      if (!isJoin(target)) return [`A token stopped on ${flowId} before ${target.id}, which does not join.`];
      if ('startQuantity' in target && target.startQuantity !== undefined) {
        const lying = target.incoming.reduce((sum, id) => sum + (tokens[id] ?? 0), 0);
        return lying < target.startQuantity ? [] : [`${target.id} has the tokens it needs and does not begin.`];
      }
      const isComplete = target.elementType === 'parallelGateway' && target.incoming.every((id) => tokens[id]);
      return isComplete ? [`${target.id} has all its tokens and does not join.`] : [];
    }),
  );
}

/** Ended means ended: nothing is open, and only the process scope is kept for its variables. */
function theEndIsTheEnd(state: ProcessState): readonly string[] {
  if (state.status === 'active') return state.sealed ? ['An active instance is sealed.'] : [];
  const open = [state.tasks, state.timers, state.subscriptions, state.jobs, state.children, state.incidents].some(
    (entries) => Object.keys(entries).length > 0,
  );
  const elements = Object.keys(state.elements);
  return [
    ...(open ? ['Work is open after the end.'] : []),
    ...(elements.length === 1 && elements[0] === String(ROOT_KEY) ? [] : ['Elements live after the end.']),
    ...(state.result === undefined ? ['It ended without a result.'] : []),
  ];
}

function loopsCount(state: ProcessState): readonly string[] {
  return Object.values(state.elements).flatMap(({ key, elementId, multiInstance }) => {
    if (!multiInstance) return [];
    const { items, started, completed, outputs } = multiInstance;
    const living = Object.values(state.elements).filter(({ scopeKey }) => scopeKey === key).length;
    const isSound = completed + living === started && started <= items.length && outputs.length === items.length;
    return isSound ? [] : [`The loop of ${elementId} counts ${started} started, ${completed} completed and ${living} living instances.`];
  });
}

function effectsAreUnique(graph: ProcessGraph, state: ProcessState): readonly string[] {
  const ids = effects(graph, state).map(({ id }) => id);
  return new Set(ids).size === ids.length ? [] : [`Effect ids are used twice: ${ids.join(', ')}.`];
}

function isCanonical(state: ProcessState): readonly string[] {
  try {
    canonicalJson(state);
    return [];
  } catch (error) {
    return [`The state has no canonical JSON: ${String(error)}`];
  }
}
