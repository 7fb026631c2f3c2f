/**
 * One command being decided: a draft of the state, the events so far, and the work they left to do. It lives as long as one call
 * of `decide`. Rules emit events; an event is applied to the draft at once, so the next rule reads what the last one did, and the fold
 * of the events is the state by construction.
 */
import type { GraphElement, ProcessGraph } from '#core/bpmn/graph.ts';
import { applyEvent } from './apply.ts';
import type { Command } from './command.ts';
import type { Draft } from './draft.ts';
import type { EffectId, ElementKey, ProcessEvent } from './event.ts';
import type { Need } from './need.ts';
import type { ElementInstance, ProcessState } from './state.ts';

export interface Step {
  readonly graph: ProcessGraph;
  readonly command: Command;
  readonly seq: number;
  readonly draft: Draft;
  readonly events: ProcessEvent[];
  readonly queue: Work[];
  /** Everything asked of the door in this step, answered or not. */
  readonly asked: Need[];
  isNeedOpen: boolean;
}

/** What is left to do, first in, first out, as in Zeebe: branches advance side by side. */
export type Work =
  | { readonly kind: 'arrive'; readonly flowId: string; readonly scopeKey: ElementKey }
  | { readonly kind: 'complete'; readonly key: ElementKey }
  | { readonly kind: 'close'; readonly scopeKey: ElementKey };

export function emit(step: Step, event: ProcessEvent): void {
  step.events.push(event);
  applyEvent(step.draft, event, { graph: step.graph, seq: step.seq, at: step.command.at });
}

/** The id of an effect wanted by the next event (P14). */
export const nextEffectId = (step: Step): EffectId => `${step.seq}:${step.events.length}`;

export function instanceOf(step: Step, key: ElementKey): ElementInstance {
  const instance = step.draft.elements[key];
  if (!instance) throw new Error(`No element lives under key ${key}.`);
  return instance;
}

export function elementOf(step: Step, elementId: string): GraphElement {
  const element = step.graph.elements[elementId];
  if (!element) throw new Error(`The graph of ${step.graph.key} has no element ${elementId}.`);
  return element;
}

export const childrenOf = (state: Pick<ProcessState, 'elements'>, scopeKey: ElementKey): readonly ElementInstance[] =>
  Object.values(state.elements).filter((instance) => instance.scopeKey === scopeKey);

export const hasTokens = (instance: ElementInstance): boolean => Object.keys(instance.tokens).length > 0;

/** The process scope's key. */
export const ROOT_KEY = 1;
