/** An ad-hoc sub-process: its activities are done in any order, once each or as often as somebody begins them (BPMN 2.0, 13.3.5). */
import { type AdHocSubProcess, implicitStarts } from '#core/bpmn/graph.ts';
import { complete } from './complete.ts';
import type { Rule } from './decide.ts';
import type { ElementKey } from './event.ts';
import { ActFailure, attempt } from './failure.ts';
import { enter } from './open.ts';
import { childrenOf, elementOf, emit, hasTokens, instanceOf, type Step } from './step.ts';
import { clearTokens, terminate } from './terminate.ts';
import { type Act, completing } from './throwing.ts';
import { contextOf, evaluateAt, evaluateIn } from './variables.ts';

export function beginningAdHoc(step: Step, key: ElementKey, element: AdHocSubProcess): Act {
  const elementIds = element.activeElements === undefined ? null : evaluateAt(step, key, element.activeElements);
  const planned = elementIds === null ? startable(step, element) : chosen(step, element, elementIds);
  if (planned.length === 0 && element.completionCondition === undefined) return completing(step, key);
  return () => {
    emit(step, { type: 'adHoc.planned', elementId: element.id, key, elementIds: planned });
    beginPlanned(step, key, element);
  };
}

const startable = (step: Step, { id }: AdHocSubProcess): readonly string[] => implicitStarts(step.graph, id).map((each) => each.id);

function chosen(step: Step, element: AdHocSubProcess, elementIds: unknown): readonly string[] {
  const known = startable(step, element);
  const ids = Array.isArray(elementIds) ? elementIds.filter((id) => typeof id === 'string') : null;
  const unknown = ids?.find((id) => !known.includes(id));
  if (ids && unknown === undefined) return ids;
  throw new ActFailure(
    'expression-failed',
    `"${element.activeElements}" must give a list of ${known.join(', ')}, but gives ${JSON.stringify(elementIds)}.`,
  );
}

/** In parallel everything at once, in sequence the next one. */
function beginPlanned(step: Step, key: ElementKey, { ordering }: AdHocSubProcess): void {
  const waiting = instanceOf(step, key).adHoc?.waiting ?? [];
  for (const id of ordering === 'sequential' ? waiting.slice(0, 1) : waiting) enter(step, elementOf(step, id), { scopeKey: key });
}

/** After each thing that was done in it: enough, the next one, or the end. */
export function continueAdHoc(step: Step, key: ElementKey): void {
  attempt(step, key, 'close', () => {
    const instance = instanceOf(step, key);
    const element = elementOf(step, instance.elementId);
    if (element.elementType !== 'adHocSubProcess') throw new Error(`${element.id} is not an ad-hoc sub-process.`);
    const isEnough = instance.adHoc?.isSatisfied ?? isSatisfied(step, key, element);
    if (isEnough && element.cancelRemainingInstances) {
      for (const child of childrenOf(step.draft, key)) terminate(step, child.key, { keepsCompensable: true });
      clearTokens(step, key, element.id);
      complete(step, key);
      return;
    }
    if (isEnough && !instance.adHoc?.isSatisfied) emit(step, { type: 'adHoc.satisfied', elementId: element.id, key });
    if (childrenOf(step.draft, key).length > 0 || hasTokens(instanceOf(step, key))) return;
    if (instanceOf(step, key).adHoc?.waiting.length) beginPlanned(step, key, element);
    else if (isEnough || element.completionCondition === undefined) complete(step, key);
  });
}

function isSatisfied(step: Step, key: ElementKey, { completionCondition }: AdHocSubProcess): boolean {
  if (completionCondition === undefined) return false;
  const value = evaluateIn(step, contextOf(step.draft.elements, key), completionCondition);
  if (typeof value === 'boolean') return value;
  throw new ActFailure(
    'condition-not-boolean',
    `The condition "${completionCondition}" gives ${JSON.stringify(value)}, not true or false.`,
  );
}

/** Somebody begins one of its activities, once more or for the first time. */
const activate: Rule<'adHoc.activate'> = (step, { scopeKey, elementIds }) => {
  const instance = step.draft.elements[scopeKey];
  const element = instance && step.graph.elements[instance.elementId];
  if (element?.elementType !== 'adHocSubProcess' || !instance?.adHoc || instance.adHoc.isSatisfied) {
    return { code: 'unknown-element' };
  }
  const unknown = elementIds.find((id) => !startable(step, element).includes(id));
  if (unknown !== undefined || elementIds.length === 0) return { code: 'unknown-element', data: { elementId: unknown ?? '' } };
  emit(step, { type: 'adHoc.planned', elementId: element.id, key: scopeKey, elementIds: [...instance.adHoc.waiting, ...elementIds] });
  if (element.ordering === 'parallel' || childrenOf(step.draft, scopeKey).length === 0) beginPlanned(step, scopeKey, element);
  return undefined;
};

export const adHocRules = { 'adHoc.activate': activate };
