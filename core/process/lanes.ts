/**
 * Where work is done several times side by side (multi-instance), each of the instances is a lane of its own: what is given in one is no version of
 * what is given in another. A lane is known by its item, so that it is the same one after a return, in whatever order the items come then.
 */
import type { ProcessGraph } from '#core/bpmn/graph.ts';
import { canonicalJson } from '#core/journal/canonical.ts';
import type { Json } from '#core/json.ts';
import type { ElementKey, ProcessEvent } from './event.ts';

/** Empty outside of multi-instance work; longer inside of another. Holds variables: for no answer of the API. */
export type Lane = string;

export interface LaneStep {
  readonly graph: ProcessGraph;
  readonly events: readonly ProcessEvent[];
}

/** Of every element that was ever activated. */
export function lanesOf(steps: readonly LaneStep[]): ReadonlyMap<ElementKey, Lane> {
  const lanes = new Map<ElementKey, Lane>();
  const itemsOf = new Map<ElementKey, readonly Json[]>();
  for (const { graph, events } of steps) {
    for (const event of events) {
      if (event.type !== 'element.activated') continue;
      const { key, scopeKey, elementId, loopIndex } = event;
      if (event.multiInstance) itemsOf.set(key, event.multiInstance.items);
      const around = lanes.get(scopeKey) ?? '';
      const element = graph.elements[elementId];
      const isInstance =
        loopIndex !== undefined && element !== undefined && 'multiInstance' in element && element.multiInstance !== undefined;
      lanes.set(key, isInstance ? `${around}/${elementId} ${nameOf(itemsOf.get(scopeKey) ?? [], loopIndex)}` : around);
    }
  }
  return lanes;
}

/** The item that comes once, else its place. */
function nameOf(items: readonly Json[], loopIndex: number): string {
  const texts = items.map((item) => canonicalJson(item));
  const own = texts[loopIndex - 1];
  return own !== undefined && texts.filter((text) => text === own).length === 1 ? own : String(loopIndex);
}

/** What was given around a lane is known in it; what was given in another is not. */
export const isWithin = (lane: Lane, around: Lane): boolean => lane === around || lane.startsWith(`${around}/`);
